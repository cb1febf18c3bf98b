import { describe, expect, test } from 'vitest';
import { PipeAlarms } from '../../../constructs/monitoring/pipe-alarms';
import { alarmState, type Samples } from '../../support/alarm-state';
import { exampleStack, synthesized } from '../../support/synthesized';
import { common, exampleAlarms, threeOfFive } from './example-alarms';

const stack = exampleStack();
new PipeAlarms(stack, 'pipe', {
  pipeName: 'dev-orders-out',
  sourceQueueName: 'dev-orders',
  settings: { ...exampleAlarms, pipeStoppedMinutes: 5 },
});
new PipeAlarms(stack, 'theirs', {
  pipeName: 'dev-theirs-out',
  sourceQueueName: undefined,
  settings: exampleAlarms,
});
const alarms = synthesized(stack).resource.aws_cloudwatch_metric_alarm ?? {};

const metric = (id: string, name: string) => ({
  id,
  metric: {
    namespace: 'AWS/EventBridge/Pipes',
    metric_name: name,
    dimensions: { PipeName: 'dev-orders-out' },
    stat: 'Sum',
    period: 60,
  },
});

describe('the alarms of a pipe', () => {
  test('are on deliveries that fail', () => {
    expect(alarms.pipe_failures).toEqual({
      ...common,
      ...threeOfFive,
      alarm_name: 'dev-orders-out-pipe-failures',
      alarm_description: expect.stringMatching(
        /^Deliveries of dev-orders-out fail: .* Look into \/aws\/vendedlogs/,
      ),
      metric_query: [
        {
          id: 'result',
          expression: 'FILL(f1, 0) + FILL(f2, 0) + FILL(f3, 0)',
          label: 'failed deliveries',
          return_data: true,
        },
        metric('f1', 'ExecutionFailed'),
        metric('f2', 'ExecutionPartiallyFailed'),
        metric('f3', 'ExecutionTimeout'),
      ],
      threshold: 0,
    });
  });

  test('are on a pipe that is held back', () => {
    expect(alarms.pipe_throttled).toEqual({
      ...common,
      ...threeOfFive,
      alarm_name: 'dev-orders-out-pipe-throttled',
      alarm_description: expect.stringMatching(
        /^EventBridge holds dev-orders-out back: .* Look at the quotas/,
      ),
      namespace: 'AWS/EventBridge/Pipes',
      metric_name: 'ExecutionThrottled',
      dimensions: { PipeName: 'dev-orders-out' },
      statistic: 'Sum',
      period: 60,
      threshold: 0,
    });
  });

  test('are on a pipe that takes nothing though messages wait', () => {
    expect(alarms.pipe_stopped).toEqual({
      ...common,
      evaluation_periods: 5,
      alarm_name: 'dev-orders-out-pipe-stopped',
      alarm_description: expect.stringMatching(
        /^Messages have waited in dev-orders for 5 minutes, .* describe-pipe/,
      ),
      metric_query: [
        {
          id: 'result',
          expression: 'IF(FILL(waiting, 0) > 0 AND FILL(taken, 0) == 0, 1, 0)',
          label: 'messages wait and none is taken',
          return_data: true,
        },
        {
          id: 'waiting',
          metric: {
            namespace: 'AWS/SQS',
            metric_name: 'ApproximateNumberOfMessagesVisible',
            dimensions: { QueueName: 'dev-orders' },
            stat: 'Maximum',
            period: 60,
          },
        },
        metric('taken', 'Invocations'),
      ],
      threshold: 0,
    });
  });

  test('know nothing of a queue of another account', () => {
    expect(Object.keys(alarms).filter((name) => name.startsWith('theirs'))).toEqual([
      'theirs_failures',
      'theirs_throttled',
    ]);
  });
});

const waiting = 'ApproximateNumberOfMessagesVisible';

describe('the alarm on', () => {
  test.each<[string, string, Samples, string]>([
    ['failures hears of any kind', 'pipe_failures', { ExecutionTimeout: [[1], [1], [1], [], []] }, 'ALARM'],
    [
      'failures adds up',
      'pipe_failures',
      { ExecutionFailed: [[1], [0], [0]], ExecutionPartiallyFailed: [[0], [1], [1]] },
      'ALARM',
    ],
    ['failures takes two bad minutes', 'pipe_failures', { ExecutionFailed: [[0], [0], [0], [5], [5]] }, 'OK'],
    ['failures is quiet without messages', 'pipe_failures', { ExecutionFailed: [[], [], [], [], []] }, 'OK'],
    ['throttling begins', 'pipe_throttled', { ExecutionThrottled: [[1], [0], [2], [0], [1]] }, 'ALARM'],
    [
      'a stopped pipe begins without any execution',
      'pipe_stopped',
      { [waiting]: Array(5).fill([0, 3]), Invocations: [[]] },
      'ALARM',
    ],
    [
      'a stopped pipe begins with executions of nothing',
      'pipe_stopped',
      { [waiting]: Array(5).fill([3]), Invocations: Array(5).fill([0]) },
      'ALARM',
    ],
    [
      'a stopped pipe is over with one execution',
      'pipe_stopped',
      { [waiting]: Array(5).fill([3]), Invocations: [[], [], [], [], [1]] },
      'OK',
    ],
    [
      'a stopped pipe waits for all its minutes',
      'pipe_stopped',
      { [waiting]: [[0], [3], [3], [3], [3]] },
      'OK',
    ],
    ['a stopped pipe is no idle one', 'pipe_stopped', { [waiting]: Array(5).fill([0]) }, 'OK'],
    ['a stopped pipe is none whose queue reports nothing', 'pipe_stopped', { [waiting]: [[]] }, 'OK'],
  ])('%s', (_, name, samples, state) => {
    expect(alarmState(alarms[name] ?? {}, samples)).toBe(state);
  });
});
