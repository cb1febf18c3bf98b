import { expect, test } from 'vitest';
import { QueueAlarms } from '../../../constructs/monitoring/queue-alarms';
import { exampleStack, synthesized } from '../../support/synthesized';

function alarms(topicArn?: string) {
  const stack = exampleStack();
  new QueueAlarms(stack, 'alarms', {
    queueName: 'dev-orders.fifo',
    deadLetterQueueName: 'dev-orders-dead-letter.fifo',
    topicArn,
  });
  return synthesized(stack).resource.aws_cloudwatch_metric_alarm;
}

const age = {
  alarm_name: 'dev-orders.fifo-age',
  alarm_description:
    'The oldest message of dev-orders.fifo has waited for more than 15 minutes: its consumer is down or too slow.',
  namespace: 'AWS/SQS',
  metric_name: 'ApproximateAgeOfOldestMessage',
  dimensions: { QueueName: 'dev-orders.fifo' },
  statistic: 'Maximum',
  period: 60,
  evaluation_periods: 3,
  comparison_operator: 'GreaterThanThreshold',
  threshold: 900,
  treat_missing_data: 'notBreaching',
};

const deadLetters = {
  alarm_name: 'dev-orders.fifo-dead-letters',
  alarm_description: 'Messages of dev-orders.fifo were given up and wait in dev-orders-dead-letter.fifo.',
  namespace: 'AWS/SQS',
  metric_name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'dev-orders-dead-letter.fifo' },
  statistic: 'Maximum',
  period: 60,
  evaluation_periods: 1,
  comparison_operator: 'GreaterThanThreshold',
  threshold: 0,
  treat_missing_data: 'notBreaching',
};

test('one alarm is for a message that waits a quarter of an hour, one for any dead letter', () => {
  expect(alarms()).toEqual({ alarms_age: age, alarms_dead_letters: deadLetters });
});

test('a topic is told when either begins and when it is over', () => {
  const topic = 'arn:aws:sns:ap-northeast-2:111122223333:on-call';

  expect(alarms(topic)).toEqual({
    alarms_age: { ...age, alarm_actions: [topic], ok_actions: [topic] },
    alarms_dead_letters: { ...deadLetters, alarm_actions: [topic], ok_actions: [topic] },
  });
});
