import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { Construct } from 'constructs';
import { notifying } from './alarms';

export interface QueueAlarmsProps {
  readonly queueName: string;
  readonly deadLetterQueueName: string;
  /** SNS topic to notify. @default the alarms notify nobody, and only change their state */
  readonly topicArn?: string | undefined;
  /** Age of the oldest message that means that its consumer is down or too slow, 1 to 1,440. @default 15 */
  readonly oldestMessageMinutes?: number | undefined;
}

/**
 * Two alarms: the oldest message waits too long, and a message was given up.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export class QueueAlarms extends Construct {
  constructor(scope: Construct, id: string, props: QueueAlarmsProps) {
    super(scope, id);
    const { oldestMessageMinutes = 15 } = props;
    const common = {
      namespace: 'AWS/SQS',
      statistic: 'Maximum',
      comparisonOperator: 'GreaterThanThreshold',
      // SQS stops reporting on a queue that nobody has used for six hours: no data is no fault.
      treatMissingData: 'notBreaching',
      period: 60,
      ...(props.topicArn && notifying(props.topicArn)),
    };
    new CloudwatchMetricAlarm(this, 'age', {
      ...common,
      alarmName: `${props.queueName}-age`,
      alarmDescription: `The oldest message of ${props.queueName} has waited for more than ${oldestMessageMinutes} minutes: its consumer is down or too slow.`,
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: props.queueName },
      evaluationPeriods: 3,
      threshold: oldestMessageMinutes * 60,
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
