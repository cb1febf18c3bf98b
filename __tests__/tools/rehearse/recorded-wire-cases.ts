import { idSource } from '../../../tools/rehearse/simulation/ids';
import { VirtualClock } from '../../../tools/rehearse/simulation/virtual-clock';
import { LiveQueue } from '../../../tools/rehearse/sqs/live-queue';
import { type SqsAnswer, SqsEndpoint } from '../../../tools/rehearse/sqs/query-protocol';
import { existingQueue } from '../../../tools/rehearse/sqs/queue';
import type { RecordedCase } from './recorded-cases';

/** What a case says of its request; all but these are fields of it. */
interface WireRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly action?: string;
  readonly accept?: string;
  /** The queue's kind. */
  readonly fifo?: boolean;
  /** Bodies of messages that are there, in one group. */
  readonly queued?: readonly string[];
  readonly [field: string]: unknown;
}

/** Makes a case's request of a queue as the case describes it; without an `accept` SQS answers in XML. */
export async function answerWire({ id, request = {} }: RecordedCase): Promise<SqsAnswer> {
  const { query, action, accept, fifo = false, queued = [], ...others } = request as WireRequest;
  const { method: _, oneGroup: __, receiptHandle, ...fields } = others;
  const clock = new VirtualClock(0);
  const ids = idSource(id);
  const queue = new LiveQueue(
    { ...existingQueue('arn:aws:sqs:eu-central-1:111122223333:recorded'), fifo },
    clock,
    ids,
  );
  for (const body of queued) {
    queue.send({ body, attributes: [], messageGroupId: 'g', messageDeduplicationId: body }, 'sender');
  }
  const oversize = typeof fields.MessageBody === 'string' && fields.MessageBody.startsWith('<');
  const form = query ?? {
    ...(action === 'SendMessage' && { MessageBody: 'x' }),
    ...fields,
    ...(oversize && { MessageBody: 'x'.repeat(1_048_577) }),
    ...(receiptHandle === '<expired>' && { ReceiptHandle: await expiredReceipt(queue, clock) }),
    Action: action,
  };
  const endpoint = new SqsEndpoint({ queues: id === 'sqsw-nonexistent' ? [] : [queue], ids });
  return endpoint.answer(
    {
      path: '/111122223333/recorded',
      contentType: 'application/x-www-form-urlencoded',
      body: new URLSearchParams(form as Record<string, string>).toString(),
      ...(accept !== undefined && { accept }),
    },
    undefined,
  );
}

async function expiredReceipt(queue: LiveQueue, clock: VirtualClock): Promise<string> {
  queue.send({ body: 'x', attributes: [], messageGroupId: 'g', messageDeduplicationId: 'd' }, 'sender');
  const [message] = queue.receive({ maxMessages: 1, visibilityTimeoutSeconds: 1 });
  if (!message) throw new Error('nothing was received');
  await clock.run(clock.now() + 2000);
  return message.receiptHandle;
}
