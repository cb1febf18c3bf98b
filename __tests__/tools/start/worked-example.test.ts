import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { allHeld, reportOf } from '../../../tools/start/report';
import { workedExample } from '../../../tools/start/worked-example';
import { type SynthesizedStack, synthesizeAll } from '../../../tools/synth/synthesize';
import { styleFor } from '../../../tools/terminal';
import { environments } from '../../fixtures/environments';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'example-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const stacks = synthesizeAll(folder, environments);
const plain = styleFor({}, {});

/** The stacks after a change of one's JSON. */
const changed = (id: string, change: (json: string) => string): readonly SynthesizedStack[] =>
  stacks.map((stack) =>
    stack.id === id
      ? { ...stack, configuration: JSON.parse(change(JSON.stringify(stack.configuration))) }
      : stack,
  );

test('environments in which the same happens share their lines', () => {
  const report = reportOf(workedExample(stacks), plain);

  expect(report.match(/RESULT is missing/g)).toHaveLength(1);
  expect(report).toMatch(
    / {2}dev-callback-receiver {3}POST .*\n {2}prod-callback-receiver {2}POST .*\n {2}✓ SMS/,
  );
});

test('what differs between environments is shown for each', () => {
  const example = workedExample(
    changed('prod-callback-receiver', (json) => json.replaceAll('203.0.113.0/24', '198.18.0.0/15')),
  );

  expect(reportOf(example, plain).match(/RESULT is missing/g)).toHaveLength(2);
});

test('a stack that is not understood is a problem by name, and the others are shown', () => {
  const example = workedExample(
    changed('prod-websocket-reply', (json) =>
      json.replace('"protocol_type"', '"ip_address_type":"ipv4","protocol_type"'),
    ),
  );

  expect(example.problems).toEqual([
    'prod-websocket-reply: aws_apigatewayv2_api.api: its attribute "ip_address_type" is not simulated',
  ]);
  expect(example.messages.map(({ stackId }) => stackId)).toEqual(['dev-websocket-reply']);
  expect(allHeld(example)).toBe(false);
});

test('a reference to nothing is a problem by name', () => {
  const example = workedExample(
    changed('dev-callback-receiver', (json) =>
      json.replaceAll('${aws_api_gateway_rest_api.api.id}', '${aws_api_gateway_rest_api.other.id}'),
    ),
  );

  expect(example.problems).toEqual([
    expect.stringMatching(
      /^dev-callback-receiver: .*\.other\.id} refers to nothing that the stack has; correct the reference$/,
    ),
  ]);
});

test('a stack without the API that its environment wants is a problem', () => {
  const without = stacks.filter(({ id }) => id !== 'dev-callback-receiver' && id !== 'prod-websocket-reply');

  expect(workedExample(without).problems).toEqual([
    'dev: no stack has a REST API for /bizppurio/delivery-results',
    'prod: no stack has a WebSocket API',
  ]);
});

test('where no environment has anything to do with the example, the report says so and nothing fails', () => {
  const example = workedExample([]);

  expect(reportOf(example, plain)).toMatch(
    /\n\nNo environment receives the callbacks or the message of the example\.$/,
  );
  expect(allHeld(example)).toBe(true);
});
