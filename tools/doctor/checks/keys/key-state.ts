import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Actor } from '../../affected';
import type { Finding } from '../../finding';
import { bothSee } from '../queues/queue-consequences';
import type { PlannedKey } from './key-plan';

type Told = Omit<Finding, 'at' | 'subject'>;

/**
 * What is to be said of the state that a key is in; nothing where it can be used.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function stateTold(
  { KeyState: state, DeletionDate: date, KeyId: id }: Partial<KeyMetadata>,
  { queueArns }: Pick<PlannedKey, 'queueArns'>,
  actors: readonly Actor[],
): Told | undefined {
  const told = (error: string, later: string) =>
    queueArns.length > 0
      ? `${bothSee(actors, error)}${later && `. What lies in the queues and dead-letter queues ${later}`}`
      : `logs are not written, functions cannot read their variables, or nobody is notified${later && `. What it encrypted ${later}`}`;
  switch (state) {
    case 'Enabled':
      return undefined;
    case 'PendingDeletion':
      return {
        code: 'key-state',
        severity: 'error',
        problem: `IT WILL BE DELETED${date ? ` ON ${date.toISOString().slice(0, 10)}` : ''}: ${queueArns.length > 0 ? 'every message' : 'all that is'} encrypted with it is lost then`,
        deployed: date ? `${state}, deletion at ${date.toISOString()}` : state,
        synthesized: 'Enabled',
        seen: told('KMS.InvalidStateException', 'cannot be read, and after the deletion never again'),
        cause:
          'Someone has scheduled the deletion, or taken the key out of the stack and deployed. SQS may go on for some minutes with a data key that it still has',
        fix: `aws kms cancel-key-deletion --key-id ${id} && aws kms enable-key --key-id ${id}, before that date; nobody can bring a deleted key back, AWS neither`,
      };
    case 'Disabled':
      return {
        code: 'key-state',
        severity: 'error',
        problem: 'it is disabled',
        deployed: state,
        synthesized: 'Enabled',
        seen: told('KMS.DisabledException', 'can be read again once it is enabled, as long as it is kept'),
        cause:
          'Someone has disabled it. SQS may go on for some minutes with a data key that it still has, so that the errors begin later',
        fix: `aws kms enable-key --key-id ${id}`,
      };
    default:
      return {
        code: 'key-state',
        severity: 'error',
        problem: `its state is ${state ?? 'unknown'}`,
        deployed: state ?? 'unknown',
        synthesized: 'Enabled',
        seen: told('KMS.InvalidStateException', ''),
        cause: 'Only an enabled key encrypts and decrypts',
        fix: `aws kms describe-key --key-id ${id} tells more`,
      };
  }
}
