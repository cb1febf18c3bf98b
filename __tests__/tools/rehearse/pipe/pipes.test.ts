import { expect, test } from 'vitest';
import { fifoArn, filterOf, functionArn, lambdaPipe, pipeOf, sourceArn } from './pipe-plan';

test('a pipe to an API destination is read with the destination and its connection', () => {
  expect(pipeOf()).toMatchObject({
    address: 'dev: aws_pipes_pipe.p',
    arn: 'arn:aws:pipes:eu-central-1:111122223333:pipe/p',
    name: 'p',
    roleArn: 'arn:aws:iam::111122223333:role/r',
    sourceArn,
    desiredState: 'RUNNING',
    batchSize: 1,
    filters: [],
    inputTemplate: '{"messageId":<$.messageId>,"data":<$.body>}',
    target: {
      kind: 'api-destination',
      destination: {
        endpoint: 'https://subscriber.example.com/orders',
        method: 'POST',
        rateLimitPerSecond: 300,
        connection: { authorization: { kind: 'header', name: 'x-api-key', value: 'value-of-secret' } },
      },
    },
  });
});

test('a pipe to a function takes ten messages unless it says otherwise', () => {
  expect(
    pipeOf({ pipe: { target: functionArn, source_parameters: {}, target_parameters: [] } }),
  ).toMatchObject({
    batchSize: 10,
    inputTemplate: undefined,
    target: { kind: 'lambda', functionArn, invocationType: 'REQUEST_RESPONSE' },
  });
});

test('filters are kept as JSON', () => {
  expect(pipeOf({ pipe: { source_parameters: filterOf({ body: { a: ['b'] } }) } }).filters).toEqual([
    '{"body":{"a":["b"]}}',
  ]);
});

const batch = (batch_size?: number, window?: number) => ({
  pipe: {
    source_parameters: {
      sqs_queue_parameters: { batch_size, maximum_batching_window_in_seconds: window },
    },
  },
});

test.each([
  [batch(2), 'dev: aws_pipes_pipe.p: "batch_size" is 2; an API destination takes no batches: set it to 1'],
  [{ pipe: { source_parameters: {} } }, 'an API destination without a "batch_size"'],
  [batch(0), '"batch_size" is 0; Pipes take 1 to 10000'],
  [
    { pipe: { ...batch(11).pipe, source: fifoArn } },
    '"batch_size" is 11; Pipes take 1 to 10 from such a queue',
  ],
  [batch(11), 'batches of more than 10 messages is not simulated'],
  [batch(1, 5), 'a batching window is not simulated'],
  [{ pipe: { target_parameters: {} } }, 'an API destination without an "input_template"'],
  [
    { pipe: { target_parameters: { input_template: '{' } } },
    'p.input_template: an input template that is no JSON',
  ],
  [
    { pipe: { source_parameters: filterOf({ awsRegion: ['x'] }) } },
    'p.filter[0]: "awsRegion" cannot be used',
  ],
  [{ pipe: { enrichment: functionArn } }, 'its attribute "enrichment" is not simulated'],
  [{ pipe: { source: 'arn:aws:kinesis:eu-central-1:111122223333:stream/s' } }, 'the source arn:aws:kinesis'],
  [{ pipe: { target: sourceArn } }, `the target ${sourceArn} with these parameters is not simulated`],
  [{ pipe: { target: functionArn, target_parameters: { http_parameters: {} } } }, 'the target'],
  [
    {
      pipe: {
        target: functionArn,
        target_parameters: { lambda_function_parameters: { invocation_type: 'FIRE_AND_FORGET' } },
      },
    },
    'the invocation type FIRE_AND_FORGET is not simulated',
  ],
  [{ pipe: { target_parameters: { kinesis_stream_parameters: {} } } }, '"kinesis_stream_parameters"'],
  [
    { pipe: { desired_state: 'PAUSED' } },
    '"desired_state" is "PAUSED"; EventBridge takes RUNNING and STOPPED',
  ],
  [{ destination: { invocation_endpoint: 'http://a.example' } }, 'addresses that begin with https://'],
  [{ destination: { invocation_rate_limit_per_second: 301 } }, 'is 301; EventBridge takes 1 to 300'],
  [{ destination: { http_method: 'TRACE' } }, '"http_method" is "TRACE"; EventBridge takes POST'],
  [{ destination: { http_method: 'GET' } }, 'the method GET is not simulated'],
  [{ destination: { connection_arn: 'arn:elsewhere' } }, 'the connection arn:elsewhere is not in the plan'],
  [
    { connection: { authorization_type: 'NONE' } },
    '"authorization_type" is "NONE"; EventBridge takes API_KEY',
  ],
  [{ connection: { authorization_type: 'BASIC' } }, 'c.auth_parameters has no "basic"'],
  [{ connection: { auth_parameters: [{}, {}] } }, 'has "auth_parameters" more than once'],
  [{ connection: { auth_parameters: 'x' } }, 'which is no block'],
])('%j is refused', (changes, message) => {
  expect(() => pipeOf(changes)).toThrow(message);
});

test('a FIFO queue is a source as well', () => {
  expect(lambdaPipe(fifoArn)).toMatchObject({ sourceArn: fifoArn, batchSize: 10 });
});
