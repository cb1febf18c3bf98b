import type { KeyMetadata } from '@aws-sdk/client-kms';
import type { Actor } from '../../affected';
import type { Finding } from '../../finding';
import { bothSee } from '../queues/queue-consequences';

type Told = Omit<Finding, 'at' | 'subject'>;

/**
 * What is to be said of the state that a key is in; nothing where it can be used.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
 */
export function stateTold(
  { KeyState: state, DeletionDate: date, KeyId: id }: Partial<KeyMetadata>,
  actors: readonly Actor[],
): Told | undefined {
  switch (state) {
    case 'Enabled':
      return undefined;
    case 'PendingDeletion':
      return {
        code: 'key-state',
        severity: 'error',
        problem: `IT WILL BE DELETED${date ? ` ON ${date.toISOString().slice(0, 10)}` : ''}: every message encrypted with it is lost then`,
        deployed: date ? `${state}, deletion at ${date.toISOString()}` : state,
        synthesized: 'Enabled',
        seen: `${bothSee(actors, 'KMS.InvalidStateException')}. What lies in the queues and dead-letter queues cannot be read, and after the deletion never again`,
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
        seen: `${bothSee(actors, 'KMS.DisabledException')}. What lies in the queues can be read again once it is enabled, as long as the queues keep it`,
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
        seen: bothSee(actors, 'KMS.InvalidStateException'),
        cause: 'Only an enabled key encrypts and decrypts',
        fix: `aws kms describe-key --key-id ${id} tells more`,
      };
  }
}
