import { describe, expect, test } from 'vitest';
import type { CallbackSettings, Environment, WebSocketReplySettings } from '../../environments/environment';
import { type Configuration, resource } from '../support/synthesized';
import { receiver, reply } from './example-environment';

const trigger = (configuration: Configuration, type: string) =>
  resource(configuration, type, 'stage_deployment').triggers;

const restTrigger = (callback: Partial<CallbackSettings> = {}, environment: Partial<Environment> = {}) =>
  trigger(receiver(callback, environment), 'aws_api_gateway_deployment');

const webSocketTrigger = (settings: WebSocketReplySettings = {}, environment: Partial<Environment> = {}) =>
  trigger(reply(settings, environment), 'aws_apigatewayv2_deployment');

const ofTheEnvironment: [string, Partial<Environment>][] = [
  ['tags', { tags: { 'cost-center': 'messaging' } }],
  ['retention of logs', { logRetentionDays: 365 }],
  ['topic of alarms', { alarmTopicArn: 'arn:aws:sns:ap-northeast-2:111122223333:on-call' }],
  ['keys of queues', { encryption: 'customer-key' }],
  ['account’s logging role', { manageAccountLogging: true }],
  ['state', { state: { kind: 'hcp-terraform', organization: 'example-org' } }],
];

describe('a change of the environment’s', () => {
  test.each(ofTheEnvironment)('%s deploys no API anew', (_what, environment) => {
    expect(restTrigger({}, environment)).toEqual(restTrigger());
    expect(webSocketTrigger({}, environment)).toEqual(webSocketTrigger());
  });

  test('region deploys both anew: their integrations are in it', () => {
    expect(restTrigger({}, { region: 'eu-west-1' })).not.toEqual(restTrigger());
    expect(webSocketTrigger({}, { region: 'eu-west-1' })).not.toEqual(webSocketTrigger());
  });
});

describe('a change of a callback’s', () => {
  test('queue settings deploy nothing anew', () => {
    const queue = {
      kind: 'standard',
      retentionDays: 2,
      maxReceiveCount: 9,
      consumerTimeoutSeconds: 60,
    } as const;

    expect(restTrigger({ queue })).toEqual(restTrigger());
  });

  test('allow-list deploys the API anew: a resource policy counts from its deployment on', () => {
    expect(restTrigger({ allowList: ['203.0.113.0/25'] })).not.toEqual(restTrigger());
  });
});

describe('a change of the reply’s', () => {
  test.each<[string, WebSocketReplySettings]>([
    ['function', { functionTimeoutSeconds: 60, functionMemoryMegabytes: 512, maximumConcurrency: 20 }],
    ['throttling', { throttling: { rateLimit: 1, burstLimit: 1 } }],
    ['retention of messages', { queue: { kind: 'fifo', retentionDays: 1 } }],
  ])('%s deploys nothing anew', (_what, settings) => {
    expect(webSocketTrigger(settings)).toEqual(webSocketTrigger());
  });

  test('group deploys the API anew', () => {
    expect(webSocketTrigger({ queue: { kind: 'fifo', messageGroupId: { from: 'connection' } } })).not.toEqual(
      webSocketTrigger(),
    );
  });
});
