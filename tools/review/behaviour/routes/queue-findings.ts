import { type Finding, listed, notice, type Subject } from '../notice';
import type { StackBehaviour } from '../read/behaviour-of';
import { type Integration, isFifo, queueName } from '../read/integration';
import { hasQueue, readersOf } from '../read/version';

/** Another queue, or something that is none, and another role to call it as. */
export function queueFindings(
  subject: Subject,
  base: Integration,
  head: Integration,
  stacks: readonly StackBehaviour[],
): readonly Finding[] {
  const findings: Finding[] = [];
  if (base.queue !== head.queue || (base.queue === undefined && base.target !== head.target)) {
    const what = [
      `messages go to ${kindOf(head)}, no longer to ${kindOf(base)}`,
      ...(head.queue === undefined
        ? []
        : [readBy(stacks, head.queue, `${queueName(head.queue)} is read by`)]),
      ...oldQueue(base, stacks),
      ...kindChange(base, head),
    ];
    findings.push(notice('consumers', subject, 'attention', what.join('; ')));
  }
  if (base.role !== head.role) {
    const text = `SQS is called as ${head.role ?? 'nobody'}, was ${base.role ?? 'nobody'}`;
    findings.push(notice('operators', subject, head.role === undefined ? 'attention' : undefined, text));
  }
  return findings;
}

const kindOf = ({ queue, target }: Integration) =>
  queue === undefined ? target : `queue ${queueName(queue)}`;

function readBy(stacks: readonly StackBehaviour[], queue: string, text: string): string {
  const readers = readersOf(stacks, queue);
  return `${text} ${readers.length > 0 ? listed(readers) : 'nothing that is reviewed here'}`;
}

function oldQueue({ queue }: Integration, stacks: readonly StackBehaviour[]): readonly string[] {
  if (queue === undefined) return [];
  const name = queueName(queue);
  if (readersOf(stacks, queue).length > 0) return [readBy(stacks, queue, `${name} is still read by`)];
  return hasQueue(stacks, name)
    ? [`${name} stays, and nothing that is reviewed here reads what is left in it`]
    : [];
}

/** Queues of another kind have another name, so that the route's is always another queue. */
function kindChange({ queue: was }: Integration, { queue: is }: Integration): readonly string[] {
  if (was === undefined || is === undefined || isFifo(was) === isFifo(is)) return [];
  return isFifo(is)
    ? ['order within a group, and each message once within 5 minutes, hold from now on (FIFO)']
    : ['order is lost, and a message that is sent twice counts twice (standard, was FIFO)'];
}
