import { TerraformElement, type TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import { describe, expect, test } from 'vitest';
import { ExistingQueue } from '../../../constructs/queue/existing-queue';
import type { ReadableStack } from '../../../synthesis/readable-stack';
import { exampleStack, resource, synthesized } from '../../support/synthesized';
import { exampleReceiver, type ReceiverChanges } from './example-receiver';
import { exampleWebSocket, type WebSocketChanges } from './example-web-socket';

const trigger = (stack: ReadableStack, type: string) =>
  (resource(synthesized(stack), type, 'stage_deployment').triggers as { configuration: string })
    .configuration;

const restTrigger = (changes: ReceiverChanges = {}) =>
  trigger(exampleReceiver(changes).stack, 'aws_api_gateway_deployment');

const webSocketTrigger = (changes: WebSocketChanges = {}) =>
  trigger(exampleWebSocket(changes).stack, 'aws_apigatewayv2_deployment');

const otherQueue = () =>
  new ExistingQueue(exampleStack(), 'other', { arn: 'arn:aws:sqs:ap-northeast-2:111122223333:other' });

const headerAttributes = [{ header: 'X-Signature', attribute: 'signature' }];

describe('a REST deployment is made anew', () => {
  test.each<[string, ReceiverChanges]>([
    ['a schema', { callbacks: [{ schema: { type: 'object', required: ['id', 'status'] } }] }],
    ['an allow-list', { callbacks: [{ allowList: ['203.0.113.0/25'] }] }],
    ['a path', { callbacks: [{ path: '/carrier/orders/v2' }] }],
    ['the content types', { callbacks: [{ contentTypes: ['application/json', 'text/plain'] }] }],
    ['a header attribute', { callbacks: [{ headerAttributes }] }],
    ['the group id', { callbacks: [{ messageGroupId: { bodyField: 'id' } }] }],
    ['the deduplication id', { callbacks: [{ messageDeduplicationId: { context: 'requestId' } }] }],
    ['the answer', { callbacks: [{ accepted: 'message-id' }] }],
    ['the queue', { callbacks: [{ queue: otherQueue() }] }],
    ['that the queue is FIFO', { queue: { fifo: true } }],
    ['the callbacks', { callbacks: [{}, { name: 'refunds' }] }],
    ['the stage that the resource policy names', { api: { stageName: 'v2' } }],
    ['that execute-api is out of service', { api: { disableExecuteApiEndpoint: true } }],
    ['the name', { api: { name: 'dev-other' } }],
  ])('when %s changes', (_what, changes) => {
    expect(restTrigger(changes)).not.toBe(restTrigger());
  });

  test('when a header becomes required', () => {
    const required = headerAttributes.map((attribute) => ({ ...attribute, required: true }));

    expect(restTrigger({ callbacks: [{ headerAttributes: required }] })).not.toBe(
      restTrigger({ callbacks: [{ headerAttributes }] }),
    );
  });
});

describe('a REST deployment stays', () => {
  test.each<[string, ReceiverChanges]>([
    ['nothing', {}],
    ['how long a queue keeps messages', { queue: { retentionDays: 13 } }],
    ['how long a consumer may take', { queue: { consumerTimeoutSeconds: 60 } }],
    ['how often a message is delivered', { queue: { maxReceiveCount: 10 } }],
    ['whom alarms notify', { queue: { alarmTopicArn: 'arn:aws:sns:ap-northeast-2:111122223333:on-call' } }],
    ['the description of a role', { role: { description: 'Sends' } }],
    ['throttling', { stage: { throttling: { rateLimit: 1, burstLimit: 2 } } }],
    ['how long logs are kept', { stage: { logRetentionDays: 365 } }],
    ['the order of a schema’s keys', { callbacks: [{ schema: { required: ['id'], type: 'object' } }] }],
  ])('when %s changes', (_what, changes) => {
    expect(restTrigger(changes)).toBe(restTrigger());
  });
});

describe('a WebSocket deployment is made anew', () => {
  test.each<[string, WebSocketChanges]>([
    ['the field that is the group id', { api: { messageGroupId: { bodyField: 'channel' } } }],
    ['where the group id is from', { api: { messageGroupId: { context: 'connectionId' } } }],
    ['where the deduplication id is from', { api: { messageDeduplicationId: { bodyField: 'id' } } }],
    ['that there are no ids', { api: { messageGroupId: undefined, messageDeduplicationId: undefined } }],
    ['that connections have a route', { api: { connectAuthorization: 'NONE' } }],
    ['the queue', { api: { queue: otherQueue() } }],
  ])('when %s changes', (_what, changes) => {
    expect(webSocketTrigger(changes)).not.toBe(webSocketTrigger());
  });

  test('when the authorization of connections changes', () => {
    expect(webSocketTrigger({ api: { connectAuthorization: 'AWS_IAM' } })).not.toBe(
      webSocketTrigger({ api: { connectAuthorization: 'NONE' } }),
    );
  });
});

describe('a WebSocket deployment stays', () => {
  test.each<[string, WebSocketChanges]>([
    ['nothing', {}],
    ['how long the queue keeps messages', { queue: { retentionDays: 13 } }],
    ['how long the consumer may take', { queue: { consumerTimeoutSeconds: 60 } }],
    ['the description of the role', { role: { description: 'Sends' } }],
    ['throttling', { stage: { throttling: { rateLimit: 1, burstLimit: 2 } } }],
    ['how long logs are kept', { stage: { logRetentionDays: 365 } }],
    ['the name of the stage', { stage: { stageName: 'v2' } }],
  ])('when %s changes', (_what, changes) => {
    expect(webSocketTrigger(changes)).toBe(webSocketTrigger());
  });
});

/** An API with the type of its deployment; each call makes a new one. */
const apis: readonly [string, () => { stack: ReadableStack; api: Construct }, string][] = [
  ['REST', () => exampleReceiver(), 'aws_api_gateway_deployment'],
  [
    'WebSocket',
    () => exampleWebSocket({ api: { connectAuthorization: 'AWS_IAM' } }),
    'aws_apigatewayv2_deployment',
  ],
];

const elements = (scope: Construct) =>
  scope.node.findAll().filter((node): node is TerraformResource => TerraformElement.isTerraformElement(node));

const pathsOf = (of: readonly Construct[]) => of.map(({ node }) => node.path);

describe.each(apis)('of the stack of a %s API', (_kind, example, type) => {
  const { stack: plain, api: plainApi } = example();
  const before = trigger(plain, type);
  const within = pathsOf(elements(plainApi));
  const without = pathsOf(elements(plain)).filter(
    (path) => path !== 'example' && !within.includes(path) && path !== 'example/stage/deployment',
  );

  /** The trigger after `change` to the element at `path`. */
  function triggerAfter(path: string, change: (element: TerraformResource) => void) {
    const { stack } = example();
    const element = elements(stack).find(({ node }) => node.path === path);
    if (!element) throw new Error(`no ${path}`);
    change(element);
    return trigger(stack, type);
  }

  test.each(within)('any attribute of %s counts', (path) => {
    expect(triggerAfter(path, (element) => element.addOverride('changed', 'by hand'))).not.toBe(before);
  });

  test.each(within)('neither the order of creation nor the lifecycle of %s counts', (path) => {
    const unchanged = triggerAfter(path, (element) => {
      element.addOverride('depends_on', ['aws_sqs_queue.orders_queue']);
      element.addOverride('lifecycle', { prevent_destroy: true });
    });

    expect(unchanged).toBe(before);
  });

  test.each(without)('nothing of %s counts', (path) => {
    expect(triggerAfter(path, (element) => element.addOverride('changed', 'by hand'))).toBe(before);
  });

  test('everything of the API is there before it is deployed', () => {
    const { resource: resources, data } = synthesized(plain);
    const references = new Map(
      Object.entries({ ...resources, ...data }).flatMap(([elementType, named]) =>
        Object.entries(named).map(([name, attributes]) => [
          `${elementType}.${name}`,
          [...JSON.stringify(attributes).matchAll(/\baws_\w+\.\w+/g)].map(([address]) => address),
        ]),
      ),
    );
    const reached = new Set([`${type}.stage_deployment`]);
    for (const address of reached) {
      for (const next of references.get(address) ?? []) reached.add(next);
    }

    const ofTheApi = [...references.keys()].filter((address) => /\.api(_|$)/.test(address));
    expect(ofTheApi.filter((address) => !reached.has(address))).toEqual([]);
    expect(ofTheApi).toHaveLength(within.length);
  });
});
