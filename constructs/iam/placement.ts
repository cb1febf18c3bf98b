import type { Construct } from 'constructs';

/** Where a stack's resources live; every literal ARN and every URL is derived from it. */
export interface Placement {
  /** `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc` or one of the isolated partitions. */
  readonly partition: string;
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** Domain under which the partition's service endpoints live. */
  readonly dnsSuffix: string;
}

interface Partition {
  readonly regionPrefix: string;
  readonly partition: string;
  readonly dnsSuffix: string;
}

/** Every partition but `aws` itself, by how its regions are named. */
const otherPartitions: readonly Partition[] = [
  { regionPrefix: 'cn-', partition: 'aws-cn', dnsSuffix: 'amazonaws.com.cn' },
  { regionPrefix: 'us-gov-', partition: 'aws-us-gov', dnsSuffix: 'amazonaws.com' },
  { regionPrefix: 'us-isob-', partition: 'aws-iso-b', dnsSuffix: 'sc2s.sgov.gov' },
  { regionPrefix: 'us-isof-', partition: 'aws-iso-f', dnsSuffix: 'csp.hci.ic.gov' },
  { regionPrefix: 'us-iso-', partition: 'aws-iso', dnsSuffix: 'c2s.ic.gov' },
  { regionPrefix: 'eu-isoe-', partition: 'aws-iso-e', dnsSuffix: 'cloud.adc-e.uk' },
  { regionPrefix: 'eusc-', partition: 'aws-eusc', dnsSuffix: 'amazonaws.eu' },
];

/** The placement of an account in a region; the partition follows from the region's name. */
export function placement(region: string, accountId: string): Placement {
  const { partition, dnsSuffix } = otherPartitions.find((p) => region.startsWith(p.regionPrefix)) ?? {
    partition: 'aws',
    dnsSuffix: 'amazonaws.com',
  };
  return { partition, region, accountId, dnsSuffix };
}

const contextKey = 'placement';

/** Makes `value` the placement of everything below `scope`; call it before the first child is added. */
export function setPlacement(scope: Construct, value: Placement): void {
  scope.node.setContext(contextKey, value);
}

/** The placement of the stack that `scope` is in; throws when the stack has none. */
export function placementOf(scope: Construct): Placement {
  return scope.node.getContext(contextKey);
}
