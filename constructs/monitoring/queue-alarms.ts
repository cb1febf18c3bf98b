import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';

export interface QueueAlarmsProps {
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  /** SNS topic to notify. @default the alarms notify nobody, and only change their state */
  readonly topicArn?: string | undefined;
}

/** A message this old means that its consumer has been down or too slow for a quarter of an hour. */
const oldestMessageSeconds = 15 * 60;

/**
 * Two alarms: the oldest message waits too long, and a message was given up.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export class QueueAlarms extends Construct {
  constructor(scope: Construct, id: string, props: QueueAlarmsProps) {
    super(scope, id);
    const common = {
      namespace: 'AWS/SQS',
      statistic: 'Maximum',
      comparisonOperator: 'GreaterThanThreshold',
      // SQS stops reporting on a queue that nobody has used for six hours: no data is no fault.
      treatMissingData: 'notBreaching',
      period: 60,
      ...(props.topicArn && { alarmActions: [props.topicArn], okActions: [props.topicArn] }),
    };
    new CloudwatchMetricAlarm(this, 'age', {
      ...common,
      alarmName: `${props.queueName}-age`,
      alarmDescription: `The oldest message of ${props.queueName} has waited for more than ${oldestMessageSeconds / 60} minutes: its consumer is down or too slow.`,
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: props.queueName },
      evaluationPeriods: 3,
      threshold: oldestMessageSeconds,
    });
    new CloudwatchMetricAlarm(this, 'dead-letters', {
      ...common,
      alarmName: `${props.queueName}-dead-letters`,
      alarmDescription: `Messages of ${props.queueName} were given up and wait in ${props.deadLetterQueueName}.`,
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: { QueueName: props.deadLetterQueueName },
      evaluationPeriods: 1,
      threshold: 0,
    });
  }
}
