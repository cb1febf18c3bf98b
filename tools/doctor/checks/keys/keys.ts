import { GetKeyPolicyCommand, GetKeyRotationStatusCommand, type KeyMetadata } from '@aws-sdk/client-kms';
import { flag, optionalText } from '../../../plan/attributes';
import type { Check, Subject } from '../../check';
import type { Finding } from '../../finding';
import { bothSee } from '../queues/queue-consequences';
import { anyKey, describeKey } from './key-answers';
import { type PlannedKey, plannedKeys } from './key-plan';
import { keyPolicyDifferences } from './key-policy';
import { stateTold } from './key-state';

/** KMS keys: that their aliases point to them, that they can be used, and by whom. */
export const keys: Check = {
  name: 'keys',
  permissions: (plan) =>
    plannedKeys(plan).length === 0
      ? []
      : ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus'].map((action) => ({
          action,
          resource: anyKey(plan),
        })),
  examine: async (subject) => {
    const all = plannedKeys(subject.plan);
    const findings = await Promise.all(all.map((key) => examineKey(key, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

const gone =
  'The stack was never deployed to the end, or someone has deleted the alias; the key itself may still be there';

async function examineKey(key: PlannedKey, subject: Subject): Promise<readonly Finding[]> {
  const { plan, affected } = subject;
  const { alias } = key;
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const actors = key.queueArns.flatMap((arn) => affected.at(arn));
  const subjectText = `key ${alias.name}`;
  const deployed = await describeKey(alias.name, subject);
  if (!deployed?.Arn) {
    return [
      {
        at: alias.address,
        subject: subjectText,
        code: 'key-alias-missing',
        severity: key.queueArns.length > 0 ? 'error' : 'warning',
        problem: 'its alias points nowhere',
        ...(key.queueArns.length > 0
          ? {
              seen: bothSee(actors, 'KMS.AccessDeniedException'),
              cause: `Roles are granted the key by its alias, so that without the alias nobody is. ${gone}`,
            }
          : {
              seen: 'nothing, while the key is there: what it encrypts names the key itself. Without the alias it is not found, and not looked at here',
              cause: gone,
            }),
        fix: deploy,
      },
    ];
  }
  const about = { at: key.resource.address, subject: subjectText };
  const fix = `${deploy} restores it; what was meant belongs in environments/`;
  const state = stateTold(deployed, key, actors);
  const others = await Promise.all([
    policyOf(key, deployed.Arn, subject),
    rotationOf(key, deployed, subject),
  ]);
  return [
    ...(state ? [{ ...about, ...state }] : []),
    ...descriptionDifference(key, deployed, { at: alias.address, subject: subjectText, fix }),
    ...others.flat().map((told) => ({ ...about, fix, ...told })),
  ];
}

/** Of which key an alias was to point to, its description is what a plan knows before the key has an id. */
function descriptionDifference(
  { resource }: PlannedKey,
  { Description: there = '', Arn: arn }: Partial<KeyMetadata>,
  about: Pick<Finding, 'at' | 'subject' | 'fix'>,
): readonly Finding[] {
  const wanted = optionalText(resource, 'description') ?? '';
  if (wanted === there) return [];
  return [
    {
      ...about,
      code: 'key-description',
      severity: 'warning',
      problem: 'its alias points to a key with another description, maybe another key',
      synthesized: wanted || 'none',
      deployed: `${there || 'none'} (${arn})`,
      seen: 'nothing, where only the text was edited; queues that are encrypted with another key than the alias names are told among the queues',
      cause: 'Someone has edited the description, or pointed the alias at another key',
    },
  ];
}

async function policyOf(key: PlannedKey, arn: string, subject: Subject) {
  const answer = await subject.aws.ask({ action: 'kms:GetKeyPolicy', resource: arn }, () =>
    subject.aws.clients.kms.send(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: 'default' })),
  );
  return keyPolicyDifferences(key, { arn, policy: answer?.Policy }, subject);
}

/** A key that is not enabled tells nothing of it. */
async function rotationOf(
  { resource }: PlannedKey,
  { Arn: arn = '', KeyState: state }: Partial<KeyMetadata>,
  { aws }: Subject,
): Promise<readonly Omit<Finding, 'at' | 'subject' | 'fix'>[]> {
  if (!flag(resource, 'enable_key_rotation') || state !== 'Enabled') return [];
  const answer = await aws.ask({ action: 'kms:GetKeyRotationStatus', resource: arn }, () =>
    aws.clients.kms.send(new GetKeyRotationStatusCommand({ KeyId: arn })),
  );
  if (answer?.KeyRotationEnabled) return [];
  return [
    {
      code: 'key-rotation',
      severity: 'warning',
      problem: 'it is not rotated every year',
      synthesized: 'rotated',
      deployed: 'not rotated',
      seen: 'nothing: messages pass',
      cause: 'Someone has turned the rotation off',
    },
  ];
}
