import type { Flow } from '../world/flows';
import type { System } from '../world/system';
import type { Stage } from './scenario';

/** In milliseconds: what is left to look at a message that was given up at the last moment. */
const spare = 12 * 60 * 60_000;

/** Of someone else's queue the plan does not say what becomes of its dead letters. */
export const hasOwnQueue = ({ queueArn }: Flow, { outside }: System): boolean =>
  !outside.some(({ arn }) => arn === queueArn);

/**
 * Whether the queue of a flow has a dead-letter queue, and that keeps what is given up for longer than the queue
 * itself could have. On standard queues a dead letter keeps its first timestamp: one that waited for long before it
 * was given up is gone at once where it does not.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 *
 * @param giveUp has at least one message sent, and received until it is given up
 */
export async function checkGivenUp(
  { check, clock, flow, pass, world }: Stage,
  giveUp: () => Promise<void>,
): Promise<string> {
  const queue = world.queue(flow.queueArn).settings;
  const { messageRetentionSeconds, name, redrive, visibilityTimeoutSeconds } = queue;
  check('the queue has a dead-letter queue', redrive !== undefined, `${name} has no redrive_policy`);
  if (!redrive) return 'not played: what cannot be processed comes back until it expires';
  const until = clock.now() + messageRetentionSeconds * 1000 + spare;
  await giveUp();
  const deadLetters = () => world.account(flow.queueArn).deadLettered;
  const before = deadLetters();
  check(
    'it becomes a dead letter',
    before > 0,
    `maxReceiveCount ${redrive.maxReceiveCount} times visibility_timeout_seconds ${visibilityTimeoutSeconds}, of ${name} with message_retention_seconds ${messageRetentionSeconds}`,
  );
  await pass(Math.max(0, until - clock.now()));
  const { messageRetentionSeconds: kept } = world.queue(redrive.deadLetterTargetArn).settings;
  check(
    'the dead-letter queue keeps it for longer than the queue would have',
    deadLetters() === before,
    `its message_retention_seconds is ${kept}, that of ${name} ${messageRetentionSeconds}`,
  );
  return `given up after ${redrive.maxReceiveCount} deliveries, and still there ${days(messageRetentionSeconds)} days later`;
}

const days = (seconds: number) => Math.round(seconds / 86_400);
