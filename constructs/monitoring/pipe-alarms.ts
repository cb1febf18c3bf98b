import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { pipeAlarmNames } from './alarm-names';
import { type AlarmSettings, expressionOver, notifying, threeOfFiveMinutes } from './alarms';

export interface PipeAlarmsProps {
  readonly pipeName: string;
  /** The queue it takes from. @default of another account, whose metrics are not here: no alarm on a stopped pipe */
  readonly sourceQueueName: string | undefined;
  readonly settings: Pick<AlarmSettings, 'topicArn' | 'pipeStoppedMinutes'>;
}

const namespace = 'AWS/EventBridge/Pipes';

/** Executions that delivered nothing, or not everything. A connection that was de-authorized shows up here first. */
const failing = ['ExecutionFailed', 'ExecutionPartiallyFailed', 'ExecutionTimeout'];

/**
 * Three alarms: deliveries fail, EventBridge holds the pipe back, and the pipe takes no messages though some wait.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-monitoring.html
 */
export class PipeAlarms extends Construct {
  constructor(scope: Construct, id: string, { pipeName, sourceQueueName, settings }: PipeAlarmsProps) {
    super(scope, id);
    const names = pipeAlarmNames(pipeName);
    const dimensions = { PipeName: pipeName };
    const common = {
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 0,
      // A pipe without messages reports nothing, and neither does a queue that is not used for six hours.
      treatMissingData: 'notBreaching',
      ...notifying(settings.topicArn),
    };
    new CloudwatchMetricAlarm(this, 'failures', {
      ...common,
      ...threeOfFiveMinutes,
      alarmName: names.failures,
      alarmDescription: `Deliveries of ${pipeName} fail: the subscriber is down, too slow or refuses them, or its connection was de-authorized; messages wait and are tried again. Look into /aws/vendedlogs/pipes/${pipeName}, then at the connection's state.`,
      metricQuery: expressionOver(
        failing.map((metricName, index) => ({
          id: `f${index + 1}`,
          namespace,
          metricName,
          dimensions,
          statistic: 'Sum',
        })),
        {
          expression: failing.map((_, index) => `FILL(f${index + 1}, 0)`).join(' + '),
          label: 'failed deliveries',
        },
      ),
    });
    new CloudwatchMetricAlarm(this, 'throttled', {
      ...common,
      ...threeOfFiveMinutes,
      alarmName: names.throttled,
      alarmDescription: `EventBridge holds ${pipeName} back: the account's quota of concurrent executions of pipes is used up, or its target is too slow; messages wait. Look at the quotas of EventBridge Pipes in this region.`,
      namespace,
      metricName: 'ExecutionThrottled',
      dimensions,
      statistic: 'Sum',
      period: 60,
    });
    if (sourceQueueName === undefined) return;
    new CloudwatchMetricAlarm(this, 'stopped', {
      ...common,
      evaluationPeriods: settings.pipeStoppedMinutes,
      alarmName: names.stopped,
      alarmDescription: `Messages have waited in ${sourceQueueName} for ${settings.pipeStoppedMinutes} minutes, and ${pipeName} took none: it is stopped, or may not read the queue or use its key. Look at its state: aws pipes describe-pipe --name ${pipeName}.`,
      metricQuery: expressionOver(
        [
          {
            id: 'waiting',
            namespace: 'AWS/SQS',
            metricName: 'ApproximateNumberOfMessagesVisible',
            dimensions: { QueueName: sourceQueueName },
            statistic: 'Maximum',
          },
          { id: 'taken', namespace, metricName: 'Invocations', dimensions, statistic: 'Sum' },
        ],
        {
          expression: 'IF(FILL(waiting, 0) > 0 AND FILL(taken, 0) == 0, 1, 0)',
          label: 'messages wait and none is taken',
        },
      ),
    });
  }
}
