import { TerraformStack, Testing } from 'cdktf';
import { describe, expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import { addStacks } from '../../stacks/environment-stacks';
import type { ReadableStack } from '../../synthesis/readable-stack';
import { monitoredEnvironment } from '../fixtures/monitored-environment';
import { type Configuration, statements, synthesized } from '../support/synthesized';

function stacksOf(environment: Environment) {
  const app = Testing.app();
  addStacks(app, environment);
  const stacks = app.node.children.filter((child): child is ReadableStack => TerraformStack.isStack(child));
  return {
    after: Object.fromEntries(
      stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]),
    ),
    configurations: new Map(stacks.map((stack) => [stack.node.id, synthesized(stack)])),
  };
}

const { after, configurations } = stacksOf(monitoredEnvironment);
const of = (variant: string): Configuration => {
  const found = configurations.get(`watched-${variant}`);
  if (!found) throw new Error(`no stack watched-${variant}`);
  return found;
};
const { monitoring: _, ...unmonitored } = monitoredEnvironment;
const receiver = monitoredEnvironment.callbackReceiver;
const alone = (changes: Partial<Environment>) =>
  stacksOf({
    name: 'watched',
    accountId: '111122223333',
    region: 'ap-northeast-2',
    state: { kind: 'local' },
    ...(receiver && { callbackReceiver: receiver }),
    ...changes,
  }).configurations;

const topic = 'arn:aws:sns:ap-northeast-2:111122223333:watched-alarms';
const namesOf = (variant: string, type: string, attribute: string) =>
  Object.values(of(variant).resource[type] ?? {}).map((one) => one[attribute]);

test('the topic is there before whatever notifies it', () => {
  expect(after).toEqual({
    'watched-monitoring': ['watched-deployment-roles'],
    'watched-deployment-roles': [],
    'watched-callback-receiver': ['watched-monitoring', 'watched-deployment-roles'],
    'watched-websocket-reply': ['watched-monitoring', 'watched-deployment-roles'],
    'watched-subscriber-pipe': [
      'watched-monitoring',
      'watched-deployment-roles',
      'watched-callback-receiver',
    ],
  });
});

describe('with monitoring', () => {
  test.each([
    [
      'callback-receiver',
      [
        'watched-orders.fifo-age',
        'watched-orders.fifo-dead-letters',
        'watched-payments-age',
        'watched-payments-dead-letters',
        'watched-callback-receiver-server-errors',
        'watched-callback-receiver-client-errors',
        'watched-callback-receiver-integration-latency',
        'watched-callback-receiver-throttled',
      ],
    ],
    [
      'websocket-reply',
      [
        'watched-websocket-messages.fifo-age',
        'watched-websocket-messages.fifo-dead-letters',
        'watched-websocket-reply-server-errors',
        'watched-websocket-reply-client-errors',
        'watched-websocket-reply-integration-latency',
        'watched-websocket-reply-throttled',
        'watched-websocket-reply-errors',
        'watched-websocket-reply-throttles',
      ],
    ],
    [
      'subscriber-pipe',
      [
        'watched-orders-archive-writer-errors',
        'watched-orders-archive-writer-throttles',
        'watched-orders-archive-pipe-failures',
        'watched-orders-archive-pipe-throttled',
        'watched-orders-archive-pipe-stopped',
        'watched-payments-server-pipe-failures',
        'watched-payments-server-pipe-throttled',
        'watched-payments-server-pipe-stopped',
      ],
    ],
  ])('%s has an alarm on each of its parts', (variant, names) => {
    expect(namesOf(variant, 'aws_cloudwatch_metric_alarm', 'alarm_name').sort()).toEqual(names.sort());
    expect(new Set(namesOf(variant, 'aws_cloudwatch_metric_alarm', 'alarm_actions').flat())).toEqual(
      new Set([topic]),
    );
  });

  test.each([
    ['monitoring', ['watched-monitoring-key']],
    ['callback-receiver', ['watched-callback-receiver-key']],
    ['websocket-reply', ['watched-websocket-reply-key']],
    ['subscriber-pipe', ['watched-subscriber-pipe-key', 'watched-subscriber-pipe-connections']],
  ])('%s tells of its key, and of connections', (variant, names) => {
    expect(namesOf(variant, 'aws_cloudwatch_event_rule', 'name').sort()).toEqual(names.sort());
    expect(new Set(namesOf(variant, 'aws_cloudwatch_event_target', 'arn'))).toEqual(new Set([topic]));
  });

  test.each([
    ['callback-receiver', { ApiName: 'watched-callback-receiver', Stage: 'v1' }],
    ['websocket-reply', { ApiId: '${aws_apigatewayv2_api.api.id}', Stage: 'v1' }],
  ])('the latency of %s is that of its stage', (variant, dimensions) => {
    expect(of(variant).resource.aws_cloudwatch_metric_alarm?.alarms_integration_latency?.dimensions).toEqual(
      dimensions,
    );
  });

  test('outputs say whom to subscribe to, and where to look', () => {
    expect(of('monitoring').output).toMatchObject({
      alarm_topic_arn: { value: topic },
      dashboard_name: { value: 'watched' },
    });
  });

  test('the environment’s own topic is notified where it has one, and none is made', () => {
    const alarmTopicArn = 'arn:aws:sns:ap-northeast-2:111122223333:on-call';
    const stacks = alone({ monitoring: {}, alarmTopicArn });
    expect(Object.keys(stacks.get('watched-monitoring')?.resource ?? {})).toEqual([
      'aws_cloudwatch_dashboard',
    ]);
    expect(stacks.get('watched-monitoring')?.output.alarm_topic_arn?.value).toBe(alarmTopicArn);
    expect(
      stacks.get('watched-callback-receiver')?.resource.aws_cloudwatch_metric_alarm?.alarms_throttled
        ?.alarm_actions,
    ).toEqual([alarmTopicArn]);
  });

  test('thresholds are the environment’s, each by itself', () => {
    const alarms = alone({
      monitoring: { thresholds: { oldestMessageMinutes: 60, throttledRequests: 5 } },
    }).get('watched-callback-receiver')?.resource.aws_cloudwatch_metric_alarm;
    expect(alarms?.orders_queue_alarms_age?.threshold).toBe(3600);
    expect(alarms?.alarms_throttled?.threshold).toBe(5);
    expect(alarms?.alarms_server_errors?.threshold).toBe(1);
  });
});

test('without monitoring there are the two alarms of each queue, which notify nobody, and nothing else', () => {
  const stacks = stacksOf(unmonitored).configurations;
  expect([...stacks.keys()]).not.toContain('watched-monitoring');
  const alarms = [...stacks.values()].flatMap(({ resource }) =>
    Object.values(resource.aws_cloudwatch_metric_alarm ?? {}),
  );
  expect(alarms.map(({ alarm_name }) => String(alarm_name).replace(/.*-(age|dead-letters)$/, '$1'))).toEqual(
    Array(3).fill(['age', 'dead-letters']).flat(),
  );
  expect(alarms.filter((alarm) => 'alarm_actions' in alarm)).toEqual([]);
  const types = [...stacks.values()].flatMap(({ resource }) => Object.keys(resource));
  expect(types.filter((type) => /sns|event_rule|dashboard|metric_filter/.test(type))).toEqual([]);
});

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly properties: Readonly<Record<string, unknown>>;
}

describe('the dashboard', () => {
  const { dashboard_name: name, dashboard_body: body } =
    of('monitoring').resource.aws_cloudwatch_dashboard?.dashboard ?? {};
  const { widgets } = JSON.parse(String(body)) as { readonly widgets: readonly Widget[] };

  test('is the environment’s, and made of literal names alone', () => {
    expect(name).toBe('watched');
    expect(String(body)).not.toContain('${');
  });

  test('has a row a flow, from left to right', () => {
    const rows = new Map<number, readonly string[]>();
    for (const { y, properties } of [...widgets].sort((a, b) => a.x - b.x)) {
      const text = String(properties.title ?? properties.markdown);
      rows.set(y, [...(rows.get(y) ?? []), text]);
    }
    expect([...rows].sort(([a], [b]) => a - b).map(([, titles]) => titles)).toEqual([
      ['## orders: receiver → queue → pipe → subscriber'],
      [
        'POST /v1/shop/orders',
        'queue watched-orders.fifo',
        'pipe watched-orders-archive',
        'function watched-orders-archive-writer',
      ],
      ['## payments: receiver → queue → pipe → subscriber'],
      [
        'POST /v1/payments',
        'queue watched-payments',
        'pipe watched-payments-server',
        'subscriber subscriber.example.com',
      ],
      ['## WebSocket: API → queue → function'],
      [
        'errors of watched-websocket-reply, in percent',
        'queue watched-websocket-messages.fifo',
        'function watched-websocket-reply',
      ],
    ]);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });

  test('shows alarms that there are, and metrics of queues, functions and pipes that there are', () => {
    const all = JSON.stringify([...configurations.values()].map(({ resource }) => resource));
    const shown = [
      ...String(body).matchAll(/"(?:QueueName|FunctionName|PipeName|ApiName)","([^"]+)"|:alarm:([^"]+)"/g),
    ];
    expect(shown.length).toBeGreaterThan(20);
    for (const [, metricOf, alarm] of shown) expect(all).toContain(`"${metricOf ?? alarm}"`);
  });
});

describe('with keys of the account', () => {
  const groups = {
    'callback-receiver': ['/aws/apigateway/watched-callback-receiver'],
    'websocket-reply': ['/aws/apigateway/watched-websocket-reply', '/aws/lambda/watched-websocket-reply'],
    'subscriber-pipe': [
      '/aws/lambda/watched-orders-archive-writer',
      '/aws/vendedlogs/pipes/watched-orders-archive',
      '/aws/vendedlogs/pipes/watched-payments-server',
    ],
  };

  test.each(Object.entries(groups))(
    'every log group of %s has the key, which is for these only',
    (variant, names) => {
      const logGroups = Object.values(of(variant).resource.aws_cloudwatch_log_group ?? {});
      expect(logGroups.map(({ name }) => name).sort()).toEqual(names);
      expect(logGroups.map(({ kms_key_id }) => kms_key_id)).toEqual(
        names.map(() => '${aws_kms_key.key.arn}'),
      );
      const [, ofLogs] = statements(of(variant), 'key_policy') as { condition: { values: string[] }[] }[];
      expect({
        ...ofLogs,
        condition: ofLogs?.condition.map((one) => ({ ...one, values: [...one.values].sort() })),
      }).toEqual({
        sid: 'CloudWatchLogsEncryptsTheseLogGroups',
        effect: 'Allow',
        principals: [{ type: 'Service', identifiers: ['logs.ap-northeast-2.amazonaws.com'] }],
        actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        resources: ['*'],
        condition: [
          {
            test: 'ArnEquals',
            variable: 'kms:EncryptionContext:aws:logs:arn',
            values: names.map((name) => `arn:aws:logs:ap-northeast-2:111122223333:log-group:${name}`),
          },
        ],
      });
    },
  );

  test.each(['websocket-reply', 'subscriber-pipe'])(
    'the variables of the function of %s have it too',
    (variant) => {
      const [fn] = Object.values(of(variant).resource.aws_lambda_function ?? {});
      expect(fn?.kms_key_arn).toBe('${aws_kms_key.key.arn}');
    },
  );

  test('in China CloudWatch Logs has a name of that partition', () => {
    const configuration = alone({ encryption: 'customer-key', region: 'cn-north-1' }).get(
      'watched-callback-receiver',
    );
    const [, ofLogs] = statements(configuration as Configuration, 'key_policy') as {
      principals: unknown;
      condition: unknown;
    }[];
    expect(ofLogs?.principals).toEqual([
      { type: 'Service', identifiers: ['logs.cn-north-1.amazonaws.com.cn'] },
    ]);
    expect(JSON.stringify(ofLogs?.condition)).toContain('arn:aws-cn:logs:cn-north-1:');
  });

  test('without them log groups and variables have AWS’s', () => {
    const stacks = alone({ websocketReply: {} });
    const all = JSON.stringify([...stacks.values()]);
    expect(all).not.toContain('kms_key');
  });
});
