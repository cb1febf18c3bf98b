import { expect, test } from 'vitest';
import { consumersOf, grants, mapping, pipe, worker } from './example-consumers';
import { allow, queueArn, role, together } from './example-stacks';
import { minute } from './example-world';

test('a mapping takes messages to its function, as the function’s role', async () => {
  const { world, pass, lines, said, queued, put } = consumersOf(mapping, [worker()]);
  world.start();
  put('hello');
  await pass(minute);

  expect(said()).toEqual(['hello']);
  expect(lines.every((line) => line.startsWith('worker '))).toBe(true);
  expect(queued()).toEqual([]);
  expect(world.consumers.problems()).toEqual([]);
  expect(world.access.denials).toEqual([]);
});

test('nothing is taken before the start, nor after the end', async () => {
  const { world, pass, said, put } = consumersOf(mapping, [worker()]);
  put('before');
  await pass(minute);
  expect(said()).toEqual([]);
  world.start();
  await pass(minute);
  world.consumers.stop();
  put('after');
  await pass(minute);

  expect(said()).toEqual(['before']);
});

test('a mapping that is not enabled takes nothing, and that is no problem', async () => {
  const off = { aws_lambda_event_source_mapping: { m: { enabled: false } } };
  const untrusted = role('worker', 'apigateway.amazonaws.com');
  const { world, pass, queued, put } = consumersOf(together(mapping, untrusted, off), [worker()]);
  world.start();
  put('hello');
  await pass(minute);

  expect(queued()).toHaveLength(1);
  expect(world.consumers.problems()).toEqual([]);
});

test('a function whose role does not trust Lambda gets nothing, and it is said', async () => {
  const untrusted = role('worker', 'apigateway.amazonaws.com');
  const { world, pass, queued, put } = consumersOf(together(mapping, untrusted), [worker()]);
  world.start();
  put('hello');
  await pass(minute);

  expect(queued()).toHaveLength(1);
  expect(world.consumers.problems()).toEqual([
    {
      place: 'dev: aws_lambda_event_source_mapping.m',
      what: 'The role defined for the function cannot be assumed by Lambda.',
    },
  ]);
  expect(world.access.denials).toMatchObject([{ actor: 'lambda.amazonaws.com', action: 'sts:AssumeRole' }]);
});

test.each(['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'])(
  'a mapping whose role lacks %s stands still, and says so',
  async (lacking) => {
    const others = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].filter(
      (action) => action !== lacking,
    );
    const { world, pass, queued, put } = consumersOf(
      together(mapping, grants('worker', allow(others, queueArn('orders')))),
      [worker()],
    );
    world.start();
    put('hello');
    await pass(minute);

    expect(queued()).toHaveLength(1);
    expect(world.consumers.problems()).toEqual([
      {
        place: 'dev: aws_lambda_event_source_mapping.m',
        what: expect.stringContaining(`perform: ${lacking.toLowerCase()} on resource: ${queueArn('orders')}`),
      },
    ]);
  },
);

test('a mapping that AWS would not make is a problem', () => {
  const { world } = consumersOf(mapping, [worker({ timeoutSeconds: 31 })]);
  world.start();

  expect(world.consumers.problems()).toMatchObject([
    {
      place: 'dev: aws_lambda_event_source_mapping.m',
      what: expect.stringContaining('less than Function timeout: 31 seconds'),
    },
  ]);
});

test('a mapping of a function that no stack has is refused', () => {
  const { world } = consumersOf(mapping, []);

  expect(() => world.start()).toThrow(
    'dev: aws_lambda_event_source_mapping.m: no stack has the function worker',
  );
});

test.each([
  [mapping, { aws_lambda_event_source_mapping: { m: { event_source_arn: queueArn('order') } } }],
  [pipe, { aws_pipes_pipe: { relay: { source: queueArn('order') } } }],
])('a consumer of a queue that is nowhere is refused', (resources, source) => {
  const { world } = consumersOf(together(resources, source), [worker()]);

  expect(() => world.start()).toThrow(
    /^dev: \S+: neither a stack nor the environment has the queue arn:aws:sqs:eu-central-1:111122223333:order$/,
  );
});
