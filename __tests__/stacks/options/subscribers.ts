import type { SubscriberSettings } from '../../../environments/environment';
import { attribute, namesOf, type Options, pipe } from './option';

const https = (changes: Partial<Extract<SubscriberSettings, { kind: 'https' }>> = {}) => ({
  subscriber: {
    kind: 'https',
    url: 'https://subscriber.example.com/orders',
    authorization: { kind: 'api-key', header: 'X-Key' },
    ...changes,
  } satisfies SubscriberSettings,
});
const archive = (changes: { readonly messageKeyField?: string } = {}) => ({
  subscriber: { kind: 's3-archive', ...changes } satisfies SubscriberSettings,
});
const of = (path: string) => attribute('aws_pipes_pipe', 'orders_out_pipe', path);
const destination = (path: string) =>
  attribute('aws_cloudwatch_event_api_destination', 'orders_out_subscriber_destination', path);

export const subscribers: Options = {
  'subscriberPipe.subscriptions[].source.queueArn': {
    ...pipe({ source: { queueArn: 'arn:aws:sqs:ap-northeast-2:111122223333:shared' } }),
    seen: of('source'),
    without: 'arn:aws:sqs:ap-northeast-2:111122223333:test-orders',
    with: 'arn:aws:sqs:ap-northeast-2:111122223333:shared',
  },
  'subscriberPipe.subscriptions[].subscriber: https': {
    ...pipe(https()),
    seen: namesOf('aws_cloudwatch_event_api_destination'),
    without: [],
    with: ['orders_out_subscriber_destination'],
  },
  'subscriberPipe.subscriptions[].subscriber: lambda': {
    ...pipe({}, https()),
    seen: of('target'),
    without: '${aws_cloudwatch_event_api_destination.orders_out_subscriber_destination.arn}',
    with: 'arn:aws:lambda:ap-northeast-2:111122223333:function:orders',
  },
  'subscriberPipe.subscriptions[].subscriber: s3-archive': {
    ...pipe(archive()),
    seen: namesOf('aws_s3_bucket'),
    without: [],
    with: ['orders_out_bucket'],
  },
  'subscriberPipe.subscriptions[].filter': {
    ...pipe({ filter: [{ body: { id: ['1'] } }] }),
    seen: of('source_parameters.filter_criteria'),
    without: undefined,
    with: { filter: [{ pattern: '{"body":{"id":["1"]}}' }] },
  },
  'subscriberPipe.subscriptions[].inputTemplate': {
    ...pipe({ inputTemplate: '{"order":<$.body>}' }),
    seen: of('target_parameters.input_template'),
    without: undefined,
    with: '{"order":<$.body>}',
  },
  'subscriberPipe.subscriptions[].subscriber.method': {
    ...pipe(https({ method: 'PUT' }), https()),
    seen: destination('http_method'),
    without: 'POST',
    with: 'PUT',
  },
  'subscriberPipe.subscriptions[].subscriber.rateLimitPerSecond': {
    ...pipe(https({ rateLimitPerSecond: 50 }), https()),
    seen: destination('invocation_rate_limit_per_second'),
    without: 10,
    with: 50,
  },
  'subscriberPipe.subscriptions[].subscriber.headers': {
    ...pipe(https({ headers: { 'X-From': 'gateway' } }), https()),
    seen: of('target_parameters.http_parameters.header_parameters'),
    without: undefined,
    with: { 'X-From': 'gateway' },
  },
  'subscriberPipe.subscriptions[].subscriber.messageKeyField': {
    ...pipe(archive({ messageKeyField: 'id' }), archive()),
    seen: attribute('aws_lambda_function', 'orders_out_writer', 'environment.variables.MESSAGE_KEY_FIELD'),
    without: undefined,
    with: 'id',
  },
};
