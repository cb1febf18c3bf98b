import { expect, test } from 'vitest';
import type { RestApi } from '../../../../tools/rehearse/api-gateway/rest-api';
import { restApi, webSocketApi } from './example-apis';
import { exampleClient } from './example-gateway';
import {
  allow,
  denyAll,
  key,
  policyText,
  queue,
  queueArn,
  queuePolicy,
  type Resources,
  redriven,
  role,
  roleArn,
  together,
} from './example-stacks';
import { nothingWanted, second, start, systemWith, worldOf } from './example-world';

const sender = role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', queueArn('orders'))]);

/** A world with `POST /v1/orders` into the queue `orders`. */
function receiver(resources: Resources = {}, options: Parameters<typeof worldOf>[1] = {}) {
  const system = systemWith(together(queue('orders'), sender, restApi('orders'), resources));
  const { world, ...rest } = worldOf(system, options);
  const request = (body = '{}', sourceIp = '192.0.2.10') =>
    world.request(system.restApis[0] as RestApi, {
      method: 'POST',
      path: '/orders',
      headers: new Map([['content-type', 'application/json']]),
      body,
      sourceIp,
    });
  return { world, request, queued: () => world.queue(queueArn('orders')).messages(), ...rest };
}

const none = { accepted: 0, delivered: 0, dropped: 0, waiting: 0, deadLettered: 0, lost: [] };

test('a request is queued, and accounted for', async () => {
  const { world, request, queued } = receiver();

  const answer = await request('{"id":1}');

  expect(answer.status).toBe(202);
  expect(queued()).toMatchObject([{ body: '{"id":1}', messageId: answer.sqs?.sent?.message.messageId }]);
  expect(world.account()).toEqual({ ...none, accepted: 1, waiting: 1 });
  expect(world.access.denials).toEqual([]);
});

test('a request arrives at the time of the clock', async () => {
  const template = 'Action=SendMessage&MessageBody=$context.requestTimeEpoch';
  const { request, queued, pass } = receiver({
    aws_api_gateway_integration: { orders: { request_templates: { 'application/json': template } } },
  });
  await pass(5 * second);
  await request();

  expect(queued()).toMatchObject([{ body: `${start + 5 * second}` }]);
});

test('where API Gateway cannot take on the role the caller gets 500, and nothing is queued', async () => {
  const { world, request, queued } = receiver(role('sender', 'lambda.amazonaws.com'));

  expect([(await request()).status, (await request()).status]).toEqual([500, 500]);
  expect(queued()).toEqual([]);
  expect(world.account()).toEqual(none);
  expect(world.access.denials).toMatchObject([
    { at: start, actor: 'apigateway.amazonaws.com', action: 'sts:AssumeRole', resource: roleArn('sender') },
  ]);
});

test('a role that may not send gets 502 for its caller, and nothing is queued', async () => {
  const { world, request, queued } = receiver({
    aws_iam_role_policy: { sender: { policy: policyText(allow('sqs:SendMessage', queueArn('other'))) } },
  });

  const answer = await request();

  expect([answer.status, answer.sqs?.status]).toEqual([502, 403]);
  expect(queued()).toEqual([]);
  expect(world.account()).toEqual(none);
  expect(world.access.denials).toMatchObject([{ actor: roleArn('sender'), action: 'sqs:SendMessage' }]);
});

test('a queue’s policy and its key are asked as well', async () => {
  const closed = receiver(queuePolicy('orders', denyAll('sqs:*', queueArn('orders'), { Sid: 'Closed' })));
  const encrypted = receiver(
    together(key('orders'), queue('orders', { kms_master_key_id: '${aws_kms_key.orders.arn}' })),
  );

  expect([(await closed.request()).status, (await encrypted.request()).status]).toEqual([502, 502]);
  expect(closed.world.access.denials[0]?.place).toContain('statement Closed');
  expect(encrypted.world.access.denials).toMatchObject([{ action: 'kms:GenerateDataKey' }]);
});

test('who is not let in gets 403, and it is kept with the address', async () => {
  const policy = policyText(
    allow('execute-api:Invoke', '*', { Principal: '*' }),
    denyAll('execute-api:Invoke', '*', {
      Sid: 'OnlyListed',
      Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } },
    }),
  );
  const { world, request, queued } = receiver(restApi('orders', policy));

  expect([(await request('{}', '192.0.2.1')).status, (await request('{}', '198.51.100.1')).status]).toEqual([
    202, 403,
  ]);
  expect(queued()).toHaveLength(1);
  expect(world.access.denials).toMatchObject([
    {
      at: start,
      actor: '198.51.100.1',
      action: 'execute-api:Invoke',
      resource: expect.stringMatching(/\/v1\/POST\/orders$/),
      place: expect.stringContaining('statement OnlyListed'),
    },
  ]);
});

test('SQS may answer with an error, and takes nothing then', async () => {
  const error = { status: 503, code: 'ServiceUnavailable', message: 'later' };
  let down = true;
  const { world, request, queued } = receiver(
    {},
    { faults: { sendMessage: () => (down ? error : undefined) } },
  );

  expect((await request()).sqs?.status).toBe(503);
  expect(queued()).toEqual([]);
  down = false;
  expect((await request()).sqs?.status).toBe(200);
  expect(world.account()).toEqual({ ...none, accepted: 1, waiting: 1 });
  expect(world.access.denials).toEqual([]);
});

test('the error of a role that may not send comes before a fault of SQS', async () => {
  const { request } = receiver(
    { aws_iam_role_policy: { sender: { policy: policyText(allow('sqs:SendMessage', queueArn('other'))) } } },
    { faults: { sendMessage: () => ({ status: 503, code: 'ServiceUnavailable', message: 'later' }) } },
  );

  expect((await request()).sqs?.status).toBe(403);
});

const messages = (resources: Resources = {}) => {
  const system = systemWith(
    together(
      queue('messages', { fifo_queue: true }),
      role('sender', 'apigateway.amazonaws.com', [allow('sqs:SendMessage', queueArn('messages.fifo'))]),
      webSocketApi('messages.fifo'),
      resources,
    ),
  );
  const { world, ...rest } = worldOf(system);
  const [api] = system.webSocketApis;
  const gateway = api && world.gateways.get(api);
  if (!gateway) throw new Error('no gateway');
  return { world, client: () => exampleClient(gateway), ...rest };
};

test('a WebSocket message is queued, and known by its request', () => {
  const { world, client } = messages();

  const { requestId } = client().send('{}');
  expect(world.account()).toEqual({ ...none, accepted: 1, waiting: 1 });
  world.ledger.delivered(requestId);

  expect(world.account()).toEqual({ ...none, accepted: 1, delivered: 1 });
});

test('what SQS takes for a repetition is accepted once', () => {
  const { world, client } = messages({
    aws_apigatewayv2_integration: {
      default: {
        request_templates: {
          $default: 'Action=SendMessage&MessageBody=x&MessageGroupId=g&MessageDeduplicationId=same',
        },
      },
    },
  });
  const { send } = client();

  const first = send('{}').sqs?.sent;
  world.ledger.delivered(first?.message.messageId ?? '');
  expect(send('{}').sqs?.sent?.duplicateOf).toBe(first?.message.messageId);

  expect(world.account()).toEqual({ ...none, accepted: 1, delivered: 1 });
});

test('someone else may put messages on a queue', () => {
  const { world } = worldOf(systemWith(together(queue('orders'), queue('ordered', { fifo_queue: true }))));
  const ids = ['one', 'two'].map((body) => world.putOn(queueArn('ordered.fifo'), body));
  world.putOn(queueArn('orders'), 'plain');

  const held = world.queue(queueArn('ordered.fifo')).messages();
  expect(held.map(({ messageId }) => messageId)).toEqual(ids);
  expect(held.map(({ body }) => body)).toEqual(['one', 'two']);
  expect(world.account()).toEqual({ ...none, accepted: 3, waiting: 3 });
  expect(world.account(queueArn('orders'))).toEqual({ ...none, accepted: 1, waiting: 1 });
});

test('two messages of the same content that someone puts on a FIFO queue are two', () => {
  const deduplicating = { fifo_queue: true, content_based_deduplication: true };
  const { world } = worldOf(systemWith(queue('ordered', deduplicating)));
  world.putOn(queueArn('ordered.fifo'), 'same');
  world.putOn(queueArn('ordered.fifo'), 'same');

  expect(world.queue(queueArn('ordered.fifo')).messages()).toHaveLength(2);
});

test('there are no queues but those of the system', () => {
  const { world } = worldOf(systemWith(queue('orders')));

  expect([...world.queues.keys()]).toEqual([queueArn('orders')]);
  expect(() => world.queue(queueArn('other'))).toThrow(`no queue ${queueArn('other')}`);
});

test('queues outside the stacks are at work too', () => {
  const theirs = queueArn('theirs', '444455556666');
  const { world } = worldOf(
    systemWith(queue('orders'), { ...nothingWanted, existingQueues: [{ arn: theirs, keyArn: undefined }] }),
  );
  world.putOn(theirs, 'hello');

  expect(world.queue(theirs).counts().visible).toBe(1);
});

test('a message that is received too often is dead-lettered, and redriven it waits again', async () => {
  const { world, pass } = worldOf(systemWith(redriven('orders', 1)));
  world.putOn(queueArn('orders'), 'poison');
  const orders = world.queue(queueArn('orders'));
  orders.receive({ maxMessages: 1 });
  await pass(31 * second);
  expect(orders.receive({ maxMessages: 1 })).toEqual([]);

  expect(world.account()).toEqual({ ...none, accepted: 1, deadLettered: 1 });
  world.redrive(queueArn('orders'));
  expect(orders.messages()).toMatchObject([{ body: 'poison' }]);
  expect(world.account()).toEqual({ ...none, accepted: 1, waiting: 1 });
});

test('a queue without dead letters has nothing to redrive', () => {
  const { world } = worldOf(systemWith(queue('orders')));
  world.putOn(queueArn('orders'), 'hello');
  world.redrive(queueArn('orders'));

  expect(world.account()).toEqual({ ...none, accepted: 1, waiting: 1 });
});

test('the same seed gives the same ids, and another one others', async () => {
  const ids = async (seed: string) => (await receiver({}, { seed }).request()).requestId;

  expect(await ids('a')).toBe(await ids('a'));
  expect(await ids('a')).not.toBe(await ids('b'));
});

test('worlds of one system know nothing of each other', () => {
  const system = systemWith(together(queue('orders'), sender, restApi('orders')));
  const [one, two] = [worldOf(system).world, worldOf(system).world];
  one.putOn(queueArn('orders'), 'hello');

  expect(two.account()).toEqual(none);
  expect(two.queue(queueArn('orders')).messages()).toEqual([]);
});
