import type { System } from './system';

/** What is taken for granted of who calls, and of what stands before the API. */
export function callerAssumptions({
  flows,
  webAcls,
  accountId,
}: Pick<System, 'flows' | 'webAcls' | 'accountId'>): readonly string[] {
  const callbacks = flows.filter((flow) => flow.kind === 'callback');
  const foreign = callbacks
    .flatMap(({ callerRoleArns = [] }) => callerRoleArns)
    .filter((arn) => !arn.includes(`::${accountId}:`));
  const endpoints = callbacks.flatMap(({ vpcEndpointId }) => vpcEndpointId ?? []);
  return [
    ...[...new Set(foreign)].map(
      (arn) => `the role ${arn} has leave in its own account to call the API (execute-api:Invoke)`,
    ),
    ...[...new Set(endpoints)].map(
      (id) =>
        `the VPC endpoint ${id} is for execute-api, and its policy and security groups let senders through`,
    ),
    ...webAcls.map(
      (arn) => `the web ACL ${arn} lets these requests through; what it refuses only AWS can answer`,
    ),
  ];
}
