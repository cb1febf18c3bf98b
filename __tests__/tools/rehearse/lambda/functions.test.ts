import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPlan } from '../../../../tools/plan/plan';
import { functionsOf } from '../../../../tools/rehearse/lambda/functions';
import { synthesizeAll } from '../../../../tools/synth/synthesize';
import { dev } from '../../../fixtures/environments/dev';
import { zipped } from './example-function';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'functions-'));
const { bytes, sha256Base64 } = zipped({ 'index.js': 'exports.handler = async () => {};' });

beforeAll(() => fs.writeFileSync(path.join(folder, 'f.zip'), bytes));
afterAll(() => fs.rmSync(folder, { recursive: true }));

const minimal = {
  function_name: 'dev-f',
  filename: 'f.zip',
  handler: 'index.handler',
  runtime: 'nodejs22.x',
  role: '${aws_iam_role.r.arn}',
};

const functions = (attributes: object) =>
  functionsOf(
    readPlan('dev-x', {
      provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] },
      resource: {
        aws_iam_role: { r: { name: 'dev-role' } },
        aws_cloudwatch_log_group: { l: { name: '/own/group' } },
        aws_lambda_function: { f: { ...minimal, ...attributes } },
      },
    }),
    folder,
  );

test('the functions of the shipped environments are read with their archives', () => {
  const synthesized = synthesizeAll(path.join(folder, 'out'), [dev]);
  const found = synthesized.flatMap(({ id, configuration }) =>
    functionsOf(readPlan(id, configuration), path.join(folder, 'out', 'stacks', id)),
  );

  expect(found.map(({ functionName }) => functionName).sort()).toEqual(
    expect.arrayContaining(['dev-websocket-reply']),
  );
  const reply = found.find(({ functionName }) => functionName === 'dev-websocket-reply');
  expect(reply).toMatchObject({
    arn: expect.stringMatching(/^arn:aws:lambda:[\w-]+:\d{12}:function:dev-websocket-reply$/),
    handler: 'index.handler',
    architecture: 'arm64',
    logGroupName: '/aws/lambda/dev-websocket-reply',
  });
  expect(reply?.variables.get('CONNECTIONS_ENDPOINT')).toMatch(
    /^https:\/\/[a-z0-9]{10}\.execute-api\.[\w-]+\.amazonaws\.com\/\w+$/,
  );
});

test('what a function does not say is what Lambda takes', () => {
  expect(functions({})).toEqual([
    {
      address: 'dev-x: aws_lambda_function.f',
      arn: 'arn:aws:lambda:eu-central-1:111122223333:function:dev-f',
      functionName: 'dev-f',
      region: 'eu-central-1',
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      architecture: 'x86_64',
      archive: { file: path.join(folder, 'f.zip'), sha256Base64, bytes: expect.anything() },
      timeoutSeconds: 3,
      memoryMegabytes: 128,
      reservedConcurrency: undefined,
      roleArn: 'arn:aws:iam::111122223333:role/dev-role',
      logGroupName: '/aws/lambda/dev-f',
      variables: new Map(),
    },
  ]);
});

test('what it says is read, blocks as one and as a list', () => {
  const said = {
    timeout: 900,
    memory_size: 10_240,
    reserved_concurrent_executions: 0,
    architectures: ['arm64'],
    source_code_hash: sha256Base64,
    logging_config: [{ log_format: 'Text', log_group: '${aws_cloudwatch_log_group.l.name}' }],
    environment: [{ variables: { ROLE: '${aws_iam_role.r.arn}', NUMBER: 5, FLAG: true } }],
  };

  expect(functions(said)).toMatchObject([
    {
      timeoutSeconds: 900,
      memoryMegabytes: 10_240,
      reservedConcurrency: 0,
      architecture: 'arm64',
      logGroupName: '/own/group',
      variables: new Map([
        ['ROLE', 'arn:aws:iam::111122223333:role/dev-role'],
        ['NUMBER', '5'],
        ['FLAG', 'true'],
      ]),
    },
  ]);
  expect(functions({ reserved_concurrent_executions: -1 })).toMatchObject([
    { reservedConcurrency: undefined },
  ]);
});

test.each([
  [{ source_code_hash: 'wrong=' }, `"source_code_hash" is wrong=, the archive f.zip has ${sha256Base64}`],
  [{ filename: 'none.zip' }, '"filename" is "none.zip", and there is no such file'],
  [{ timeout: 901 }, '"timeout" is 901; Lambda takes whole numbers from 1 to 900'],
  [{ timeout: 0 }, '"timeout" is 0'],
  [{ memory_size: 64 }, '"memory_size" is 64; Lambda takes whole numbers from 128 to 10240'],
  [{ reserved_concurrent_executions: -2 }, '"reserved_concurrent_executions" is -2'],
  [{ architectures: ['arm64', 'x86_64'] }, 'Lambda takes one of x86_64 and arm64'],
  [{ architectures: ['riscv'] }, 'Lambda takes one of x86_64 and arm64'],
  [{ environment: { variables: { AWS_REGION: 'x' } } }, 'the variable AWS_REGION, which only Lambda sets'],
  [{ environment: { variables: { 'a-b': 'x' } } }, 'the variable a-b, and names of variables'],
  [{ environment: { variables: { A: 'x' } } }, 'the variable A, and names of variables'],
  [{ environment: { variables: { LIST: [] } } }, 'the variable LIST is [], which is no text'],
  [{ environment: { variables: { BIG: 'x'.repeat(4094) } } }, 'of 4097 bytes; Lambda takes 4096'],
  [{ role: null }, 'has no "role"'],
])('%j is refused', (attributes, reason) => {
  expect(() => functions(attributes)).toThrow(reason);
  expect(() => functions(attributes)).toThrow(/^dev-x: aws_lambda_function\.f/);
});

test.each([
  [{ runtime: 'python3.13' }, 'the runtime python3.13'],
  [{ package_type: 'Image' }, 'a function that is a container image'],
  [{ publish: true }, 'a published version'],
  [{ layers: ['arn'] }, 'its attribute "layers"'],
  [{ vpc_config: {} }, 'its attribute "vpc_config"'],
])('%j is not simulated', (attributes, what) => {
  expect(() => functions(attributes)).toThrow(`dev-x: aws_lambda_function.f: ${what} is not simulated`);
});
