import { flag, optionalText, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import type { Actor } from '../../affected';
import type { QueueAttributes } from './queue-attributes';
import { bothSee } from './queue-consequences';
import type { PlannedQueue } from './queue-plan';
import type { SettingDifference } from './queue-settings';

/**
 * How the messages of a queue are encrypted. A queue that has a KMS key says nothing by its SSE-SQS flag.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 */
export function encryptionDifference(
  { resource }: PlannedQueue,
  deployed: QueueAttributes,
  { plan, actors }: { readonly plan: Plan; readonly actors: readonly Actor[] },
): readonly SettingDifference[] {
  const wanted = optionalText(resource, 'kms_master_key_id');
  const there = deployed.KmsMasterKeyId;
  const managed = deployed.SqsManagedSseEnabled === 'true';
  const deployedText = there ? `KMS key ${there}` : managed ? 'SSE-SQS' : 'none';
  if (wanted !== undefined) {
    if (there === undefined) {
      return [
        {
          code: 'queue-encryption',
          severity: 'warning',
          problem: managed
            ? 'its messages are encrypted with a key of SQS, not with its own'
            : 'its messages are not encrypted',
          synthesized: `KMS key ${wanted}`,
          deployed: deployedText,
          seen: 'nothing: messages pass, and whoever may receive them needs no permission for the key',
        },
      ];
    }
    if (isSameKey(plan, wanted, there)) return [];
    // SQS's own key is open to everyone in the account who may use the queue.
    const isSqsKey = there.endsWith('alias/aws/sqs');
    return [
      {
        code: 'queue-encryption-key',
        severity: isSqsKey ? 'warning' : 'error',
        problem: isSqsKey
          ? 'its messages are encrypted with the key that AWS manages, not with its own'
          : 'its messages are encrypted with another KMS key',
        synthesized: `KMS key ${wanted}`,
        deployed: deployedText,
        seen: isSqsKey ? 'nothing' : bothSee(actors, 'KMS.AccessDeniedException'),
      },
    ];
  }
  if (there !== undefined) {
    return [
      {
        code: 'queue-encryption-key',
        severity: there.endsWith('alias/aws/sqs') ? 'warning' : 'error',
        problem: 'its messages are encrypted with a KMS key that no role was granted',
        synthesized: flag(resource, 'sqs_managed_sse_enabled') ? 'SSE-SQS' : 'none',
        deployed: deployedText,
        seen: there.endsWith('alias/aws/sqs') ? 'nothing' : bothSee(actors, 'KMS.AccessDeniedException'),
      },
    ];
  }
  // SQS encrypts new queues by itself, so that only what was asked for can be lacking.
  if (managed || !flag(resource, 'sqs_managed_sse_enabled')) return [];
  return [
    {
      code: 'queue-encryption',
      severity: 'warning',
      problem: 'its messages are not encrypted',
      synthesized: 'SSE-SQS',
      deployed: 'none',
      seen: 'nothing: messages pass, and lie unencrypted in the queue',
    },
  ];
}

/**
 * SQS gives a key back as it was entered: by id, ARN, alias or the alias's ARN. A key that was not found in AWS is
 * compared with nothing.
 */
function isSameKey(plan: Plan, wanted: string, there: string): boolean {
  const keys = resourcesOf(plan, 'aws_kms_key', { reads: ['arn', 'key_id'], ignores: 'the rest' });
  const key = keys.find((candidate) => [text(candidate, 'arn'), text(candidate, 'key_id')].includes(wanted));
  const short = (id: string) => id.replace(/^arn:[^/]*:(?:key\/|(?=alias\/))/, '');
  if (!key) return short(wanted) === short(there);
  const address = key.address.slice(key.address.indexOf(' ') + 1);
  if (!plan.known.has(`${address}.key_id`)) return true;
  const aliases = resourcesOf(plan, 'aws_kms_alias', {
    reads: ['name', 'target_key_id'],
    ignores: 'the rest',
  })
    .filter((alias) => text(alias, 'target_key_id') === text(key, 'key_id'))
    .map((alias) => text(alias, 'name'));
  return [text(key, 'key_id'), ...aliases].includes(short(there));
}
