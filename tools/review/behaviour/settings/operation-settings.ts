import { counted } from '../../counted';
import { type Finding, listed, notice, type Subject, setting } from '../notice';
import { pairsOf } from '../pairs';
import type { StackBehaviour } from '../read/behaviour-of';
import type { Alarm } from '../read/operations';
import { hasQueue } from '../read/version';

/** Alarms and logs of a stack. @param stacks of the new version */
export function operationSettings(
  base: StackBehaviour,
  head: StackBehaviour,
  stacks: readonly StackBehaviour[],
  isUnread: (address: string) => boolean,
): readonly Finding[] {
  const { environment } = head;
  const subject = (kind: 'alarm' | 'log group', name: string): Subject => ({ kind, name, environment });
  const alarms = pairsOf(base.alarms, head.alarms, ({ name }) => name);
  const groups = pairsOf(base.logGroups, head.logGroups, ({ name }) => name);
  const kept = (days: number | undefined) => (days === undefined ? 'for ever' : counted(days, 'day'));
  return [
    ...alarms.gone
      .filter(({ queue, address }) => !isUnread(address) && (queue === undefined || hasQueue(stacks, queue)))
      .map(({ name, condition, queue }) =>
        notice(
          'operators',
          subject('alarm', name),
          'attention',
          `is gone: nobody is told of ${condition}${queue === undefined ? '' : ` on queue ${queue}`}`,
        ),
      ),
    ...alarms.both.flatMap(([was, is]) => alarmSettings(subject('alarm', is.name), was, is)),
    ...groups.both.flatMap(([was, is]) =>
      setting(
        subject('log group', is.name),
        'log retention',
        kept(was.retentionDays),
        kept(is.retentionDays),
      ),
    ),
  ];
}

function alarmSettings(subject: Subject, base: Alarm, head: Alarm): readonly Finding[] {
  const actions = ({ actions: all, enabled }: Alarm) => (enabled ? all : []);
  const lost = actions(base).filter((action) => !actions(head).includes(action));
  const more = actions(head).filter((action) => !actions(base).includes(action));
  return [
    ...setting(subject, 'condition', base.condition, head.condition),
    ...setting(subject, 'missing data', base.treatMissingData, head.treatMissingData),
    ...(lost.length > 0
      ? [
          notice(
            'operators',
            subject,
            'attention',
            `no longer notifies ${listed(lost)}${actions(head).length === 0 ? ': nobody is told' : ''}`,
          ),
        ]
      : []),
    ...(more.length > 0
      ? [notice('operators', subject, undefined, `notifies ${listed(more)} from now on`)]
      : []),
  ];
}
