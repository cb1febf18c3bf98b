import { GetKeyPolicyCommand } from '@aws-sdk/client-kms';
import { type Statement, statementsOf } from '../../../iam/policy-difference';
import type { Permission, Subject } from '../../check';
import { anyKey, describeKey } from '../keys/key-answers';
import { queueAttributes, queuePermissions } from '../queues/queue-attributes';
import type { LackingGrant } from './role-grants';
import type { PlannedRole } from './role-plan';
import { verdict } from './role-verdict';

/** The policy of a queue or key that allows what a role's own policies do not. */
export interface OtherHalf {
  /** `the policy of queue dev-orders`. */
  readonly by: string;
}

/**
 * Whether the resource's own policy allows what the role's policies lack. Queues: either half is enough within an
 * account; keys: a key policy may name the role, or leave it to the role's own policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-resource-based.html
 */
export async function otherHalf(
  { action, statement, request, deniedBy }: LackingGrant,
  { aws, plan }: Subject,
): Promise<OtherHalf | undefined> {
  if (deniedBy) return undefined;
  if (action === 'sqs:SendMessage') {
    const attributes = await queueAttributes(request.resource, aws);
    const allowed = verdict(request, { identity: [], resource: attributes?.Policy });
    const name = request.resource.split(':').at(-1);
    return allowed === 'allowed' ? { by: `the policy of queue ${name}` } : undefined;
  }
  const alias = action.startsWith('kms:') ? aliasOf(statement) : undefined;
  const key = alias === undefined ? undefined : await describeKey(alias, { aws, plan });
  if (!key?.Arn) return undefined;
  const resource = key.Arn;
  const answer = await aws.ask({ action: 'kms:GetKeyPolicy', resource }, () =>
    aws.clients.kms.send(new GetKeyPolicyCommand({ KeyId: resource, PolicyName: 'default' })),
  );
  const allowed = verdict(
    { ...request, resource },
    { identity: [], resource: answer?.Policy, resourcePolicyDecides: true },
  );
  return allowed === 'allowed' ? { by: `the policy of key ${alias}` } : undefined;
}

/** What `otherHalf` may ask for. */
export function otherHalfPermissions(
  { policies }: PlannedRole,
  plan: Parameters<typeof anyKey>[0],
): readonly Permission[] {
  const statements = policies.flatMap(({ json }) => (json === undefined ? [] : statementsOf(json)));
  const acting = (part: string) =>
    statements.filter(({ Action: actions }) =>
      (actions as readonly string[] | undefined)?.some((action) => action.startsWith(part)),
    );
  return [
    ...acting('sqs:SendMessage').flatMap(({ Resource: arns }) =>
      (arns as readonly string[]).flatMap(queuePermissions),
    ),
    ...(acting('kms:').some((statement) => aliasOf(statement) !== undefined)
      ? ['kms:DescribeKey', 'kms:GetKeyPolicy'].map((action) => ({ action, resource: anyKey(plan) }))
      : []),
  ];
}

/** Grants name a key by its alias. */
function aliasOf({ Condition: condition = {} }: Statement): string | undefined {
  const conditions = Object.values(condition as Record<string, Record<string, readonly string[]>>);
  return conditions.flatMap((keys) => keys['kms:ResourceAliases'] ?? [])[0];
}
