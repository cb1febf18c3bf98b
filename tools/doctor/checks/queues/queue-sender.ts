import { type Statement, statementsOf } from '../../../iam/policy-difference';
import type { Plan } from '../../../plan/plan';
import type { Subject } from '../../check';
import { roleName, rolePolicies } from '../roles/role-policies';
import { type ActorRequest, type Verdict, verdict } from '../roles/role-verdict';

/** What the sender's own policies say, beside the queue's. */
export interface RoleHalf {
  readonly verdict: Verdict;
  /** Why it is not allowed. */
  readonly because: string;
}

/** A role sends to a queue, over TLS as SDKs and API Gateway do. */
export const sendRequest = (queueArn: string, roleArn: string, { region }: Plan): ActorRequest => ({
  principal: roleArn,
  action: 'sqs:SendMessage',
  resource: queueArn,
  accountId: queueArn.split(':')[4] ?? '',
  context: { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': region },
});

/**
 * Whether the role may send without the queue's statement: within one account either is enough.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-using-identity-based-policies.html
 */
export async function sendThroughRole(
  queueArn: string,
  roleArn: string,
  { aws, plan }: Subject,
): Promise<RoleHalf> {
  const role = `role ${roleName(roleArn)}`;
  const policies = await rolePolicies(roleArn, aws);
  if (!policies) return { verdict: 'denied', because: `The ${role} does not exist` };
  const unless =
    policies.attached.length > 0 ? `, unless its policy ${policies.attached.join(' or ')} allows it` : '';
  return {
    verdict: verdict(sendRequest(queueArn, roleArn, plan), { identity: [...policies.inline.values()] }),
    because: `The ${role} may not send by its own policies either${unless}`,
  };
}

/** The roles that a queue's policy lets send. */
export const senderRoles = (policy: string | undefined): readonly string[] => [
  ...new Set(
    (policy === undefined ? [] : statementsOf(policy)).flatMap((statement) => senderOf(statement) ?? []),
  ),
];

/** The role that a statement lets send; those of a plan name one each. */
export function senderOf({ Effect, Action, Principal }: Statement): string | undefined {
  const [first] = (Principal as { readonly AWS?: readonly string[] } | undefined)?.AWS ?? [];
  const sends = Effect === 'Allow' && (Action as readonly string[] | undefined)?.includes('sqs:SendMessage');
  return sends && first?.includes(':role/') ? first : undefined;
}
