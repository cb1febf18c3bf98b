import type { Actor } from '../../affected';
import type { Finding } from '../../finding';
import { inSentence, names } from './queue-consequences';
import type { PlannedQueue } from './queue-plan';

type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'synthesized' | 'deployed' | 'seen'> &
  Partial<Pick<Finding, 'cause' | 'fix'>>;

interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  /** SQS gives it back as it was entered, as a number or as text. */
  readonly maxReceiveCount: number | string;
}

/** When a queue gives a message up, and where it goes then. */
export function redriveDifferences(
  { redrivePolicy, name }: PlannedQueue,
  deployed: string | undefined,
  actors: readonly Actor[],
): readonly Told[] {
  const wanted = parsed<RedrivePolicy>(redrivePolicy?.json);
  const there = parsed<RedrivePolicy>(deployed);
  const takers = names(actors, 'function', 'pipe') || 'whoever takes from it';
  if (!wanted) {
    return there ? [giving(there, takers)] : [];
  }
  const synthesized = inWords(wanted);
  if (!there) {
    return [
      {
        code: 'queue-redrive-missing',
        severity: 'error',
        problem: 'it never gives a message up: it has no redrive policy',
        synthesized,
        deployed: 'none',
        seen:
          `a message that ${takers} cannot process comes back for ever, until the queue deletes it unseen` +
          `${name.endsWith('.fifo') ? ', and holds up every later message of its group' : ''}; the alarm on dead letters stays silent`,
      },
    ];
  }
  const anotherQueue = there.deadLetterTargetArn !== wanted.deadLetterTargetArn;
  const [count, wantedCount] = [Number(there.maxReceiveCount), Number(wanted.maxReceiveCount)];
  const what = { synthesized, deployed: inWords(there) };
  return [
    ...(anotherQueue
      ? [
          {
            code: 'queue-redrive-target',
            severity: 'error' as const,
            problem: `it gives messages up to another queue, ${nameOf(there.deadLetterTargetArn)}`,
            ...what,
            seen: `messages that ${takers} cannot process are not where the runbook looks, and the alarm on ${nameOf(wanted.deadLetterTargetArn)} stays silent`,
          },
        ]
      : []),
    ...(count === wantedCount
      ? []
      : [
          {
            code: 'queue-redrive-count',
            severity: count < wantedCount ? ('error' as const) : ('warning' as const),
            problem: `it gives a message up after ${count} receives instead of ${wantedCount}`,
            ...what,
            seen:
              count < wantedCount
                ? `while ${takers} is down or throttled for a while, good messages go to ${nameOf(there.deadLetterTargetArn)} and wait there for a person`
                : `a message that ${takers} cannot process is tried that much longer${name.endsWith('.fifo') ? ', and holds its group' : ''}`,
          },
        ]),
  ];
}

const giving = (there: RedrivePolicy, takers: string): Told => ({
  code: 'queue-redrive-extra',
  severity: 'warning',
  problem: 'it gives messages up, which was not synthesized',
  synthesized: 'none',
  deployed: inWords(there),
  seen: `messages that ${takers} cannot process go to ${nameOf(there.deadLetterTargetArn)}`,
});

interface RedriveAllowPolicy {
  readonly redrivePermission: 'allowAll' | 'denyAll' | 'byQueue';
  readonly sourceQueueArns?: readonly string[];
}

/**
 * Which queues may name this one as their dead-letter queue; SQS asks when their redrive policy is set. A queue
 * without such a policy lets all of the account's do.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export function redriveAllowDifference(
  { redriveAllowPolicy, sources }: PlannedQueue,
  deployed: string | undefined,
): readonly Told[] {
  const allowAll: RedriveAllowPolicy = { redrivePermission: 'allowAll' };
  const wanted = parsed<RedriveAllowPolicy>(redriveAllowPolicy?.json) ?? allowAll;
  const there = parsed<RedriveAllowPolicy>(deployed) ?? allowAll;
  const shut = sources.filter((source) => !lets(there, source));
  const same =
    wanted.redrivePermission === there.redrivePermission &&
    [...(wanted.sourceQueueArns ?? [])].sort().join() === [...(there.sourceQueueArns ?? [])].sort().join();
  if (same) return [];
  return [
    {
      code: 'queue-redrive-allow',
      severity: 'warning',
      problem:
        shut.length > 0
          ? `its redrive allow policy shuts out ${inSentence(shut.map(nameOf))}`
          : 'other queues may use it as their dead-letter queue',
      synthesized: allowInWords(wanted),
      deployed: allowInWords(there),
      seen:
        shut.length > 0
          ? 'nothing yet: SQS asks when a redrive policy is set, so that the next deploy that sets one fails with InvalidParameterValue'
          : 'nothing, until messages of another queue lie among those of its own',
    },
  ];
}

const lets = ({ redrivePermission, sourceQueueArns = [] }: RedriveAllowPolicy, source: string) =>
  redrivePermission === 'allowAll' || (redrivePermission === 'byQueue' && sourceQueueArns.includes(source));

const parsed = <T>(json: string | undefined): T | undefined =>
  json === undefined || json === '' ? undefined : (JSON.parse(json) as T);

const nameOf = (queueArn: string) => queueArn.split(':').at(-1) ?? queueArn;

const inWords = ({ deadLetterTargetArn, maxReceiveCount }: RedrivePolicy) =>
  `after ${maxReceiveCount} receives to ${nameOf(deadLetterTargetArn)}`;

const allowInWords = ({ redrivePermission, sourceQueueArns = [] }: RedriveAllowPolicy) =>
  [redrivePermission, ...[...sourceQueueArns].sort().map(nameOf)].join(' ');
