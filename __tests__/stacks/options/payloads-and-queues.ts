import type { Configuration } from '../../support/synthesized';
import { attribute, callback, namesOf, type Options } from './option';

const consumer = 'arn:aws:iam::444455556666:role/orders-consumer';
const theirs = 'arn:aws:sqs:ap-northeast-2:444455556666:theirs';
const queue = (path: string) => attribute('aws_sqs_queue', 'orders_queue', path);
const integration = (path: string) =>
  attribute('aws_api_gateway_integration', 'api_orders_route_integration', path);
const redriveAfter = (maxReceiveCount: number) =>
  JSON.stringify({
    deadLetterTargetArn: 'arn:aws:sqs:ap-northeast-2:111122223333:test-orders-dead-letter',
    maxReceiveCount,
  });
/** The types that have a template: a body of another one is refused. */
const templates = (configuration: Configuration) =>
  Object.keys(integration('request_templates')(configuration) as object);
/** Whether the request to SQS has this in it. */
const sends = (text: string) => (configuration: Configuration) =>
  JSON.stringify(integration('request_templates')(configuration)).includes(text);

export const payloadsAndQueues: Options = {
  'callbackReceiver.callbacks[].contentTypes': {
    ...callback({ contentTypes: ['application/json', 'text/plain'] }),
    seen: templates,
    without: ['application/json'],
    with: ['application/json', 'text/plain'],
  },
  'callbackReceiver.callbacks[].binaryContentTypes': {
    ...callback({ binaryContentTypes: ['application/pdf'] }),
    seen: attribute('aws_api_gateway_rest_api', 'api', 'binary_media_types'),
    without: undefined,
    with: ['application/pdf'],
  },
  'callbackReceiver.callbacks[].headerAttributes': {
    ...callback({ headerAttributes: [{ header: 'X-Trace', attribute: 'trace' }] }),
    seen: sends('Name=trace'),
    without: false,
    with: true,
  },
  'callbackReceiver.callbacks[].response': {
    ...callback({ response: 'message-id' }),
    seen: attribute(
      'aws_api_gateway_integration_response',
      'api_orders_route_integration_response_200',
      'response_templates',
    ),
    without: { 'application/json': '#set($nothing = "")' },
    with: {
      'application/json':
        '{"messageId":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}',
    },
  },
  'callbackReceiver.callbacks[].queue: fifo': {
    ...callback({ queue: { kind: 'fifo', messageGroupId: { from: 'body', field: 'id' } } }),
    seen: queue('name'),
    without: 'test-orders',
    with: 'test-orders.fifo',
  },
  'callbackReceiver.callbacks[].queue: existing': {
    ...callback({ queue: { kind: 'existing', arn: theirs } }),
    seen: namesOf('aws_sqs_queue'),
    without: ['orders_queue', 'orders_queue_dead_letter'],
    with: [],
  },
  'callbackReceiver.callbacks[].queue.consumerRoleArns': {
    ...callback({ queue: { kind: 'standard', consumerRoleArns: [consumer] } }),
    seen: ({ output }) =>
      Object.keys((output.policies_for_other_accounts?.value as object | undefined) ?? {}),
    without: [],
    with: [consumer],
  },
  'callbackReceiver.callbacks[].queue.consumerTimeoutSeconds': {
    ...callback({ queue: { kind: 'standard', consumerTimeoutSeconds: 60 } }),
    seen: queue('visibility_timeout_seconds'),
    without: 180,
    with: 360,
  },
  'callbackReceiver.callbacks[].queue.maxReceiveCount': {
    ...callback({ queue: { kind: 'standard', maxReceiveCount: 9 } }),
    seen: attribute('aws_sqs_queue_redrive_policy', 'orders_queue_redrive', 'redrive_policy'),
    without: redriveAfter(5),
    with: redriveAfter(9),
  },
  'callbackReceiver.callbacks[].queue.retentionDays': {
    ...callback({ queue: { kind: 'standard', retentionDays: 10 } }),
    seen: queue('message_retention_seconds'),
    without: 7 * 86_400,
    with: 10 * 86_400,
  },
};
