import { isWithin, policyDifference, type Statement } from '../../../iam/policy-difference';
import { statementText } from '../../../iam/statement-text';
import { dnsSuffix } from '../../../plan/computed-attributes';
import { type Actor, senderKinds, sends } from '../../affected';
import type { Subject } from '../../check';
import type { Finding } from '../../finding';
import { anything } from '../policy-anything';
import { denialTold, extraTold } from '../policy-extras';
import { bothSee, names } from '../queues/queue-consequences';
import { type Verdict, verdict } from '../roles/role-verdict';
import type { PlannedKey } from './key-plan';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

interface Deployed {
  readonly arn: string;
  readonly policy: string | undefined;
}

/**
 * Who may do what with a key, and whom it shuts out: without the key policy's leave, no role's own policies help.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
export function keyPolicyDifferences(key: PlannedKey, deployed: Deployed, subject: Subject): readonly Told[] {
  if (key.policy === undefined) return [];
  const { missing, extra } = policyDifference(key.policy, deployed.policy);
  if (missing.length === 0 && extra.length === 0) return [];
  const decided = key.queueArns.flatMap((queueArn) =>
    subject.affected.at(queueArn).map((actor) => ({ actor, ...verdictOn(actor, key, deployed, subject) })),
  );
  const stopped = decided.filter((one) => one.verdict === 'denied').map(({ actor }) => actor);
  const denials = extra.filter(isDenial);
  const added = extra.filter(
    (statement) => !isDenial(statement) && !missing.some((wider) => isWithin(statement, wider)),
  );
  return [
    ...(stopped.length > 0
      ? [stopping(stopped, missing, extra)]
      : [
          ...missing.map(missingStatement),
          ...denials.map((statement) =>
            denialTold('key-policy', statement, {
              seen: '',
              isUndecided: decided.some((one) => one.verdict === 'undecided'),
            }),
          ),
        ]),
    ...added.map((statement) => extraTold('key-policy', 'the key alone opens no message', statement)),
  ];
}

const isOfService = ({ Principal }: Statement) => Object.hasOwn(Object(Principal), 'Service');

const isDenial = ({ Effect }: Statement) => Effect === 'Deny';

function stopping(
  stopped: readonly Actor[],
  missing: readonly Statement[],
  extra: readonly Statement[],
): Told {
  const who = names(stopped, ...senderKinds, 'function', 'pipe');
  return {
    code: 'key-policy',
    severity: 'error',
    problem: `its policy keeps ${who} from using it, whatever the roles were granted`,
    synthesized: missing.map(statementText).join('\n') || 'no denial',
    deployed: extra.map(statementText).join('\n') || 'none',
    seen: bothSee(stopped, 'KMS.AccessDeniedException'),
    cause:
      'A role may use a key only where the key policy names it or leaves the decision to the account. Someone has replaced the policy in the console or with another tool',
  };
}

const missingStatement = (statement: Statement): Told => ({
  code: 'key-policy-statement',
  severity: 'warning',
  problem: 'its policy lacks a statement',
  synthesized: statementText(statement),
  deployed: 'none',
  seen: isOfService(statement)
    ? 'messages pass; what the service encrypts with it is not written: no log, no notification'
    : 'nothing yet: what is left still lets the roles of the flows use it',
  cause: 'Someone has replaced the policy in the console or with another tool',
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html */
function verdictOn(
  actor: Actor,
  { alias }: PlannedKey,
  { arn, policy }: Deployed,
  { plan }: Subject,
): { readonly verdict: Verdict } {
  const { roleArn, queueArn } = actor;
  const verdicts = (sends(actor) ? ['kms:GenerateDataKey', 'kms:Decrypt'] : ['kms:Decrypt']).map((action) =>
    verdict(
      {
        principal: roleArn,
        action,
        resource: arn,
        accountId: plan.accountId,
        context: {
          'aws:SecureTransport': 'true',
          'aws:RequestedRegion': plan.region,
          'kms:ViaService': `sqs.${plan.region}.${dnsSuffix(plan)}`,
          'kms:ResourceAliases': [alias.name],
          'kms:EncryptionContext:aws:sqs:arn': queueArn,
        },
      },
      { identity: [anything], resource: policy, resourcePolicyDecides: true },
    ),
  );
  return { verdict: verdicts.find((one) => one !== 'allowed') ?? 'allowed' };
}
