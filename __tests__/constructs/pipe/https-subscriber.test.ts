import { describe, expect, test } from 'vitest';
import { ServiceRole } from '../../../constructs/iam/service-role';
import { HttpsSubscriber, type HttpsSubscriberProps } from '../../../constructs/pipe/https-subscriber';
import { exampleStack, statements, synthesized } from '../../support/synthesized';

function exampleSubscriber(props: Partial<HttpsSubscriberProps> = {}) {
  const stack = exampleStack();
  const subscriber = new HttpsSubscriber(stack, 'subscriber', {
    name: 'dev-orders',
    url: 'https://subscriber.example.com/orders',
    authorization: { kind: 'api-key', header: 'X-Api-Key' },
    rateLimitPerSecond: 10,
    headers: {},
    ...props,
  });
  return { stack, subscriber };
}

const secret = '${var.subscriber_secret}';

describe.each<[string, HttpsSubscriberProps['authorization'], string, object, string]>([
  [
    'an API key',
    { kind: 'api-key', header: 'X-Api-Key' },
    'API_KEY',
    { api_key: { key: 'X-Api-Key', value: secret } },
    'The API key that deliveries of dev-orders carry',
  ],
  [
    'basic authorization',
    { kind: 'basic', username: 'orders' },
    'BASIC',
    { basic: { username: 'orders', password: secret } },
    'The password that deliveries of dev-orders carry',
  ],
  [
    'OAuth client credentials',
    {
      kind: 'oauth-client-credentials',
      tokenUrl: 'https://login.example.com/token',
      clientId: 'orders-client',
    },
    'OAUTH_CLIENT_CREDENTIALS',
    {
      oauth: {
        authorization_endpoint: 'https://login.example.com/token',
        http_method: 'POST',
        client_parameters: { client_id: 'orders-client', client_secret: secret },
        oauth_http_parameters: {
          body: [{ key: 'grant_type', value: 'client_credentials', is_value_secret: false }],
        },
      },
    },
    'The client secret that deliveries of dev-orders carry',
  ],
  [
    'OAuth client credentials with a scope',
    {
      kind: 'oauth-client-credentials',
      tokenUrl: 'https://login.example.com/token',
      clientId: 'orders-client',
      scope: 'orders.write',
    },
    'OAUTH_CLIENT_CREDENTIALS',
    {
      oauth: {
        authorization_endpoint: 'https://login.example.com/token',
        http_method: 'POST',
        client_parameters: { client_id: 'orders-client', client_secret: secret },
        oauth_http_parameters: {
          body: [
            { key: 'grant_type', value: 'client_credentials', is_value_secret: false },
            { key: 'scope', value: 'orders.write', is_value_secret: false },
          ],
        },
      },
    },
    'The client secret that deliveries of dev-orders carry',
  ],
])('with %s', (_kind, authorization, authorizationType, authParameters, description) => {
  const configuration = synthesized(exampleSubscriber({ authorization }).stack);

  test('the connection authorizes deliveries with it', () => {
    expect(configuration.resource.aws_cloudwatch_event_connection).toEqual({
      subscriber_connection: {
        name: 'dev-orders',
        description: 'How deliveries of dev-orders are authorized',
        authorization_type: authorizationType,
        auth_parameters: authParameters,
      },
    });
  });

  test('the secret is a sensitive variable without a default', () => {
    expect(configuration.variable).toEqual({
      subscriber_secret: { type: 'string', sensitive: true, nullable: false, description },
    });
  });

  test('the secret is in the connection and nowhere else', () => {
    expect(JSON.stringify(configuration).split('var.').length - 1).toBe(1);
  });
});

test('an API destination posts to the subscriber, within the rate limit', () => {
  const { stack } = exampleSubscriber({ rateLimitPerSecond: 300 });

  expect(synthesized(stack).resource.aws_cloudwatch_event_api_destination).toEqual({
    subscriber_destination: {
      name: 'dev-orders',
      description: 'Deliveries of dev-orders',
      connection_arn: '${aws_cloudwatch_event_connection.subscriber_connection.arn}',
      http_method: 'POST',
      invocation_endpoint: 'https://subscriber.example.com/orders',
      invocation_rate_limit_per_second: 300,
    },
  });
});

test.each(['PUT', 'PATCH'] as const)('the method can be %s', (method) => {
  const { stack } = exampleSubscriber({ method });

  expect(synthesized(stack).resource.aws_cloudwatch_event_api_destination).toMatchObject({
    subscriber_destination: { http_method: method },
  });
});

test('a pipe delivers one message at a time, with its id and its body as JSON', () => {
  const { subscriber } = exampleSubscriber();

  expect(subscriber.batchSize).toBe(1);
  expect(subscriber.defaultInputTemplate).toBe('{"messageId":<$.messageId>,"data":<$.body>}');
  expect(subscriber.targetParameters).toEqual({});
});

test('further headers go with each delivery', () => {
  const { subscriber } = exampleSubscriber({ headers: { 'X-Source': 'dev', 'X-Version': '2' } });

  expect(subscriber.targetParameters).toEqual({
    httpParameters: { headerParameters: { 'X-Source': 'dev', 'X-Version': '2' } },
  });
});

test('delivering is invoking this API destination, whatever id EventBridge gave it, and nothing else', () => {
  const { stack, subscriber } = exampleSubscriber();
  const role = new ServiceRole(stack, 'pipe', {
    name: 'dev-pipe',
    description: 'Delivers',
    trust: { service: 'pipes', pipeName: 'dev-orders' },
  });

  subscriber.grantDeliver(role);

  expect(statements(synthesized(stack), 'pipe_grants_document')).toEqual([
    {
      sid: 'DeliverToTheSubscriber',
      effect: 'Allow',
      actions: ['events:InvokeApiDestination'],
      resources: ['arn:aws:events:ap-northeast-2:111122223333:api-destination/dev-orders/*'],
    },
  ]);
});

test('what only looks like a Terraform template reaches EventBridge as it was written', () => {
  const odd = '${path.module} %{if}';
  const escaped = '$${path.module} %%{if}';
  const { stack, subscriber } = exampleSubscriber({
    headers: { 'X-Tenant': odd },
    authorization: {
      kind: 'oauth-client-credentials',
      tokenUrl: 'https://login.example.com/token',
      clientId: odd,
      scope: odd,
    },
  });
  const { resource } = synthesized(stack);

  expect(subscriber.targetParameters).toEqual({
    httpParameters: { headerParameters: { 'X-Tenant': escaped } },
  });
  expect(resource.aws_cloudwatch_event_connection?.subscriber_connection).toMatchObject({
    auth_parameters: {
      oauth: {
        client_parameters: { client_id: escaped },
        oauth_http_parameters: { body: [{}, { key: 'scope', value: escaped }] },
      },
    },
  });
});

test('a user name is taken as it was written, too', () => {
  const { stack } = exampleSubscriber({ authorization: { kind: 'basic', username: '${x}' } });

  expect(synthesized(stack).resource.aws_cloudwatch_event_connection?.subscriber_connection).toMatchObject({
    auth_parameters: { basic: { username: '$${x}' } },
  });
});
