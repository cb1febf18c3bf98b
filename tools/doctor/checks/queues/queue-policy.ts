import {
  isWithin,
  policyDifference,
  type Statement,
  sameMeaning,
  statementsOf,
} from '../../../iam/policy-difference';
import { deletedKind, statementText } from '../../../iam/statement-text';
import { type Actor, senderKinds } from '../../affected';
import type { Subject } from '../../check';
import type { Finding } from '../../finding';
import { anything } from '../policy-anything';
import { denialTold, extraTold } from '../policy-extras';
import { roleName } from '../roles/role-policies';
import { verdict } from '../roles/role-verdict';
import { consumersSee, sendersSee } from './queue-consequences';
import type { PlannedQueue } from './queue-plan';
import { missingStatement, setWhole } from './queue-policy-statement';
import { type RoleHalf, senderOf, sendRequest, sendThroughRole } from './queue-sender';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

/** Who may do what with a queue, in the queue's own words. */
export async function queuePolicyDifferences(
  queue: PlannedQueue,
  deployed: string | undefined,
  subject: Subject,
): Promise<readonly Told[]> {
  const wanted = queue.policy?.json ?? '{"Statement":[]}';
  const { missing, extra } = policyDifference(wanted, deployed);
  if (deployed === undefined && missing.length > 0) return [await missingPolicy(queue, missing, subject)];
  const stale = missing.flatMap((statement) => {
    const former = extra.find((candidate) => isFormer(candidate, statement));
    return former ? [{ statement, former }] : [];
  });
  const added = extra.filter(
    (statement) =>
      !stale.some(({ former }) => former === statement) &&
      !missing.some((wider) => isWithin(statement, wider)),
  );
  const allowing = { Statement: deployedAllows(deployed) };
  const told = await Promise.all(
    missing.map(async (statement): Promise<readonly Told[]> => {
      const sender = senderOf(statement);
      if (sender === undefined) {
        return [
          missingStatement(
            statement,
            extra.find((narrower) => isWithin(narrower, statement)),
          ),
        ];
      }
      const half = verdict(sendRequest(queue.arn, sender, subject.plan), {
        identity: [],
        resource: JSON.stringify(allowing),
      });
      // Another statement lets it send; that one is told as an extra.
      if (half === 'allowed') return [];
      const former = stale.find((pair) => pair.statement === statement)?.former;
      const roleHalf = await sendThroughRole(queue.arn, sender, subject);
      return [missingSender(queue, { sender, former, roleHalf, statement }, subject)];
    }),
  );
  return [...told.flat(), ...added.map((statement) => addition(queue, statement, subject))];
}

const deployedAllows = (json: string | undefined): readonly Statement[] =>
  (json === undefined ? [] : statementsOf(json)).filter(({ Effect }) => Effect === 'Allow');

/** Whether a statement is another one but for its principals, which were all deleted. */
function isFormer(candidate: Statement, statement: Statement): boolean {
  const identifiers = Object.values((candidate.Principal ?? {}) as Record<string, readonly string[]>).flat();
  return (
    identifiers.length > 0 &&
    identifiers.every((identifier) => deletedKind(identifier) !== undefined) &&
    sameMeaning({ ...candidate, Principal: {} }, { ...statement, Principal: {} })
  );
}

interface MissingSender {
  readonly sender: string;
  readonly former: Statement | undefined;
  readonly roleHalf: RoleHalf;
  readonly statement: Statement;
}

function missingSender(
  queue: PlannedQueue,
  { sender, former, roleHalf, statement }: MissingSender,
  { affected }: Subject,
): Told {
  const senders = affected.as(sender).filter(({ queueArn }) => queueArn === queue.arn);
  const isAllowed = roleHalf.verdict === 'allowed';
  const role = `role ${roleName(sender)}`;
  return {
    code: former ? 'queue-policy-deleted-role' : 'queue-policy-sender',
    severity: isAllowed ? 'warning' : 'error',
    problem: former
      ? `its policy names a role that was deleted, where it should let ${role} send`
      : `its policy does not let ${role} send`,
    synthesized: statementText(statement),
    deployed: former ? statementText(former) : 'none',
    seen: isAllowed
      ? `nothing yet: the role's own policy allows sqs:SendMessage, and within one account one of both is enough; without it, ${sendersSee(senders, 'AccessDenied')}`
      : sendersSee(senders, 'AccessDenied'),
    cause: [
      former
        ? 'A policy keeps the unique id of a role, not its ARN: the role was deleted and made again, the new one has another id, and the statement means the old one'
        : setWhole,
      ...(isAllowed ? [] : [`${roleHalf.because}: neither half allows it`]),
    ].join('. '),
  };
}

async function missingPolicy(
  queue: PlannedQueue,
  missing: readonly Statement[],
  subject: Subject,
): Promise<Told> {
  const senders = [...new Set(missing.flatMap((statement) => senderOf(statement) ?? []))];
  const halves = await Promise.all(
    senders.map(async (role) => ({ role, half: await sendThroughRole(queue.arn, role, subject) })),
  );
  const refused = halves.filter(({ half }) => half.verdict !== 'allowed');
  return {
    code: 'queue-policy-missing',
    severity: refused.length > 0 ? 'error' : 'warning',
    problem: 'it has no policy',
    synthesized: missing.map(statementText).join('\n'),
    deployed: 'none',
    seen:
      refused.length > 0
        ? sendersSee(
            refused.flatMap(({ role }) =>
              subject.affected.as(role).filter(({ queueArn }) => queueArn === queue.arn),
            ),
            'AccessDenied',
          )
        : 'nothing yet: the policies of roles of this account are enough to use it; requests without TLS are not refused',
    cause: [
      'The deploy ended before it, or someone has removed it',
      ...refused.map(({ half }) => half.because),
    ].join('. '),
  };
}

function addition(queue: PlannedQueue, statement: Statement, { plan, affected }: Subject): Told {
  if (statement.Effect !== 'Deny')
    return extraTold('queue-policy', 'messages may be read, forged or deleted', statement);
  const actors = affected.at(queue.arn);
  const hit = (kinds: readonly Actor['kind'][], action: string) =>
    actors
      .filter(({ kind }) => kinds.includes(kind))
      .map((actor) => ({
        actor,
        verdict: verdict(
          { ...sendRequest(queue.arn, actor.roleArn, plan), action },
          {
            identity: [anything],
            resource: JSON.stringify({ Statement: [statement] }),
          },
        ),
      }));
  const sends = hit(senderKinds, 'sqs:SendMessage');
  const receives = hit(['function', 'pipe'], 'sqs:ReceiveMessage');
  const denied = (of: typeof sends) => of.filter((one) => one.verdict === 'denied').map(({ actor }) => actor);
  const [senders, takers] = [denied(sends), denied(receives)];
  return denialTold('queue-policy', statement, {
    seen: [
      ...(senders.length > 0 ? [sendersSee(senders, 'AccessDenied')] : []),
      ...(takers.length > 0 ? [consumersSee(takers, 'AccessDenied')] : []),
    ].join('; '),
    isUndecided: [...sends, ...receives].some((one) => one.verdict === 'undecided'),
  });
}
