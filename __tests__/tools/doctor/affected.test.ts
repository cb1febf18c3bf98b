import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { affectedBy } from '../../../tools/doctor/affected';
import { readPlan } from '../../../tools/plan/plan';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { environments } from '../../fixtures/environments';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'affected-'));
const stacks = synthesizeAll(scratch, environments);
fs.rmSync(scratch, { recursive: true, force: true });

const affectedIn = (environment: string) =>
  affectedBy(
    stacks
      .filter((stack) => stack.environment.name === environment)
      .map(({ id, configuration }) => readPlan(id, configuration)),
  );
const queue = (name: string) => `arn:aws:sqs:ap-northeast-2:444455556666:${name}`;
const role = (name: string) => `arn:aws:iam::444455556666:role/${name}`;

test.each([
  [
    'prod-delivery-results',
    [
      ['callback', 'POST /v1/bizppurio/delivery-results', 'prod-delivery-results-to-queue'],
      ['pipe', 'pipe prod-delivery-results', 'prod-delivery-results-role'],
    ],
  ],
  [
    'prod-websocket-messages.fifo',
    [
      ['websocket', 'WebSocket API prod-websocket-reply', 'prod-websocket-messages-to-queue'],
      ['function', 'function prod-websocket-reply', 'prod-websocket-reply-role'],
    ],
  ],
  ['prod-inbound-sms', [['callback', 'POST /v1/carrier/inbound-sms', 'prod-inbound-sms-to-queue']]],
])('at the queue %s are its sender and its consumer, of whichever stack', (name, actors) => {
  const affected = affectedIn('prod');
  expect(affected.at(queue(name))).toEqual(
    actors.map(([kind, who, roleName = '']) => ({
      kind,
      name: who,
      roleArn: role(roleName),
      queueArn: queue(name),
    })),
  );
  for (const [, who, roleName = ''] of actors) {
    expect(affected.as(role(roleName)).map((actor) => actor.name)).toEqual([who]);
  }
});

test('nobody is at a queue, or acts as a role, that the environment does not have', () => {
  expect(affectedIn('dev').at(queue('prod-inbound-sms'))).toEqual([]);
  expect(affectedIn('dev').as(role('prod-inbound-sms-to-queue'))).toEqual([]);
});
