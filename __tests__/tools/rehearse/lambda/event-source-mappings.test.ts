import { expect, test } from 'vitest';
import { readPlan } from '../../../../tools/plan/plan';
import { eventSourceMappingsOf } from '../../../../tools/rehearse/lambda/event-source-mappings';

const arn = 'arn:aws:sqs:eu-central-1:111122223333:plain';
const fifo = { event_source_arn: `${arn}.fifo` };

const mappings = (attributes: object) =>
  eventSourceMappingsOf(
    readPlan('dev-x', {
      provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] },
      resource: {
        aws_lambda_function: { f: { function_name: 'dev-f' } },
        aws_lambda_event_source_mapping: {
          m: {
            event_source_arn: arn,
            function_name: '${aws_lambda_function.f.function_name}',
            ...attributes,
          },
        },
      },
    }),
  );

test('what a mapping does not say is what Lambda takes', () => {
  expect(mappings({})).toEqual([
    {
      address: 'dev-x: aws_lambda_event_source_mapping.m',
      functionName: 'dev-f',
      queueArn: arn,
      batchSize: 10,
      maximumConcurrency: undefined,
      reportBatchItemFailures: false,
      enabled: true,
    },
  ]);
});

test('what it says is read; the function may be named by its ARN', () => {
  expect(
    mappings({
      ...fifo,
      batch_size: 3,
      enabled: false,
      function_name: 'arn:aws:lambda:eu-central-1:111122223333:function:dev-g',
      function_response_types: ['ReportBatchItemFailures'],
      scaling_config: { maximum_concurrency: 2 },
    }),
  ).toMatchObject([
    {
      functionName: 'dev-g',
      queueArn: fifo.event_source_arn,
      batchSize: 3,
      maximumConcurrency: 2,
      reportBatchItemFailures: true,
      enabled: false,
    },
  ]);
  expect(mappings({ scaling_config: [{ maximum_concurrency: 1000 }] })).toMatchObject([
    { maximumConcurrency: 1000 },
  ]);
});

test.each([
  [{ batch_size: 11 }, '"batch_size" is 11; above 10 Lambda wants a batching window'],
  [{ batch_size: 0 }, '"batch_size" is 0; Lambda takes 1 to 10000 for standard queues'],
  [{ batch_size: 10_001 }, '"batch_size" is 10001'],
  [{ ...fifo, batch_size: 11 }, '"batch_size" is 11; Lambda takes 1 to 10 for FIFO queues'],
  [{ ...fifo, maximum_batching_window_in_seconds: 1 }, 'no batching window for FIFO queues'],
  [{ maximum_batching_window_in_seconds: 301 }, 'whole numbers from 0 to 300'],
  [
    { scaling_config: { maximum_concurrency: 1 } },
    '"maximum_concurrency" is 1; Lambda takes whole numbers from 2 to 1000',
  ],
  [{ scaling_config: { maximum_concurrency: 1001 } }, '"maximum_concurrency" is 1001'],
  [{ function_response_types: ['Other'] }, '"function_response_types" is ["Other"]'],
  [{ enabled: 'no' }, '"enabled" is neither true nor false'],
])('%j is refused', (attributes, reason) => {
  expect(() => mappings(attributes)).toThrow(reason);
  expect(() => mappings(attributes)).toThrow(/^dev-x: aws_lambda_event_source_mapping\.m/);
});

test.each([
  [{ maximum_batching_window_in_seconds: 5 }, 'a batching window'],
  [{ batch_size: 100, maximum_batching_window_in_seconds: 1 }, 'a batching window'],
  [{ filter_criteria: {} }, 'its attribute "filter_criteria"'],
  [
    { event_source_arn: 'arn:aws:kinesis:eu-central-1:111122223333:stream/s' },
    'the event source arn:aws:kinesis:',
  ],
  [
    { function_name: 'arn:aws:lambda:eu-central-1:111122223333:function:dev-g:live' },
    'the function arn:aws:lambda:',
  ],
])('%j is not simulated', (attributes, what) => {
  expect(() => mappings(attributes)).toThrow(what);
  expect(() => mappings(attributes)).toThrow('is not simulated');
});
