import { describe, expect, it } from 'vitest';
import type { Environment, QueueSettings } from '../../../../../environments/environment';
import { dev, only, prod, reviewOf, reviewOfEdit, told, withCallback } from '../behaviour-subjects';

const changed = async (environment: Environment, change: object) =>
  told(await reviewOf([environment], [{ ...environment, ...change } as Environment]));

const callbacks = only(prod, 'callbackReceiver', 'subscriberPipe');

const queue = async (settings: QueueSettings) =>
  told(
    await reviewOf(
      [prod],
      [
        withCallback(prod, 'delivery-results', {
          queue: { kind: 'standard', retentionDays: 13, ...settings },
        }),
      ],
    ),
  );

const edit = async (
  stack: string,
  address: string,
  change: object | ((block: Readonly<Record<string, unknown>>) => unknown),
  environment = dev,
) =>
  told(
    await reviewOfEdit(environment, stack, address, (block) =>
      typeof change === 'function' ? change(block) : { ...block, ...change },
    ),
  );

const prodQueue = 'queue prod-delivery-results';

describe('limits of a queue', () => {
  it('a shorter retention needs a decision, a longer one does not', async () => {
    expect(await queue({ retentionDays: 7 })).toEqual([
      `attention, ${prodQueue}: message retention 13 days -> 7 days (messages that wait for longer are deleted)`,
    ]);
    const before = withCallback(callbacks, 'delivery-results', {
      queue: { kind: 'standard', retentionDays: 7 },
    });
    expect(told(await reviewOf([before], [callbacks]))).toEqual([
      `info, ${prodQueue}: message retention 7 days -> 13 days`,
    ]);
  });

  it('fewer receives are told in time', async () => {
    expect(await queue({ maxReceiveCount: 20 })).toEqual([
      `attention, ${prodQueue}: given up after 480 deliveries (1 day of failing) -> 20 deliveries (1 hour of failing) (messages may be given up earlier, while their consumer is still down)`,
    ]);
    expect(await queue({ maxReceiveCount: 960 })).toEqual([
      `info, ${prodQueue}: given up after 480 deliveries (1 day of failing) -> 960 deliveries (2 days of failing)`,
    ]);
  });

  it('fewer receives of a longer visibility timeout are no concern where they last as long', async () => {
    expect(await queue({ consumerTimeoutSeconds: 60 })).toEqual([
      `info, ${prodQueue}: given up after 480 deliveries (1 day of failing) -> 240 deliveries (1 day of failing)`,
      `info, ${prodQueue}: visibility timeout 3 minutes -> 6 minutes (a message that its consumer has not deleted by then is delivered again)`,
    ]);
  });

  it('a function that is told the count says nothing of its own', async () => {
    const receives = (maxReceiveCount: number) =>
      withCallback(callbacks, 'payment-events', {
        queue: {
          kind: 'fifo',
          messageGroupId: { from: 'body', field: 'orderId' },
          messageDeduplicationId: { from: 'body', field: 'eventId' },
          maxReceiveCount,
        },
      });
    expect(told(await reviewOf([callbacks], [receives(960)]))).toEqual([
      'info, queue prod-payment-events.fifo: given up after 480 deliveries (1 day of failing) -> 960 deliveries (2 days of failing)',
    ]);
  });

  it('its size, delay, wait and deduplication', async () => {
    const settings = {
      max_message_size: 1024,
      delay_seconds: 90,
      receive_wait_time_seconds: 20,
      content_based_deduplication: true,
      deduplication_scope: 'queue',
      fifo_throughput_limit: 'perQueue',
    };
    expect(await edit('websocket-reply', 'aws_sqs_queue.messages', settings)).toEqual([
      'attention, queue dev-websocket-messages.fifo: largest message 256 KiB -> 1 KiB (larger ones are refused)',
      'info, queue dev-websocket-messages.fifo: delivery delay 0 seconds -> 1 minute 30 seconds',
      'info, queue dev-websocket-messages.fifo: wait of a receive 0 seconds -> 20 seconds',
      'info, queue dev-websocket-messages.fifo: content-based deduplication false -> true',
      'info, queue dev-websocket-messages.fifo: deduplication within messageGroup -> queue (a deduplication id counts within this)',
      'info, queue dev-websocket-messages.fifo: FIFO throughput limit perMessageGroupId -> perQueue',
    ]);
  });

  it('its dead-letter queue', async () => {
    const address = 'aws_sqs_queue_redrive_policy.messages_redrive';
    expect(await edit('websocket-reply', address, () => undefined)).toEqual([
      'attention, operators, queue dev-websocket-messages.fifo: has no dead-letter queue any longer: messages that fail are delivered until their retention ends, and deleted',
    ]);
    const other = (block: Readonly<Record<string, unknown>>) => ({
      ...block,
      redrive_policy: String(block.redrive_policy).replace('dead-letter', 'elsewhere'),
    });
    expect(await edit('websocket-reply', address, other)).toEqual([
      'info, queue dev-websocket-messages.fifo: dead-letter queue dev-websocket-messages-dead-letter.fifo -> dev-websocket-messages-elsewhere.fifo',
    ]);
  });
});

describe('limits of an API', () => {
  it('throttling, of both kinds', async () => {
    const throttling = { rateLimit: 10, burstLimit: 400 };
    const { callbackReceiver } = dev;
    expect(
      await changed(dev, {
        callbackReceiver: { ...callbackReceiver, throttling },
        websocketReply: { throttling },
      }),
    ).toEqual([
      'info, API /v1 (all routes) of dev: rate limit 100 requests a second -> 10 requests a second (what is above is refused (429))',
      'info, API /v1 (all routes) of dev: burst limit 200 requests at once -> 400 requests at once',
      'info, API dev-websocket-reply: rate limit 100 messages a second -> 10 messages a second (what is above is refused (Too Many Requests))',
      'info, API dev-websocket-reply: burst limit 200 messages at once -> 400 messages at once',
    ]);
  });

  it('throttling that is taken away', async () => {
    expect(
      await edit('callback-receiver', 'aws_api_gateway_method_settings.stage_settings', () => undefined),
    ).toEqual([
      "info, API /v1 (all routes) of dev: rate limit 100 requests a second -> the account's limit",
      "info, API /v1 (all routes) of dev: burst limit 200 requests at once -> the account's limit",
    ]);
  });

  it('its address', async () => {
    const { callbackReceiver } = dev;
    const disabled = { callbackReceiver: { ...callbackReceiver, disableExecuteApiEndpoint: true } };
    expect(await changed(dev, disabled)).toEqual([
      'attention, callers, API dev-callback-receiver: its execute-api address is out of service: those who do not come through a custom domain get 403',
    ]);
    expect(
      await edit('callback-receiver', 'aws_api_gateway_rest_api.api', {
        endpoint_configuration: { types: ['EDGE'], ip_address_type: 'ipv4' },
        minimum_compression_size: 1024,
        binary_media_types: ['*/*'],
      }),
    ).toEqual([
      'info, API dev-callback-receiver: endpoint type REGIONAL -> EDGE',
      "info, API dev-callback-receiver: IP addresses API Gateway's own choice -> ipv4",
      'info, API dev-callback-receiver: binary media types none -> ["*/*"]',
      'info, API dev-callback-receiver: answers are compressed from no size -> 1 KiB',
    ]);
  });
});

describe('limits of a function', () => {
  const reply = 'function dev-websocket-reply';

  it('timeout, memory, concurrency, runtime', async () => {
    const settings = {
      timeout: 10,
      memory_size: 512,
      reserved_concurrent_executions: 0,
      runtime: 'nodejs24.x',
      handler: 'main.run',
      architectures: ['x86_64'],
    };
    expect(await edit('websocket-reply', 'aws_lambda_function.reply', settings)).toEqual([
      `attention, ${reply}: reserved concurrency 10 executions -> 0 executions (the function never runs, and its messages wait)`,
      `info, ${reply}: handler index.handler -> main.run`,
      `info, ${reply}: timeout 30 seconds -> 10 seconds (what takes longer fails)`,
      `info, ${reply}: memory 256 MB -> 512 MB`,
      `info, ${reply}: runtime nodejs22.x -> nodejs24.x`,
      `info, ${reply}: architecture arm64 -> x86_64`,
    ]);
  });

  it('its environment variables', async () => {
    const added = (block: Readonly<Record<string, unknown>>) => {
      const { variables } = (block as { environment: { variables: object } }).environment;
      return { ...block, environment: { variables: { ...variables, LEVEL: 'debug' } } };
    };
    expect(await edit('websocket-reply', 'aws_lambda_function.reply', added)).toEqual([
      `info, ${reply}: environment variable LEVEL not set -> debug`,
    ]);
  });

  it('how it is fed', async () => {
    const mapping = {
      batch_size: 1,
      maximum_batching_window_in_seconds: 5,
      scaling_config: { maximum_concurrency: 2 },
      enabled: false,
      function_response_types: null,
      filter_criteria: { filter: { pattern: '{"body":{"a":["b"]}}' } },
    };
    expect(await edit('websocket-reply', 'aws_lambda_event_source_mapping.reply_source', mapping)).toEqual([
      `attention, consumers, ${reply}: takes no messages any longer: they wait in its queue`,
      `attention, consumers, ${reply}: no longer says which messages of a batch failed: one that fails repeats, or loses, its whole batch`,
      `attention, consumers, ${reply}: takes only messages that match {"body":{"a":["b"]}}, was anything: others are deleted`,
      `info, ${reply}: batch size 10 messages -> 1 message`,
      `info, ${reply}: batching window 0 seconds -> 5 seconds`,
      `info, ${reply}: batches at once 10 batches -> 2 batches`,
    ]);
    expect(
      await edit('websocket-reply', 'aws_lambda_event_source_mapping.reply_source', () => undefined),
    ).toEqual([
      `attention, consumers, ${reply}: takes nothing from queue dev-websocket-messages.fifo any longer`,
    ]);
  });
});

describe('alarms and logs', () => {
  const age = 'aws_cloudwatch_metric_alarm.messages_alarms_age';

  it('an alarm that is gone needs a decision', async () => {
    expect(await edit('websocket-reply', age, () => undefined)).toEqual([
      'attention, operators, alarm dev-websocket-messages.fifo-age: is gone: nobody is told of ApproximateAgeOfOldestMessage > 15 minutes (Maximum over 1 minute), 3 times on queue dev-websocket-messages.fifo',
    ]);
  });

  it('an alarm that goes with its queue is told of the queue', async () => {
    const { callbackReceiver } = callbacks;
    const without = {
      ...callbacks,
      callbackReceiver: {
        ...callbackReceiver,
        callbacks: callbackReceiver?.callbacks.filter(({ name }) => name !== 'inbound-sms'),
      },
    } as Environment;
    expect(told(await reviewOf([callbacks], [without])).filter((line) => line.includes('alarm'))).toEqual([]);
  });

  it('an alarm that notifies nobody needs a decision, once for all', async () => {
    const { alarmTopicArn: _, ...silent } = callbacks;
    expect(told(await reviewOf([callbacks], [silent]))).toEqual([
      'attention, operators, 6 alarms (prod-delivery-results-age, prod-delivery-results-dead-letters, prod-payment-events.fifo-age and 3 more): no longer notifies arn:aws:sns:ap-northeast-2:444455556666:on-call: nobody is told',
    ]);
    expect(told(await reviewOf([silent], [callbacks]))).toEqual([
      'info, operators, 6 alarms (prod-delivery-results-age, prod-delivery-results-dead-letters, prod-payment-events.fifo-age and 3 more): notifies arn:aws:sns:ap-northeast-2:444455556666:on-call from now on',
    ]);
  });

  it('an alarm whose actions are disabled notifies nobody either', async () => {
    const disabled = await edit('websocket-reply', age, { actions_enabled: false }, prod);
    expect(disabled).toEqual([
      'attention, operators, alarm prod-websocket-messages.fifo-age: no longer notifies arn:aws:sns:ap-northeast-2:444455556666:on-call: nobody is told',
    ]);
  });

  it('another threshold', async () => {
    const looser = { threshold: 3600, treat_missing_data: 'breaching', datapoints_to_alarm: 2 };
    expect(await edit('websocket-reply', age, looser)).toEqual([
      'info, alarm dev-websocket-messages.fifo-age: condition ApproximateAgeOfOldestMessage > 15 minutes (Maximum over 1 minute), 3 times -> ApproximateAgeOfOldestMessage > 1 hour (Maximum over 1 minute), 2 of 3 times',
      'info, alarm dev-websocket-messages.fifo-age: missing data notBreaching -> breaching',
    ]);
  });

  it('the retention of logs, once for all', async () => {
    expect(await changed(dev, { logRetentionDays: 7 })).toEqual([
      'info, 5 log groups (/aws/apigateway/dev-callback-receiver, /aws/apigateway/dev-websocket-reply, /aws/lambda/dev-websocket-reply and 2 more): log retention 30 days -> 7 days',
    ]);
  });
});
