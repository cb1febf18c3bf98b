import { expect, test } from 'vitest';
import type { Network } from '../../../../tools/rehearse/simulation/network';
import {
  consumersOf,
  functionArn,
  grants,
  outside,
  pipe,
  pipeArn,
  toFunction,
  worker,
} from './example-consumers';
import { allow, consuming, role, roleArn, together } from './example-stacks';
import { minute } from './example-world';

test('a pipe takes messages to a function that someone else owns', async () => {
  const { taken, functions } = outside();
  const { world, pass, queued, put } = consumersOf(pipe, [], { functions });
  world.start();
  const messageId = put('hello');
  await pass(minute);

  expect(taken).toMatchObject([[{ messageId, body: 'hello' }]]);
  expect(queued()).toEqual([]);
  expect(world.account()).toMatchObject({ delivered: 1, lost: [] });
  expect(world.consumers.problems()).toEqual([]);
});

test('a function that neither a stack makes nor anyone gives is not simulated', () => {
  const { world } = consumersOf(pipe, []);

  expect(() => world.start()).toThrow(`${functionArn}: a function that no stack makes is not simulated`);
});

test('a function of the system shows by what it does that a message has arrived', async () => {
  const { world, pass, said, queued, put } = consumersOf(
    together(pipe, role('worker', 'lambda.amazonaws.com')),
    [worker()],
  );
  world.start();
  const messageId = put('hello');
  await pass(minute);

  expect(said()).toEqual(['hello']);
  expect(queued()).toEqual([]);
  expect(world.account()).toMatchObject({ delivered: 0, lost: [messageId] });
});

test('what a pipe’s filter lets pass by is dropped', async () => {
  const { taken, functions } = outside();
  const filter = { filter_criteria: { filter: [{ pattern: '{"body":{"kind":["a"]}}' }] } };
  const { world, pass, put } = consumersOf(
    together(pipe, { aws_pipes_pipe: { relay: { source_parameters: filter } } }),
    [],
    { functions },
  );
  world.start();
  put('{"kind":"a"}');
  put('{"kind":"b"}');
  await pass(minute);

  expect(taken).toHaveLength(1);
  expect(world.account()).toMatchObject({ delivered: 1, dropped: 1, waiting: 0, lost: [] });
});

test.each([
  ['account', { StringEquals: { 'aws:SourceAccount': '444455556666' } }],
  ['pipe', { ArnEquals: { 'aws:SourceArn': `${pipeArn}-other` } }],
])('a pipe whose role trusts another %s takes nothing, and says so', async (_what, condition) => {
  const { world, pass, queued, put } = consumersOf(
    together(pipe, role('relay', 'pipes.amazonaws.com', [], condition)),
    [],
    outside(),
  );
  world.start();
  put('hello');
  await pass(minute);

  expect(queued()).toHaveLength(1);
  expect(world.consumers.problems()).toEqual([
    {
      place: 'dev: aws_pipes_pipe.relay',
      what: `EventBridge Pipes cannot assume the role ${roleArn('relay')}`,
    },
  ]);
});

test('a pipe that may not receive stands still, and says so', async () => {
  const { taken, functions } = outside();
  const { world, pass, queued, put } = consumersOf(together(pipe, grants('relay', toFunction)), [], {
    functions,
  });
  world.start();
  put('hello');
  await pass(minute);

  expect([taken.length, queued().length]).toEqual([0, 1]);
  expect(world.consumers.problems()).toMatchObject([
    { place: 'dev: aws_pipes_pipe.relay', what: expect.stringContaining('sqs:getqueueattributes') },
  ]);
});

test('a pipe that may not invoke its target delivers nothing, and says so', async () => {
  const { taken, functions } = outside();
  const { world, pass, queued, put } = consumersOf(together(pipe, grants('relay', consuming('orders'))), [], {
    functions,
  });
  world.start();
  put('hello');
  await pass(minute);

  expect([taken.length, queued().length]).toEqual([0, 1]);
  expect(world.consumers.problems()).toMatchObject([
    {
      place: 'dev: aws_pipes_pipe.relay',
      what: expect.stringContaining(`perform: lambda:InvokeFunction on resource: ${functionArn}`),
    },
  ]);
  expect(world.access.denials).toContainEqual(expect.objectContaining({ action: 'lambda:InvokeFunction' }));
});

const destination = together(pipe, {
  aws_cloudwatch_event_connection: {
    c: {
      name: 'c',
      authorization_type: 'API_KEY',
      auth_parameters: { api_key: { key: 'X-Api-Key', value: 'secret' } },
    },
  },
  aws_cloudwatch_event_api_destination: {
    d: {
      name: 'd',
      connection_arn: '${aws_cloudwatch_event_connection.c.arn}',
      http_method: 'POST',
      invocation_endpoint: 'https://subscriber.example.com/orders',
    },
  },
  aws_pipes_pipe: {
    relay: {
      target: '${aws_cloudwatch_event_api_destination.d.arn}',
      source_parameters: { sqs_queue_parameters: { batch_size: 1 } },
      target_parameters: { input_template: '{"data":<$.body>}' },
    },
  },
});

const toDestination = allow('events:InvokeApiDestination', '*');

/** A server that takes everything. */
function server() {
  const bodies: string[] = [];
  const network: Network = ({ body }, answer) => {
    bodies.push(body.toString());
    answer({ status: 200, headers: new Map(), body: Buffer.alloc(0) });
    return () => {};
  };
  return { bodies, servers: new Map([['subscriber.example.com', network]]) };
}

test('a pipe takes messages to a server', async () => {
  const { bodies, servers } = server();
  const { world, pass, put } = consumersOf(
    together(destination, grants('relay', consuming('orders'), toDestination)),
    [],
    { servers },
  );
  world.start();
  put('hello');
  await pass(minute);

  expect(bodies).toEqual(['{"data":"hello"}']);
  expect(world.account()).toMatchObject({ delivered: 1, lost: [] });
});

test('to an API destination a pipe needs its own permission', async () => {
  const { bodies, servers } = server();
  const { world, pass, put } = consumersOf(
    together(destination, grants('relay', consuming('orders'), toFunction)),
    [],
    { servers },
  );
  world.start();
  put('hello');
  await pass(minute);

  expect(bodies).toEqual([]);
  expect(world.consumers.problems()).toMatchObject([
    {
      what: expect.stringMatching(
        /perform: events:InvokeApiDestination on resource: \S+:api-destination\/d\//,
      ),
    },
  ]);
});

test('a pipe at its end takes nothing more', async () => {
  const { taken, functions } = outside();
  const { world, pass, put } = consumersOf(pipe, [], { functions });
  world.start();
  world.consumers.stop();
  put('hello');
  await pass(minute);

  expect(taken).toEqual([]);
});
