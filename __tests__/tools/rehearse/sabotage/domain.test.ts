import { expect, test } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { rehearse } from '../../../../tools/rehearse/rehearsal';
import { dev } from '../../../fixtures/environments/dev';
import { expectHeld, type StackDraft, sabotaged, synthesized, testDefects } from './sabotage';

const receiver = 'dev-callback-receiver';
const reply = 'dev-websocket-reply';
const certificateArn =
  'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';

const environment: Environment = {
  ...dev,
  callbackReceiver: {
    callbacks: dev.callbackReceiver?.callbacks ?? [],
    disableExecuteApiEndpoint: true,
    domain: {
      name: 'gw.example.com',
      basePath: 'in/events',
      certificateArn: certificateArn.replace('111122223333', dev.accountId),
      mutualTls: { truststoreUri: 's3://trusted/authorities.pem' },
    },
  },
  websocketReply: {
    ...dev.websocketReply,
    disableExecuteApiEndpoint: true,
    domain: {
      name: 'ws.example.com',
      basePath: 'chat',
      certificateArn: certificateArn.replace('111122223333', dev.accountId),
    },
  },
};

const intact = synthesized(environment);

const mapping = 'aws_apigatewayv2_api_mapping.domain_mapping';
const domain = 'aws_apigatewayv2_domain_name.domain';

const inMapping = (attribute: string, value: string) => (stack: StackDraft) =>
  stack.set(stack.block(mapping), attribute, value);

const variables = ['environment', 'variables'];

test.each(['callback/domain', 'websocket/domain', 'websocket/echo'])(
  'with domains as they are: %s',
  (scenario) => expectHeld(intact, scenario),
);

test('without a base path, and with the execute-api addresses in service: both ways are open', async () => {
  const beside = structuredClone(intact);
  const input = [receiver, reply].reduce((draft, stackId) => {
    return sabotaged(draft, stackId, (stack) => {
      stack.drop(stack.block(mapping), 'api_mapping_key');
      const type = stackId === receiver ? 'aws_api_gateway_rest_api.api' : 'aws_apigatewayv2_api.api';
      stack.set(stack.block(type), 'disable_execute_api_endpoint', false);
      if (stackId === receiver) stack.drop(stack.block(domain), 'mutual_tls_authentication');
      else
        stack.set(
          stack.block('aws_lambda_function.reply', ...variables),
          'CONNECTIONS_ENDPOINT',
          'https://ws.example.com',
        );
    });
  }, beside);
  const wanted = (name: string) => ({ name, base: '', mutualTls: false, executeApi: true });
  const open = {
    ...input,
    wanted: {
      ...input.wanted,
      callbackDomain: wanted('gw.example.com'),
      webSocketDomain: wanted('ws.example.com'),
    },
  };

  await expectHeld(open, 'callback/domain');
  await expectHeld(open, 'websocket/domain');
});

testDefects(intact, { stackId: receiver, kind: 'callback' }, [
  [
    'the mapping is of another path',
    'domain',
    inMapping('api_mapping_key', 'in/other'),
    {
      what: 'https://gw.example.com/in/events/bizppurio/delivery-results takes it: 403 {"message":"Forbidden"}',
    },
  ],
  [
    'the mapping has no path, so that every path leads to the API',
    'domain',
    (stack) => stack.drop(stack.block(mapping), 'api_mapping_key'),
    { what: 'https://gw.example.com/bizppurio/delivery-results is forbidden: 200' },
  ],
  [
    'there is no mapping',
    'domain',
    (stack) => stack.dropResource(mapping),
    { what: 'takes it: 403 {"message":"Forbidden"}' },
  ],
  [
    'the domain has another name',
    'domain',
    (stack) => stack.set(stack.block(domain), 'domain_name', 'old.example.com'),
    { what: 'takes it: ENOTFOUND' },
  ],
  [
    'callers need no certificate',
    'domain',
    (stack) => stack.drop(stack.block(domain), 'mutual_tls_authentication'),
    { what: 'without a certificate there is no connection: 200' },
  ],
  [
    'the execute-api address is a way around the domain',
    'domain',
    (stack) => stack.set(stack.block('aws_api_gateway_rest_api.api'), 'disable_execute_api_endpoint', false),
    { what: `the execute-api address is out of service: 200, by ${receiver}: aws_api_gateway_rest_api.api` },
  ],
]);

testDefects(intact, { stackId: reply, kind: 'websocket' }, [
  [
    'replies go to the execute-api address, which is out of service',
    'echo',
    (stack) =>
      stack.set(
        stack.block('aws_lambda_function.reply', ...variables),
        'CONNECTIONS_ENDPOINT',
        'https://${aws_apigatewayv2_api.api.id}.execute-api.ap-northeast-2.amazonaws.com/v1',
      ),
    { what: 'the reply is complete: no reply' },
  ],
  [
    'replies go to the domain with the stage instead of the base path',
    'echo',
    (stack) =>
      stack.replace(
        stack.block('aws_lambda_function.reply', ...variables),
        'CONNECTIONS_ENDPOINT',
        '/chat',
        '/v1',
      ),
    { what: 'the reply is complete: no reply' },
  ],
  [
    'the mapping is of another path',
    'domain',
    inMapping('api_mapping_key', 'other'),
    { what: 'wss://ws.example.com/chat is the API: 403' },
  ],
  [
    'the execute-api address is a way around the domain',
    'domain',
    (stack) => stack.drop(stack.block('aws_apigatewayv2_api.api'), 'disable_execute_api_endpoint'),
    { what: `the execute-api address is out of service: ${reply}: aws_apigatewayv2_api.api` },
  ],
  [
    'clients need a certificate, which AWS does not have for WebSocket APIs',
    'domain',
    (stack) =>
      stack.add(stack.block(domain), 'mutual_tls_authentication', { truststore_uri: 's3://trusted/x.pem' }),
    { what: `${reply}: ${domain}: mutual TLS in front of a WebSocket API is not simulated` },
  ],
]);

test.each([
  ['another stage', inMapping('stage', 'v2'), `the API has no stage v2, but v1`],
  ['another API', inMapping('api_id', 'a1b2c3d4e5'), `no stack has the API a1b2c3d4e5`],
  [
    'a domain that the stack does not have',
    inMapping('domain_name', 'old.example.com'),
    'the stack has no domain old.example.com',
  ],
])('a mapping of %s is none that AWS makes', async (_, change, fault) => {
  const rehearsal = rehearse(sabotaged(intact, receiver, change), {
    seed: 'sabotage',
    messages: 1,
    scenario: 'callback/domain',
  });

  expect((await rehearsal).problems).toEqual([`${receiver}: ${mapping}: ${fault}`]);
});
