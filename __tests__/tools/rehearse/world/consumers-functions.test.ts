import { expect, test } from 'vitest';
import { handler, shippedFunction } from '../lambda/example-function';
import { webSocketApi } from './example-apis';
import { consumersOf, functionArn, worker } from './example-consumers';
import { exampleClient } from './example-gateway';
import { allow, at, consuming, queue, queueArn, role, roleArn, together } from './example-stacks';
import { minute, systemWith, worldOf } from './example-world';

test('a function keeps its execution environment, whoever invokes it', async () => {
  const counting = 'let count = 0; exports.handler = async () => ({ count: ++count });';
  const { world, pass } = consumersOf(role('worker', 'lambda.amazonaws.com'), [worker({ code: counting })]);
  const invoked = async () => {
    const result = world.consumers.invoke(functionArn)({});
    await pass();
    return result;
  };

  expect([await invoked(), await invoked()]).toEqual([
    { kind: 'returned', payload: { count: 1 } },
    { kind: 'returned', payload: { count: 2 } },
  ]);
});

test('a function whose role cannot be taken on fails', async () => {
  const { world } = consumersOf(role('worker', 'apigateway.amazonaws.com'), [worker()]);

  expect(await world.consumers.invoke(functionArn)({})).toMatchObject({
    kind: 'failed',
    errorMessage: 'The role defined for the function cannot be assumed by Lambda.',
  });
});

test('a function has credentials of its role, by which services know it', async () => {
  const code = handler('return [process.env.AWS_ACCESS_KEY_ID, process.env.AWS_SESSION_TOKEN];');
  const { world, pass } = consumersOf(role('worker', 'lambda.amazonaws.com'), [worker({ code })]);
  const result = world.consumers.invoke(functionArn)({});
  await pass();
  const { payload } = (await result) as { readonly payload: readonly [string, string] };
  const [accessKeyId, sessionToken] = payload;
  const headers = new Map([
    [
      'authorization',
      `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/r/s/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    ],
    ['x-amz-security-token', sessionToken],
  ]);

  expect(world.credentials.signerOf({ headers }, { region: 'r', service: 's' })).toMatchObject({
    role: { arn: roleArn('worker') },
    principal: { kind: 'role', sessionName: 'worker' },
  });
});

test('an execution may be killed', async () => {
  const killed = { faults: { execution: () => ({ killAfterMilliseconds: 10 }) } };
  const slow = handler('await new Promise((resolve) => setTimeout(resolve, 1000));');
  const { world, pass } = consumersOf(
    role('worker', 'lambda.amazonaws.com'),
    [worker({ code: slow })],
    killed,
  );
  const result = world.consumers.invoke(functionArn)({});
  await pass();

  expect(await result).toMatchObject({ kind: 'failed' });
});

test('the shipped archive answers a message on its own connection', async () => {
  const system = systemWith(
    together(
      queue('messages', { fifo_queue: true, visibility_timeout_seconds: 180 }),
      role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', queueArn('messages.fifo'))]),
      webSocketApi('messages.fifo'),
      {
        aws_apigatewayv2_integration: {
          default: {
            request_templates: {
              $default: [
                'Action=SendMessage&MessageBody=$util.urlEncode($input.body)&MessageGroupId=g',
                'MessageDeduplicationId=$context.requestId',
                ...['connectionId', 'requestId'].flatMap((name, index) => [
                  `MessageAttribute.${index + 1}.Name=${name}`,
                  `MessageAttribute.${index + 1}.Value.DataType=String`,
                  `MessageAttribute.${index + 1}.Value.StringValue=$util.urlEncode($context.${name})`,
                ]),
              ].join('&'),
            },
          },
        },
        aws_lambda_event_source_mapping: {
          m: {
            event_source_arn: queueArn('messages.fifo'),
            function_name: 'worker',
            function_response_types: ['ReportBatchItemFailures'],
          },
        },
      },
      role('worker', 'lambda.amazonaws.com', [
        consuming('messages.fifo'),
        allow('execute-api:ManageConnections', '*'),
      ]),
    ),
  );
  const [api] = system.webSocketApis;
  const shipped = shippedFunction('websocket-reply', {
    CONNECTIONS_ENDPOINT: `https://${api?.id}.execute-api.${at.region}.amazonaws.com/v1`,
    MAX_RECEIVE_COUNT: '5',
  });
  const reply = { ...shipped, arn: functionArn, functionName: 'worker', roleArn: roleArn('worker') };
  const { world, pass } = worldOf({ ...system, functions: [reply] });
  const gateway = api && world.gateways.get(api);
  if (!gateway) throw new Error('no gateway');
  world.start();
  const [one, two] = [exampleClient(gateway), exampleClient(gateway)];
  const { requestId } = one.send('{"text":"hello"}');
  await pass(minute);

  expect(one.received.map((text) => JSON.parse(text))).toEqual([
    { connectionId: one.connectionId, requestId, message: '{"text":"hello"}' },
  ]);
  expect(two.received).toEqual([]);
  expect(world.account()).toMatchObject({ accepted: 1, delivered: 1, waiting: 0, lost: [] });
  expect(world.access.denials).toEqual([]);
});
