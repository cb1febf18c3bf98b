import { optionalNumber, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import { type Actor, type Affected, sends } from '../../affected';
import { nobodyLetIn, routesGuardedBy } from '../../guarded-routes';
import { mappingsOf } from '../event-source-mappings/event-source-plan';
import type { SynthesizedFunction } from './function-plan';

/** What a function does for others, and what they see when it does not. */
export interface FunctionWork {
  /** While it takes nothing from its queue. */
  readonly waiting: string;
  /** While it fails on what it takes. */
  readonly failing: string;
  /** Of its queue, where this stack makes that; in seconds. */
  readonly visibilityTimeout: number | undefined;
  /** Batches that its event source mapping hands over at once. */
  readonly maximumConcurrency: number | undefined;
}

/** A function takes from its event source mapping's queue, gets what a pipe takes, or says who may call a route. */
export function workOf(plan: Plan, fn: SynthesizedFunction, affected: Affected): FunctionWork {
  const pipes = resourcesOf(plan, 'aws_pipes_pipe', { reads: ['role_arn', 'target'], ignores: 'the rest' })
    .filter((pipe) => text(pipe, 'target') === fn.arn)
    .map((pipe) => text(pipe, 'role_arn'));
  const takers = [fn.roleArn, ...pipes].flatMap((roleArn) => affected.as(roleArn));
  const queueArns = [...new Set(takers.map(({ queueArn }) => queueArn))];
  const senders = queueArns.flatMap((queueArn) => affected.at(queueArn)).filter(sends);
  const hit = noticedBy(senders);
  const guarded = routesGuardedBy(plan, fn.arn);
  if (guarded.length > 0) {
    const seen = nobodyLetIn(guarded);
    return { waiting: seen, failing: seen, visibilityTimeout: undefined, maximumConcurrency: undefined };
  }
  return {
    waiting:
      `${queuesTold(queueArns, senders)} and the alarm on ApproximateAgeOfOldestMessage goes off; ` +
      `${hit}`,
    failing: `batches fail and come back until maxReceiveCount, then their messages go to the dead-letter queue${
      takers.some(({ kind }) => kind === 'pipe') ? ' of the queue that the pipe reads' : ''
    }; ${hit}`,
    visibilityTimeout: visibilityTimeoutOf(plan, queueArns),
    maximumConcurrency: mappingsOf(plan).find(({ functionArn }) => functionArn === fn.arn)
      ?.maximumConcurrency,
  };
}

/** Who waits for what a function does with the messages of these senders. */
export function noticedBy(senders: readonly Actor[]): string {
  const sockets = namesOf(senders.filter(({ kind }) => kind === 'websocket'));
  return sockets === ''
    ? 'callers notice nothing, since their messages are accepted as before'
    : `clients of ${sockets} get silence instead of replies`;
}

export const namesOf = (actors: readonly Actor[]) =>
  [...new Set(actors.map(({ name }) => name))].join(' and ');

function queuesTold(queueArns: readonly string[], senders: readonly Actor[]): string {
  if (queueArns.length === 0) return 'whatever invokes it waits';
  const queues = queueArns.map((queueArn) => queueArn.split(':').at(-1)).join(', ');
  const filled = namesOf(senders);
  return `the queue ${queues}${filled && `, which ${filled} fills,`} grows`;
}

function visibilityTimeoutOf(plan: Plan, queueArns: readonly string[]): number | undefined {
  const timeouts = resourcesOf(plan, 'aws_sqs_queue', {
    reads: ['arn', 'visibility_timeout_seconds'],
    ignores: 'the rest',
  })
    .filter((queue) => queueArns.includes(text(queue, 'arn')))
    // SQS's own, where nothing is written.
    .map((queue) => optionalNumber(queue, 'visibility_timeout_seconds') ?? 30);
  return timeouts.length > 0 ? Math.min(...timeouts) : undefined;
}
