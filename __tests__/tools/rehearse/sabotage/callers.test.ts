import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { rehearse } from '../../../../tools/rehearse/rehearsal';
import { rehearsalInputs } from '../../../../tools/rehearse/rehearse-all';
import { synthesizeAll } from '../../../../tools/synth/synthesize';
import { exampleCallback, exampleEnvironment } from '../../../stacks/example-environment';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'callers-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const environment: Environment = {
  ...exampleEnvironment,
  callbackReceiver: {
    privateEndpoint: { vpcEndpointIds: ['vpce-01234567'] },
    callbacks: [
      {
        ...exampleCallback,
        authorization: { kind: 'aws-iam', callerRoleArns: ['arn:aws:iam::111122223333:role/sender'] },
        apiKey: { quota: { requests: 5, period: 'DAY' } },
      },
    ],
  },
};
const [input] = rehearsalInputs(synthesizeAll(folder, [environment]), folder);
if (!input) throw new Error('nothing was synthesized');

/** What does not hold with the plan's JSON changed. */
async function failures(scenario: string, change: (json: string) => string): Promise<readonly string[]> {
  const stacks = input?.stacks.map((stack) => {
    const json = JSON.stringify(stack.configuration);
    return { ...stack, configuration: JSON.parse(change(json)) };
  });
  const played = await rehearse({ ...input, stacks } as NonNullable<typeof input>, {
    seed: 'sabotage',
    scenario: `callback/${scenario}`,
  });
  expect(played.scenarios).toHaveLength(1);
  return [...played.problems, ...(played.scenarios[0]?.failures ?? []).map(({ what }) => what)];
}

test.each(['api-key', 'signed', 'private', 'arrives'])('as it is, callback/%s holds', async (scenario) => {
  expect(await failures(scenario, (json) => json)).toEqual([]);
});

test.each([
  ['api-key', '"api_key_required":true', '"api_key_required":false', /without a key gets 403: 200/],
  ['api-key', '"limit":5', '"limit":6', /one request above the quota gets 429: 200/],
  [
    'api-key',
    '"stage":"${aws_api_gateway_stage.stage.stage_name}"',
    '"stage":"other"',
    /who has the key gets 2xx/,
  ],
  [
    'signed',
    '"test":"ArnNotEquals","values":["arn:aws:iam::111122223333:role/sender"]',
    '"test":"ArnEquals","values":["arn:aws:iam::111122223333:role/nobody"]',
    /signed by arn:aws:iam::111122223333:role\/rehearsed-and-not-listed gets 403: 200/,
  ],
  ['signed', '"authorization":"AWS_IAM"', '"authorization":"NONE"', /is accepted: 403/],
  ['private', 'aws:VpcSourceIp', 'aws:SourceIp', /through vpce-01234567 it is accepted: 403/],
  ['private', '"PRIVATE"', '"REGIONAL"', /through vpce-01234567 it is accepted: 403/],
])('callback/%s fails with %s turned into %s', async (scenario, from, to, told) => {
  const what = await failures(scenario, (json) => {
    expect(json).toContain(from);
    return json.replaceAll(from, to);
  });
  expect(what.join('\n')).toMatch(told);
});
