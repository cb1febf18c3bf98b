import type { Policy } from '../../iam/statement';
import type { RestApi } from '../api-gateway/rest-api';
import { outsideAddress } from '../world/outside';
import type { System } from '../world/system';

/** Where a policy hangs in a system. */
export interface PolicyPlace {
  readonly kind: 'trust' | 'identity' | 'queue' | 'key' | 'bucket' | 'api';
  /** The ARN of the role whose trust or identity policy it is. */
  readonly roleArn?: string;
  readonly get: (system: System) => Policy;
  readonly set: (system: System, policy: Policy) => System;
}

/** Every policy of a system's plans. */
export function policyPlacesOf(system: System): readonly PolicyPlace[] {
  const { roles, queues, keys, buckets } = system.policies;
  const places: readonly PolicyPlace[] = [
    ...[...roles.keys()].flatMap((arn) => rolePlaces(system, arn)),
    ...[...queues.keys()].map((arn) => mapPlace('queue', 'queues', arn)),
    ...keys.map((_, index) => keyPlace(index)),
    ...[...buckets.keys()].map((arn) => mapPlace('bucket', 'buckets', arn)),
    ...system.restApis.flatMap((api, index) => (api.resourcePolicy ? [apiPlace(index)] : [])),
  ];
  return places.filter((place) => place.get(system).address !== outsideAddress);
}

type Policies = System['policies'];

const withPolicies = (system: System, policies: Partial<Policies>): System => ({
  ...system,
  policies: { ...system.policies, ...policies },
});

const existing = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the system no longer has a policy that it had');
  return value;
};

function rolePlaces(system: System, arn: string): readonly PolicyPlace[] {
  const role = (of: System) => existing(of.policies.roles.get(arn));
  const put = (of: System, changes: Partial<ReturnType<typeof role>>) =>
    withPolicies(of, { roles: new Map(of.policies.roles).set(arn, { ...role(of), ...changes }) });
  return [
    {
      kind: 'trust',
      roleArn: arn,
      get: (of) => role(of).trust,
      set: (of, trust) => put(of, { trust }),
    },
    ...role(system).identity.map(
      (_, index): PolicyPlace => ({
        kind: 'identity',
        roleArn: arn,
        get: (of) => existing(role(of).identity[index]),
        set: (of, policy) => put(of, { identity: role(of).identity.with(index, policy) }),
      }),
    ),
  ];
}

const mapPlace = (kind: 'queue' | 'bucket', map: 'queues' | 'buckets', arn: string): PolicyPlace => ({
  kind,
  get: ({ policies }) => existing(policies[map].get(arn)),
  set: (of, policy) => withPolicies(of, { [map]: new Map(of.policies[map]).set(arn, policy) }),
});

const keyPlace = (index: number): PolicyPlace => ({
  kind: 'key',
  get: ({ policies }) => existing(policies.keys[index]).policy,
  set: (of, policy) =>
    withPolicies(of, {
      keys: of.policies.keys.with(index, { ...existing(of.policies.keys[index]), policy }),
    }),
});

const apiPlace = (index: number): PolicyPlace => ({
  kind: 'api',
  get: ({ restApis }) => existing(restApis[index]?.resourcePolicy),
  set(of, resourcePolicy) {
    const before = existing(of.restApis[index]);
    const api: RestApi = { ...before, resourcePolicy };
    return {
      ...of,
      restApis: of.restApis.with(index, api),
      flows: of.flows.map((flow) => {
        if (flow.kind === 'callback') return flow.api === before ? { ...flow, api } : flow;
        if (
          flow.kind === 'subscription' &&
          flow.callback?.kind === 'callback' &&
          flow.callback.api === before
        ) {
          return { ...flow, callback: { ...flow.callback, api } };
        }
        return flow;
      }),
    };
  },
});
