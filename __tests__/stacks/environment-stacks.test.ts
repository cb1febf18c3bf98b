import { TerraformStack, Testing } from 'cdktf';
import { expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import { addStacks } from '../../stacks/environment-stacks';
import { exampleCallback, exampleEnvironment, exampleSubscription } from './example-environment';

const callbackReceiver = { callbacks: [exampleCallback] };
const subscriberPipe = { subscriptions: [exampleSubscription] };

/** The stacks of the example environment with `variants`, each with those it is deployed after. */
function stacks(variants: Partial<Environment>) {
  const app = Testing.app();
  addStacks(app, { ...exampleEnvironment, ...variants });
  return Object.fromEntries(
    app.node.children
      .filter((child) => TerraformStack.isStack(child))
      .map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]),
  );
}

test('an environment without variants has no stacks', () => {
  expect(stacks({})).toEqual({});
});

test.each<[string, Partial<Environment>, string]>([
  ['a callback receiver', { callbackReceiver }, 'test-callback-receiver'],
  ['a WebSocket reply', { websocketReply: {} }, 'test-websocket-reply'],
  ['a subscriber pipe', { subscriberPipe }, 'test-subscriber-pipe'],
])('an environment with %s has that stack, which waits for no other', (_variant, variants, id) => {
  expect(stacks({ ...variants, manageAccountLogging: true })).toEqual({ [id]: [] });
});

test('a pipe is deployed after the receiver whose queues it may take from', () => {
  expect(stacks({ callbackReceiver, subscriberPipe })).toEqual({
    'test-callback-receiver': [],
    'test-subscriber-pipe': ['test-callback-receiver'],
  });
});

test('deployment roles are there before what they deploy, for the boundary of its roles is among them', () => {
  const deploymentRoles = { github: { repository: 'example/gateways' } };
  expect(stacks({ callbackReceiver, websocketReply: {}, subscriberPipe, deploymentRoles })).toEqual({
    'test-deployment-roles': [],
    'test-callback-receiver': ['test-deployment-roles'],
    'test-websocket-reply': ['test-deployment-roles'],
    'test-subscriber-pipe': ['test-deployment-roles', 'test-callback-receiver'],
  });
});

test('the WebSocket reply waits for the receiver only where that sets the account’s logging role', () => {
  expect(stacks({ callbackReceiver, websocketReply: {} })).toEqual({
    'test-callback-receiver': [],
    'test-websocket-reply': [],
  });
  expect(stacks({ callbackReceiver, websocketReply: {}, manageAccountLogging: true })).toEqual({
    'test-callback-receiver': [],
    'test-websocket-reply': ['test-callback-receiver'],
  });
});
