import { describe, expect, test } from 'vitest';
import type { Configuration } from '../support/synthesized';
import { deployedStacks } from './deployed-environments';

const stacks = deployedStacks();
const configurationOf = (id: string): Configuration => {
  const found = stacks.find((stack) => stack.id === id);
  if (!found) throw new Error(`no stack ${id}`);
  return found.configuration;
};

test('each environment has the stacks of its variants', () => {
  expect(stacks.map(({ id }) => id)).toEqual([
    'dev-callback-receiver',
    'dev-websocket-reply',
    'dev-subscriber-pipe',
    'prod-callback-receiver',
    'prod-websocket-reply',
    'prod-subscriber-pipe',
  ]);
});

test('a stack is deployed after the one that sets or owns what it needs', () => {
  expect(
    Object.fromEntries(stacks.map(({ id, stack }) => [id, stack.dependencies.map(({ node }) => node.id)])),
  ).toEqual({
    'dev-callback-receiver': [],
    'dev-websocket-reply': ['dev-callback-receiver'],
    'dev-subscriber-pipe': ['dev-callback-receiver'],
    'prod-callback-receiver': [],
    'prod-websocket-reply': [],
    'prod-subscriber-pipe': ['prod-callback-receiver'],
  });
});

test('no stack reads the state of another', () => {
  expect(stacks.flatMap(({ configuration }) => Object.keys(configuration.data))).toEqual(
    stacks.map(() => 'aws_iam_policy_document'),
  );
});

test.each([
  ['dev', '111122223333', {}],
  ['prod', '444455556666', { 'cost-center': 'messaging' }],
])('%s is deployed to its account and region only, every resource tagged', (environment, account, tags) => {
  const ofEnvironment = stacks.filter(({ id }) => id.startsWith(`${environment}-`));

  expect(ofEnvironment.map(({ configuration }) => configuration.provider)).toEqual(
    ofEnvironment.map(({ id }) => ({
      aws: [
        {
          region: 'ap-northeast-2',
          allowed_account_ids: [account],
          default_tags: [{ tags: { ...tags, environment, stack: id } }],
        },
      ],
    })),
  );
});

test('every stack says where its state is, and which provider it is for', () => {
  expect(
    Object.fromEntries(
      stacks.map(({ id, configuration }) => {
        const { required_version, ...terraform } = configuration.terraform as Record<string, unknown>;
        return [id, terraform];
      }),
    ),
  ).toEqual(
    Object.fromEntries(
      stacks.map(({ id }) => [
        id,
        {
          required_providers: { aws: { source: 'hashicorp/aws', version: '>= 5.100.0, < 7.0.0' } },
          ...(id.startsWith('dev-')
            ? { backend: { local: { path: `../../../terraform.${id}.tfstate` } } }
            : {
                cloud: {
                  organization: 'example-org',
                  workspaces: { name: id, project: 'message-gateways' },
                },
              }),
        },
      ]),
    ),
  );
});

test('the stacks with local state are for Terraform 1.5 and newer', () => {
  const local = stacks.filter(({ id }) => id.startsWith('dev-'));

  expect(local.map(({ configuration }) => configuration.terraform)).toMatchObject(
    local.map(() => ({ required_version: '>= 1.5.0' })),
  );
});

describe('outputs', () => {
  test('of the callback receiver: where senders post to, and the queues', () => {
    expect(configurationOf('dev-callback-receiver').output).toEqual({
      callback_urls: {
        description: 'Where the senders post to',
        value: {
          'delivery-results': '${aws_api_gateway_stage.stage.invoke_url}/bizppurio/delivery-results',
        },
      },
      queue_arns: {
        description: 'The queues of the callbacks',
        value: { 'delivery-results': 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results' },
      },
      queue_urls: {
        description: 'The queues of the callbacks, as SDKs want them',
        value: {
          'delivery-results': 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/dev-delivery-results',
        },
      },
    });
  });

  test('of several callbacks: each by its name', () => {
    const { callback_urls, queue_arns, queue_urls } = configurationOf('prod-callback-receiver').output;

    expect(callback_urls?.value).toEqual({
      'delivery-results': '${aws_api_gateway_stage.stage.invoke_url}/bizppurio/delivery-results',
      'payment-events': '${aws_api_gateway_stage.stage.invoke_url}/payments/events',
      'inbound-sms': '${aws_api_gateway_stage.stage.invoke_url}/carrier/inbound-sms',
    });
    expect(queue_arns?.value).toEqual({
      'delivery-results': 'arn:aws:sqs:ap-northeast-2:444455556666:prod-delivery-results',
      'payment-events': 'arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo',
      'inbound-sms': 'arn:aws:sqs:ap-northeast-2:444455556666:prod-inbound-sms',
    });
    expect(queue_urls?.value).toEqual({
      'delivery-results': 'https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-delivery-results',
      'payment-events': 'https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-payment-events.fifo',
      'inbound-sms': 'https://sqs.ap-northeast-2.amazonaws.com/444455556666/prod-inbound-sms',
    });
  });

  test.each([
    ['dev', '111122223333'],
    ['prod', '444455556666'],
  ])(
    'of the WebSocket reply in %s: where clients connect to, the queue, the function',
    (environment, account) => {
      expect(configurationOf(`${environment}-websocket-reply`).output).toEqual({
        websocket_uri: {
          description: 'Where clients connect to',
          value: '${aws_apigatewayv2_stage.stage.invoke_url}',
        },
        queue_arn: {
          description: 'The queue of the messages',
          value: `arn:aws:sqs:ap-northeast-2:${account}:${environment}-websocket-messages.fifo`,
        },
        queue_url: {
          description: 'The queue of the messages, as SDKs want it',
          value: `https://sqs.ap-northeast-2.amazonaws.com/${account}/${environment}-websocket-messages.fifo`,
        },
        function_name: { description: 'The reply function', value: `${environment}-websocket-reply` },
      });
    },
  );

  test('of the subscriber pipe: the pipes by their subscriptions', () => {
    expect(configurationOf('dev-subscriber-pipe').output).toEqual({
      pipe_names: {
        description: 'The pipes of the subscriptions',
        value: { 'delivery-results-archive': 'dev-delivery-results-archive' },
      },
    });
    expect(configurationOf('prod-subscriber-pipe').output).toEqual({
      pipe_names: {
        description: 'The pipes of the subscriptions',
        value: {
          'delivery-results': 'prod-delivery-results',
          'payment-events-archive': 'prod-payment-events-archive',
        },
      },
    });
  });
});

test('the only variable is the secret of the HTTPS subscriber, sensitive and without a default', () => {
  expect(stacks.map(({ configuration }) => configuration.variable)).toEqual([
    {},
    {},
    {},
    {},
    {},
    {
      delivery_results_subscriber_secret: {
        type: 'string',
        sensitive: true,
        nullable: false,
        description: 'The API key that deliveries of prod-delivery-results carry',
      },
    },
  ]);
});
