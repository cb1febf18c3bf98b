import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { MissingPermission, NotReachable } from '../aws/answer-of';
import type { Course } from './course';
import type { ProbedQueue } from './queues';
import { recognised, type SentMessage } from './sent-message';
import type { Surroundings } from './surroundings';
import { poll } from './waiting';

/** How long a message that was received is hidden from others should the probe end before it is given back, in seconds. */
const hiddenSeconds = 30;

/** How often the probe may receive a message that is not its own: each time counts for its dead-letter queue. */
const mostReceives = 2;

/** Receives the message from a queue that nobody takes from, compares it, and deletes it. */
export async function followToQueue(
  sent: SentMessage,
  course: Course,
  surroundings: Surroundings,
): Promise<void> {
  const { message, queue } = sent;
  const what = 'the message is on the queue';
  const stays = (why: string) =>
    course.stays(`the message ${recognised(message)}, on ${queue.name}: ${why}. ${howToDelete(queue)}`);
  const others = mayNotReceive(sent);
  if (others !== undefined) {
    course.notSeen(what, `${others}: it is left there, since each receive counts for the dead-letter queue`);
    return stays(others);
  }
  let mine: Message | undefined;
  course.ifInterrupted(async () => {
    if (!mine) return stays('the probe was interrupted');
    const again = `received, and back after ${hiddenSeconds} s`;
    await remove(queue, mine, surroundings).then(
      () => course.cleaned(`the message ${mine?.MessageId} on ${queue.name}`),
      (error: Error) => stays(`${again}: ${error.message}`),
    );
  });
  const foreign = new Map<string, number>();
  const own = await poll(
    surroundings.waiting,
    sent.limit,
    async () => {
      const received = await receive(queue, surroundings);
      mine = received.find((candidate) => isOwn(candidate, sent));
      for (const other of received.filter((candidate) => candidate !== mine)) {
        foreign.set(other.MessageId ?? '', (foreign.get(other.MessageId ?? '') ?? 0) + 1);
        await giveBack(queue, other, surroundings);
      }
      if (mine) return mine;
      return [...foreign.values()].some((count) => count >= mostReceives) ? 'left' : undefined;
    },
    (seconds) => course.doing(`receiving from ${queue.name}, ${seconds} s`),
  );
  if (own === 'left') {
    course.ifInterrupted();
    course.notSeen(
      what,
      `messages of others have come to ${queue.name}: they were given back, and it is left alone`,
    );
    return stays('messages of others have come');
  }
  if (!own) {
    course.ifInterrupted();
    if (!sent.accepted) return course.notSeen(what, `nothing came to ${queue.name} either`);
    course.failed(
      what,
      `${queue.name} did not give it within ${sent.limit / 1000} s, though the callback was accepted: another ` +
        `consumer takes from it, or the callback goes to another queue; ${surroundings.doctor} tells the second`,
    );
    return stays('or with whoever took it');
  }
  course.ok(what, `received as ${own.MessageId}${foreign.size > 0 ? '; others were given back' : ''}`);
  compare(own, sent, course);
  await remove(queue, own, surroundings);
  course.ifInterrupted();
  course.cleaned(`the message ${own.MessageId} on ${queue.name}`);
}

function mayNotReceive({ before, queue }: SentMessage): string | undefined {
  if (before.all > 0) return `${queue.name} held ${before.all} other messages before`;
  const most = queue.maxReceiveCount ?? Number.POSITIVE_INFINITY;
  return most > mostReceives ? undefined : `${queue.name} gives a message up after ${most} receives`;
}

const howToDelete = ({ url }: ProbedQueue) =>
  `It can be received and deleted in the SQS console, or by whoever takes from ${url}`;

const isOwn = ({ Body = '' }: Message, { message }: SentMessage): boolean =>
  message.mark === undefined ? Body === message.body : Body.includes(message.mark);

function compare(received: Message, { message, queue }: SentMessage, course: Course): void {
  const { Body = '', MessageAttributes = {}, Attributes = {} } = received;
  const same = 'it is byte for byte what was sent';
  if (Body === message.body) course.ok(same, `${Buffer.byteLength(Body)} bytes`);
  else course.failed(same, `sent ${JSON.stringify(message.body)}, received ${JSON.stringify(Body)}`);
  const has = 'its attributes are there';
  const values = new Map(
    Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
  );
  const wrong = [...message.attributes].filter(([name, value]) =>
    value === undefined ? !values.get(name) : values.get(name) !== value,
  );
  const group = Attributes.MessageGroupId;
  const told = [...values].map(([name, value]) => `${name} ${value}`);
  if (wrong.length > 0) {
    const missing = wrong.map(([name, value]) => (value === undefined ? name : `${name} = ${value}`));
    course.failed(has, `without ${missing.join(', ')}; there are ${told.join(', ') || 'none'}`);
  } else if (message.groupId !== undefined && group !== message.groupId) {
    course.failed(has, `its group is ${group ?? 'none'} on ${queue.name}, not ${message.groupId}`);
  } else course.ok(has, [...told, ...(group === undefined ? [] : [`group ${group}`])].join(', '));
}

async function receive(queue: ProbedQueue, { aws }: Surroundings): Promise<readonly Message[]> {
  try {
    const answer = await aws.ask({ action: 'sqs:ReceiveMessage', resource: queue.arn }, () =>
      aws.clients.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: queue.url,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: hiddenSeconds,
          WaitTimeSeconds: 1,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['MessageGroupId', 'MessageDeduplicationId'],
        }),
      ),
    );
    return answer?.Messages ?? [];
  } catch (error) {
    throw keyError(error, queue) ?? error;
  }
}

/** SQS asks KMS in the receiver's name. */
function keyError(error: unknown, { keyArn }: ProbedQueue): MissingPermission | undefined {
  const cause = error instanceof NotReachable ? (error.cause as Error) : undefined;
  if (!cause || !/^(KmsAccessDenied|KMS\.AccessDeniedException)$/.test(cause.name)) return undefined;
  return new MissingPermission({ action: 'kms:Decrypt', resource: keyArn ?? '*' }, cause.message);
}

const giveBack = async (queue: ProbedQueue, { ReceiptHandle }: Message, { aws }: Surroundings) =>
  aws.ask({ action: 'sqs:ChangeMessageVisibility', resource: queue.arn }, () =>
    aws.clients.sqs.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queue.url, ReceiptHandle, VisibilityTimeout: 0 }),
    ),
  );

const remove = async (queue: ProbedQueue, { ReceiptHandle }: Message, { aws }: Surroundings) =>
  aws.ask({ action: 'sqs:DeleteMessage', resource: queue.arn }, () =>
    aws.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle })),
  );
