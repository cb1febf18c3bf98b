import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { functionArchive } from '../../synthesis/function-archive';
import { BucketServer } from './bucket-server';
import { ConnectionsServer, errors, ok } from './connections-server';
import { current, signedEvent } from './hmac-authorizer/signed-event';
import { failures, LAMBDA_ENVIRONMENT, parsedLines, record } from './lambda-event';
import { SecretsServer } from './secrets-server';

const api = new ConnectionsServer();
const s3 = new BucketServer();
const secretsManager = new SecretsServer();
const folder = mkdtempSync(path.join(tmpdir(), 'archives-'));

beforeAll(() => Promise.all([api.start(), s3.start(), secretsManager.start()]));

afterAll(async () => {
  await Promise.all([api.stop(), s3.stop(), secretsManager.stop()]);
  rmSync(folder, { recursive: true });
});

/** Stands in for Lambda's runtime: loads the unpacked archive, calls its handler, prints the result last. */
const RUNTIME = `
  const { handler } = require('./index.js');
  const context = { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => 30000 };
  handler(JSON.parse(process.argv[2]), context).then((result) => console.log(JSON.stringify(result)));
`;

/** Runs one event through an archive, in a folder that holds the archive's files and no packages. */
async function invoke(name: string, event: unknown, environment: Record<string, string>) {
  const unpacked = mkdtempSync(path.join(folder, `${name}-`));
  for (const [file, bytes] of Object.entries(unzipSync(functionArchive(name).bytes))) {
    writeFileSync(path.join(unpacked, file), bytes);
  }
  writeFileSync(path.join(unpacked, 'runtime.js'), RUNTIME);
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['runtime.js', JSON.stringify(event)],
    { cwd: unpacked, env: { ...LAMBDA_ENVIRONMENT, ...environment } },
  );
  const lines = parsedLines(stdout);
  return { result: lines.at(-1), logs: lines.slice(0, -1), stderr };
}

test('the reply function’s archive runs a batch without any package around it', async () => {
  api.expect(({ connectionId }) => (connectionId === 'b=' ? errors.gone : ok));
  const to = (id: string, connectionId: string) =>
    record({ id, group: id, body: '{"text":"고객 🙂"}', attributes: { connectionId, requestId: `r-${id}` } });

  const { result, logs, stderr } = await invoke(
    'websocket-reply',
    { Records: [to('m1', 'a='), to('m2', 'b='), record({ id: 'm3', group: 'm3' })] },
    { CONNECTIONS_ENDPOINT: `${api.origin}/dev` },
  );

  expect(result).toEqual(failures('m3'));
  expect(api.posts.map(({ path, body }) => [path, body]).sort()).toEqual([
    [
      '/dev/@connections/a%3D',
      '{"connectionId":"a=","requestId":"r-m1","message":"{\\"text\\":\\"고객 🙂\\"}"}',
    ],
    [
      '/dev/@connections/b%3D',
      '{"connectionId":"b=","requestId":"r-m2","message":"{\\"text\\":\\"고객 🙂\\"}"}',
    ],
  ]);
  expect(logs.at(-1)).toMatchObject({ message: 'batch finished', sent: 1, gone: 1, failed: 1 });
  expect(stderr).toBe('');
});

test('the archive function’s archive runs a batch without any package around it', async () => {
  s3.expect(() => 'store');

  const { result, stderr } = await invoke(
    'archive-to-s3',
    [record({ id: 'm1', body: '{"CMSGID":"a#1"}' }), record({ id: 'm2', body: '{}' })],
    { BUCKET_NAME: 'archive', MESSAGE_KEY_FIELD: 'CMSGID', AWS_ENDPOINT_URL_S3: s3.origin },
  );

  expect(result).toEqual(failures('m2'));
  expect(Object.fromEntries(s3.objects)).toEqual({
    '/archive/a!231': { body: '{"CMSGID":"a#1"}', contentType: 'application/json', messageId: 'm1' },
  });
  expect(stderr).toBe('');
});

test('the authorizer’s archive checks a request without any package around it', async () => {
  secretsManager.stages = { AWSCURRENT: current };
  const variables = { SECRET_ARN: 'arn:of:it', AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.origin };
  const timestamp = Math.floor(Date.now() / 1000);

  const right = await invoke('hmac-authorizer', signedEvent({ timestamp }), variables);
  const wrong = await invoke('hmac-authorizer', signedEvent({ timestamp: timestamp - 900 }), variables);

  expect(right.result).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Allow' }] } });
  expect(wrong.result).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } });
  expect(right.stderr + wrong.stderr).toBe('');
});

test('without credentials in its environment an archive says which are missing', async () => {
  const { result, logs } = await invoke('archive-to-s3', [record({ id: 'm1' })], {
    BUCKET_NAME: 'archive',
    AWS_ENDPOINT_URL_S3: s3.origin,
    AWS_ACCESS_KEY_ID: '',
  });

  expect(result).toEqual(failures('m1'));
  expect(logs[0]).toMatchObject({
    reason: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: Lambda sets them from the role.',
  });
});
