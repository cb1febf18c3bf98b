import type { AlarmThresholds, MonitoringSettings } from '../environment';
import { type Check, object, optional, type Rule, rule } from './check';
import { accountIdRule, topicArnRule } from './place';
import { valueAt } from './reading';
import { figure, integer } from './rules';

const percent: Rule = (value) =>
  typeof value === 'number' && value >= 0 && value <= 100
    ? undefined
    : 'must be a number of percent from 0 to 100; at 100 the alarm never goes off';

/** What an API may be throttled to, at most: no minute has more. */
const mostRequests = 2 ** 31 - 1;

/** A day: CloudWatch looks back no further where it has a data point a minute. */
const dayMinutes = 24 * 60;

/**
 * An alarm's evaluation periods together are a day at most.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
const alarmThresholds = object<AlarmThresholds>({
  oldestMessageMinutes: optional(rule(integer(1, dayMinutes, 'of minutes'))),
  serverErrorPercent: optional(rule(percent)),
  clientErrorPercent: optional(rule(percent)),
  // API Gateway gives up on SQS after 29 s, or 30 s in an HTTP API.
  integrationLatencyMilliseconds: optional(rule(integer(1, 30_000, 'of milliseconds'))),
  throttledRequests: optional(
    rule((value) =>
      integer(0, mostRequests)(value) === undefined
        ? undefined
        : `must be a whole number of requests a minute from 0 to ${figure(mostRequests)}`,
    ),
  ),
  pipeStoppedMinutes: optional(rule(integer(5, dayMinutes, 'of minutes'))),
});

export const monitoring = object<MonitoringSettings>({ thresholds: optional(alarmThresholds) });

/**
 * Rules of EventBridge, without a role, publish to topics of their own account only, and to no FIFO topic.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
 */
export const notifiedTopic: Check = (environment) => {
  const topic = valueAt(environment, 'alarmTopicArn');
  const owner = valueAt(environment, 'accountId');
  const monitored = valueAt(environment, 'monitoring') !== undefined;
  if (!monitored || topicArnRule(undefined)(topic) !== undefined || accountIdRule(owner) !== undefined)
    return [];
  const [, , , , account, name = ''] = String(topic).split(':');
  const fault =
    account !== owner
      ? `is in the account ${account}, the environment in ${owner}`
      : name.endsWith('.fifo') && 'is a FIFO topic';
  return fault
    ? [
        {
          field: 'alarmTopicArn',
          value: topic,
          rule: `${fault}: EventBridge, which tells of keys and connections, cannot notify it; leave it out to have a topic made, and let that one notify yours`,
        },
      ]
    : [];
};
