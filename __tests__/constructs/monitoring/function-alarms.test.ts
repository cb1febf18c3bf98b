import { expect, test } from 'vitest';
import { FunctionAlarms } from '../../../constructs/monitoring/function-alarms';
import { QueueAlarms } from '../../../constructs/monitoring/queue-alarms';
import { alarmState, type Samples } from '../../support/alarm-state';
import { exampleStack, synthesized } from '../../support/synthesized';
import { common, exampleAlarms, exampleTopicArn, threeOfFive } from './example-alarms';

const stack = exampleStack();
new FunctionAlarms(stack, 'fn', { functionName: 'dev-reply', settings: exampleAlarms });
new QueueAlarms(stack, 'queue', {
  queueName: 'dev-orders',
  deadLetterQueueName: 'dev-orders-dead-letter',
  topicArn: exampleTopicArn,
  oldestMessageMinutes: 1,
});
const alarms = synthesized(stack).resource.aws_cloudwatch_metric_alarm ?? {};

const onFunction = {
  ...common,
  ...threeOfFive,
  namespace: 'AWS/Lambda',
  dimensions: { FunctionName: 'dev-reply' },
  statistic: 'Sum',
  period: 60,
  threshold: 0,
};

test('a function has an alarm on its errors and one on executions that it does not get', () => {
  expect(alarms).toMatchObject({
    fn_errors: {
      ...onFunction,
      alarm_name: 'dev-reply-errors',
      alarm_description: expect.stringMatching(/^dev-reply crashes .* in \/aws\/lambda\/dev-reply\.$/),
      metric_name: 'Errors',
    },
    fn_throttles: {
      ...onFunction,
      alarm_name: 'dev-reply-throttles',
      alarm_description: expect.stringMatching(/^dev-reply gets no execution: .* raise maximumConcurrency/),
      metric_name: 'Throttles',
    },
  });
});

const age = 'ApproximateAgeOfOldestMessage';
const visible = 'ApproximateNumberOfMessagesVisible';

test.each<[string, string, Samples, string]>([
  ['errors begin', 'fn_errors', { Errors: [[1], [], [0, 1], [], [1]] }, 'ALARM'],
  ['one crash is none', 'fn_errors', { Errors: [[0], [0], [9], [0], [0]] }, 'OK'],
  ['a function that nobody calls has none', 'fn_errors', { Errors: [[]] }, 'OK'],
  ['throttles begin', 'fn_throttles', { Throttles: [[1], [1], [1], [0], [0]] }, 'ALARM'],
  ['a message waits for longer than it may', 'queue_age', { [age]: [[61], [61], [0, 61]] }, 'ALARM'],
  ['a message waits for as long as it may', 'queue_age', { [age]: [[60], [60], [60]] }, 'OK'],
  ['a message waits for two minutes only', 'queue_age', { [age]: [[0], [90], [150]] }, 'OK'],
  ['a queue that is not used reports nothing', 'queue_age', { [age]: [[], [], []] }, 'OK'],
  ['a message is given up', 'queue_dead_letters', { [visible]: [[0, 1]] }, 'ALARM'],
  ['nothing was ever given up', 'queue_dead_letters', { [visible]: [[]] }, 'OK'],
])('%s', (_, name, samples, state) => {
  expect(alarmState(alarms[name] ?? {}, samples)).toBe(state);
});
