import { NotSimulated } from '../../not-simulated';
import { dnsSuffix, type Whereabouts } from '../../plan/computed-attributes';
import { accessDenied, kmsAccessDenied, type SqsError } from '../sqs/errors';
import type { LiveQueue } from '../sqs/live-queue';
import type { Queue } from '../sqs/queue';
import type { QueueConsumer } from '../sqs/queue-consumer';
import { type Access, accountOf, type Session } from './access';
import type { Key } from './access-policies';

/** Requests for a queue that the flows make, and what each needs of the queue's key. */
const keyActions = {
  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
  'sqs:SendMessage': ['kms:GenerateDataKey', 'kms:Decrypt'],
  'sqs:ReceiveMessage': ['kms:Decrypt'],
  'sqs:DeleteMessage': [],
  'sqs:GetQueueAttributes': [],
} as const;

export type QueueAction = keyof typeof keyActions;

/** @throws NotSimulated for an action of which it is not known what it needs of a key */
export function queueAction(action: string, { arn }: Queue): QueueAction {
  if (Object.hasOwn(keyActions, action)) return action as QueueAction;
  throw new NotSimulated(arn, `the permission ${action}`);
}

/** The queues of a system as sessions may use them. */
export class QueueAccess {
  /** @param at where the queues' services are */
  constructor(
    private readonly access: Access,
    private readonly at: Pick<Whereabouts, 'partition' | 'region'>,
  ) {}

  /**
   * Why SQS refuses a request for a queue, or its key does. Every request asks the key: how long SQS goes on with a
   * data key that it has is left out.
   */
  refusal(session: Session, action: QueueAction, queue: Queue): SqsError | undefined {
    const refused = this.access.refusal(
      session,
      {
        action,
        resource: queue.arn,
        resourceAccountId: queue.accountId,
        context: { 'aws:SecureTransport': 'true' },
      },
      this.access.policies.queues.get(queue.arn),
    );
    if (refused !== undefined) return accessDenied(refused);
    if (queue.kmsMasterKeyId === undefined) return undefined;
    const key = this.#keyOf(queue, queue.kmsMasterKeyId);
    for (const keyAction of keyActions[action]) {
      const message = this.#keyRefusal(session, keyAction, queue, key);
      if (message !== undefined) {
        return kmsAccessDenied(
          `${message} (Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Proxy: null)`,
        );
      }
    }
    return undefined;
  }

  consumer(session: Session, queue: LiveQueue): QueueConsumer {
    return {
      queue,
      attributes: () => this.refusal(session, 'sqs:GetQueueAttributes', queue.settings),
      receive: (maxMessages) =>
        this.refusal(session, 'sqs:ReceiveMessage', queue.settings) ?? queue.receive({ maxMessages }),
      delete: (receiptHandle) =>
        this.refusal(session, 'sqs:DeleteMessage', queue.settings) ?? queue.delete(receiptHandle),
    };
  }

  #keyOf(queue: Queue, id: string): Key {
    const key = this.access.policies.keys.find(
      ({ arn, aliases }) => arn === id || arn.endsWith(`:key/${id}`) || aliases.includes(id),
    );
    if (!key) throw new NotSimulated(queue.arn, `its key ${id}, which the stacks do not have,`);
    return key;
  }

  #keyRefusal(session: Session, action: string, queue: Queue, key: Key): string | undefined {
    return this.access.refusal(
      session,
      {
        action,
        resource: key.arn,
        resourceAccountId: accountOf(key.arn),
        context: {
          'aws:SecureTransport': 'true',
          'kms:ViaService': `sqs.${this.at.region}.${dnsSuffix(this.at)}`,
          'kms:ResourceAliases': key.aliases,
          'kms:EncryptionContext:aws:sqs:arn': queue.arn,
        },
      },
      key.policy,
      { resourcePolicyDecides: true },
    );
  }
}
