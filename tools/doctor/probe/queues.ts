import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import type { Environment } from '../../../environments/environment';
import { dnsSuffix } from '../../plan/computed-attributes';
import type { Plan } from '../../plan/plan';
import { existingQueue, type Queue, queuesOf } from '../../rehearse/sqs/queue';
import { wantedOf } from '../../rehearse/world/wanted';
import type { Aws } from '../aws/aws';

/** A queue that messages go through. */
export interface ProbedQueue {
  readonly arn: string;
  readonly name: string;
  readonly url: string;
  readonly fifo: boolean;
  /** One of the environment's stacks makes it. */
  readonly own: boolean;
  /** The customer managed key that encrypts it. */
  readonly keyArn: string | undefined;
  readonly deadLetter: { readonly arn: string; readonly url: string } | undefined;
  /** Receives after which the next one takes a message to the dead-letter queue; none without one. */
  readonly maxReceiveCount: number | undefined;
}

/** The queues of an environment, by ARN: those that it makes, and those of others that it uses. */
export function probedQueues(
  plans: readonly Plan[],
  environment: Environment,
): ReadonlyMap<string, ProbedQueue> {
  const probed = (queue: Queue, own: boolean): ProbedQueue => {
    const { redrive } = queue;
    return {
      arn: queue.arn,
      name: queue.name,
      url: urlOf(queue.arn),
      fifo: queue.fifo,
      own,
      keyArn: queue.kmsMasterKeyId,
      deadLetter: redrive && { arn: redrive.deadLetterTargetArn, url: urlOf(redrive.deadLetterTargetArn) },
      maxReceiveCount: redrive?.maxReceiveCount,
    };
  };
  return new Map([
    ...wantedOf(environment).existingQueues.map(({ arn, keyArn }): [string, ProbedQueue] => [
      arn,
      { ...probed(existingQueue(arn), false), keyArn },
    ]),
    ...plans.flatMap((plan) =>
      queuesOf(plan).map((queue): [string, ProbedQueue] => [queue.arn, probed(queue, true)]),
    ),
  ]);
}

function urlOf(arn: string): string {
  const [, partition = '', , region, account, name] = arn.split(':');
  return `https://sqs.${region}.${dnsSuffix({ partition })}/${account}/${name}`;
}

/** How many messages a queue and its dead-letter queue hold, about. */
export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  /** Visible, in flight and delayed. */
  readonly all: number;
  /** 0 without a dead-letter queue. */
  readonly deadLetters: number;
}

const numbers = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** @returns nothing when the queue does not exist */
export async function countsOf(aws: Aws, queue: ProbedQueue): Promise<Counts | undefined> {
  const [own, deadLetter] = await Promise.all([
    held(aws, queue),
    queue.deadLetter && held(aws, queue.deadLetter),
  ]);
  if (!own) return undefined;
  const [visible = 0, inFlight = 0, delayed = 0] = own;
  return {
    visible,
    inFlight,
    all: visible + inFlight + delayed,
    deadLetters: (deadLetter ?? []).reduce((sum, number) => sum + number, 0),
  };
}

async function held(
  aws: Aws,
  { arn, url }: { readonly arn: string; readonly url: string },
): Promise<readonly number[] | undefined> {
  const answer = await aws.ask({ action: 'sqs:GetQueueAttributes', resource: arn }, () =>
    aws.clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...numbers] })),
  );
  return answer && numbers.map((name) => Number(answer.Attributes?.[name] ?? 0));
}

/** For a sentence. */
export const countsTold = ({ visible, inFlight, deadLetters }: Counts): string =>
  `${visible} visible, ${inFlight} in flight, ${deadLetters} dead letters`;
