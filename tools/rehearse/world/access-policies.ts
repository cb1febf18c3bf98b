import { type Policy, parsePolicy } from '../../iam/policy';
import { NotSimulated } from '../../not-simulated';
import { flag, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { queueArnOfUrl } from '../sqs/queue-url';

/** Every policy of a system, by what it is attached to. */
export interface AccessPolicies {
  /** By ARN. */
  readonly roles: ReadonlyMap<string, Role>;
  /** By the queue's ARN. */
  readonly queues: ReadonlyMap<string, Policy>;
  readonly keys: readonly Key[];
  /** By the bucket's ARN. */
  readonly buckets: ReadonlyMap<string, Policy>;
}

export interface Role {
  readonly address: string;
  readonly arn: string;
  readonly trust: Policy;
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
}

export interface Key {
  readonly address: string;
  readonly arn: string;
  /** Such as `alias/orders`. */
  readonly aliases: readonly string[];
  readonly policy: Policy;
}

const shapes = {
  role: {
    reads: ['arn', 'id', 'assume_role_policy', 'permissions_boundary'],
    ignores: ['name', 'description', 'max_session_duration', 'tags'],
  },
  rolePolicy: { reads: ['role', 'policy'], ignores: ['name'] },
  managedPolicy: { reads: ['arn', 'policy'], ignores: ['name', 'description', 'tags'] },
  attachment: { reads: ['role', 'policy_arn'], ignores: [] },
  queuePolicy: { reads: ['queue_url', 'policy'], ignores: [] },
  key: {
    reads: ['arn', 'key_id', 'policy', 'is_enabled', 'key_usage'],
    ignores: [
      'description',
      'deletion_window_in_days',
      'enable_key_rotation',
      'rotation_period_in_days',
      'tags',
    ],
  },
  alias: { reads: ['name', 'target_key_id'], ignores: [] },
  bucketPolicy: { reads: ['bucket', 'policy'], ignores: [] },
} as const;

/** The policies of all plans of a system together. @throws NotSimulated for what of them is not known here */
export function accessPoliciesOf(plans: readonly Plan[]): AccessPolicies {
  return {
    roles: new Map(rolesOf(plans).map((role) => [role.arn, role])),
    queues: onlyPolicies(plans.flatMap(queuePoliciesOf), 'queue'),
    keys: plans.flatMap(keysOf),
    buckets: onlyPolicies(plans.flatMap(bucketPoliciesOf), 'bucket'),
  };
}

const policyOf = (resource: PlanResource, attribute = 'policy'): Policy =>
  parsePolicy({ address: resource.address, json: text(resource, attribute) });

/** One stack may add a policy to the role of another. */
function rolesOf(plans: readonly Plan[]): readonly Role[] {
  const roles = plans.flatMap((plan) => resourcesOf(plan, 'aws_iam_role', shapes.role));
  const policies = plans.flatMap((plan) => resourcesOf(plan, 'aws_iam_role_policy', shapes.rolePolicy));
  const attachments = plans.flatMap((plan) =>
    resourcesOf(plan, 'aws_iam_role_policy_attachment', shapes.attachment),
  );
  const managed = managedPoliciesOf(plans);
  const ids = new Set(roles.map((role) => text(role, 'id')));
  const adrift = [...policies, ...attachments].find((policy) => !ids.has(text(policy, 'role')));
  if (adrift) {
    throw new NotSimulated(
      adrift.address,
      `a policy of the role ${text(adrift, 'role')}, which the stacks do not have,`,
    );
  }
  return roles.map((role) => ({
    address: role.address,
    arn: text(role, 'arn'),
    trust: policyOf(role, 'assume_role_policy'),
    identity: [
      ...policies
        .filter((policy) => text(policy, 'role') === text(role, 'id'))
        .map((policy) => policyOf(policy)),
      ...attachments
        .filter((attachment) => text(attachment, 'role') === text(role, 'id'))
        .map((attachment) => managed(text(attachment, 'policy_arn'), attachment)),
    ],
    ...(role.attributes.has('permissions_boundary') && {
      boundary: managed(text(role, 'permissions_boundary'), role),
    }),
  }));
}

/** The managed policies by their ARNs, each read when a role has it. */
function managedPoliciesOf(plans: readonly Plan[]): (arn: string, by: PlanResource) => Policy {
  const found = new Map(
    plans
      .flatMap((plan) => resourcesOf(plan, 'aws_iam_policy', shapes.managedPolicy))
      .map((policy) => [text(policy, 'arn'), policyOf(policy)]),
  );
  return (arn, by) => {
    const policy = found.get(arn);
    if (policy) return policy;
    throw new NotSimulated(by.address, `the policy ${arn}, which the stacks do not have,`);
  };
}

/** What each policy is attached to, by ARN. */
type Attached = readonly (readonly [string, Policy])[];

/** A queue or bucket has one policy; where plans write two, which of them stands only applying them shows. */
function onlyPolicies(attached: Attached, kind: string): ReadonlyMap<string, Policy> {
  const found = new Map<string, Policy>();
  for (const [arn, policy] of attached) {
    const other = found.get(arn);
    if (other) {
      throw new PlanError(
        `${policy.address} and ${other.address} are policies of one ${kind}, which keeps only one of them: make them one`,
      );
    }
    found.set(arn, policy);
  }
  return found;
}

const queuePoliciesOf = (plan: Plan): Attached =>
  resourcesOf(plan, 'aws_sqs_queue_policy', shapes.queuePolicy).map((policy) => [
    queueArnOfUrl(plan, text(policy, 'queue_url'), policy.address),
    policyOf(policy),
  ]);

function keysOf(plan: Plan): readonly Key[] {
  const aliases = resourcesOf(plan, 'aws_kms_alias', shapes.alias);
  return resourcesOf(plan, 'aws_kms_key', shapes.key).map((key) => {
    if (key.attributes.has('is_enabled') && !flag(key, 'is_enabled')) {
      throw new NotSimulated(key.address, 'a disabled key');
    }
    const usage = optionalText(key, 'key_usage') ?? 'ENCRYPT_DECRYPT';
    if (usage !== 'ENCRYPT_DECRYPT') throw new NotSimulated(key.address, `the key usage ${usage}`);
    if (!key.attributes.has('policy')) throw new NotSimulated(key.address, 'a key with the default policy');
    const own = [text(key, 'key_id'), text(key, 'arn')];
    return {
      address: key.address,
      arn: text(key, 'arn'),
      aliases: aliases
        .filter((alias) => own.includes(text(alias, 'target_key_id')))
        .map((alias) => text(alias, 'name')),
      policy: policyOf(key),
    };
  });
}

const bucketPoliciesOf = (plan: Plan): Attached =>
  resourcesOf(plan, 'aws_s3_bucket_policy', shapes.bucketPolicy).map((policy) => [
    `arn:${plan.partition}:s3:::${text(policy, 'bucket')}`,
    policyOf(policy),
  ]);
