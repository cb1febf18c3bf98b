import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkout } from '../../support/checkout';

const execute = promisify(execFile);

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'doctor-'));
const project = path.join(scratch, 'project');
beforeAll(() => void checkout(project), 60_000);
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

/** Runs the command as a user does, without a terminal and without anyone's credentials. */
async function doctor(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { PATH = '', HOME = '' } = process.env;
  const env = {
    PATH,
    HOME,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    ...environment,
  };
  try {
    const command = ['synthesis/run.mjs', 'tools/doctor/main.ts', ...args];
    return { exitCode: 0, ...(await execute(process.execPath, command, { cwd: project, env })) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { exitCode: code, stdout, stderr };
  }
}

const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };

describe.concurrent('the command', () => {
  test('--help goes to standard output', async () => {
    const { exitCode, stdout, stderr } = await doctor(['--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: npm run doctor -- <environment> \[options\]\n/);
  });

  test.each([
    [[], 'which environment? npm run doctor -- <environment>'],
    [['stage'], 'there is no environment stage; there are dev, prod'],
    [
      ['dev', '--stack', 'dev-queue'],
      '--stack dev-queue: dev has no such stack; it has dev-callback-receiver, dev-websocket-reply, dev-subscriber-pipe',
    ],
  ])('%j is refused with what there is, and the usage', async (args, message) => {
    const { exitCode, stdout, stderr } = await doctor(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.split('\n\n')).toEqual([
      message,
      expect.stringMatching(/^Usage: /),
      expect.anything(),
      expect.anything(),
    ]);
  });

  test('without credentials it says so, and what to do', async () => {
    const { exitCode, stdout, stderr } = await doctor(['dev']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe(
      [
        'sts:GetCallerIdentity on * got no answer: CredentialsProviderError: Could not load credentials from any providers',
        'There are no credentials: set AWS_PROFILE or give --profile, after `aws sso login` where that is in use',
        '',
      ].join('\n'),
    );
  });

  test('without a connection it says so', { timeout: 30_000 }, async () => {
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${await closedPort()}`;
    const { exitCode, stderr } = await doctor(['prod'], { ...keys, AWS_ENDPOINT_URL });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).toContain('No connection came about');
  });

  test('--policy asks AWS nothing, and prints JSON that is smaller than IAM’s limit', async () => {
    const { exitCode, stdout, stderr } = await doctor(['prod', '--policy']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const { Version, Statement } = JSON.parse(stdout);
    expect(Version).toBe('2012-10-17');
    const actions: readonly string[] = Statement.flatMap(({ Action }: { Action: string[] }) => Action);
    // It only reads.
    expect(actions.filter((action) => !/^\w+:(Get|List|Describe|GET)/.test(action))).toEqual([]);
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(JSON.parse(stdout)).length).toBeLessThanOrEqual(6_144);
  });

  test('--policy --probe adds what a probe does, and nothing else that writes', async () => {
    const { stdout } = await doctor(['dev', '--policy', '--probe']);
    const { Statement } = JSON.parse(stdout);
    const writing = Statement.flatMap(({ Action }: { Action: string[] }) => Action).filter(
      (action: string) => !/^\w+:(Get|List|Describe|GET)/.test(action),
    );
    expect(writing).toEqual(['s3:DeleteObjectVersion']);
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
