import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Deployment, GitHubServer } from './github-server';
import { type Ended, runScript } from './script';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'last-deployed-'));
let commits: readonly string[];
let server: GitHubServer;

beforeAll(() => {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  commits = ['first', 'second'].map((message) => {
    git('commit', '--quiet', '--allow-empty', '--no-gpg-sign', '-m', message);
    return git('rev-parse', 'HEAD');
  });
});
beforeEach(async () => {
  server = await new GitHubServer().start();
});
afterEach(() => server.stop());
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const lastDeployed = (deployments: readonly Omit<Deployment, 'id'>[]): Promise<Ended> => {
  server.deployments = deployments.map((deployment, id) => ({ id, ...deployment }));
  return runScript('last-deployed.mjs', ['prod'], { cwd: folder, environment: server.environment });
};

it('what was last deployed is the newest that was a success, of that environment', async () => {
  const [first = '', second = ''] = commits;
  const { code, said } = await lastDeployed([
    { environment: 'prod', sha: second, states: ['waiting'] },
    { environment: 'prod', sha: second, states: ['failure', 'in_progress'] },
    { environment: 'dev', sha: second, states: ['success'] },
    { environment: 'prod', sha: first, states: ['inactive', 'success', 'in_progress'] },
    { environment: 'prod', sha: second, states: ['inactive', 'success'] },
  ]);
  expect({ code, said }).toEqual({ code: 0, said: `commit=${first}\n` });
});

it('it is looked for on every page', async () => {
  const [first = '', second = ''] = commits;
  const failed = Array.from({ length: 120 }, () => ({
    environment: 'prod',
    sha: second,
    states: ['failure'],
  }));
  const { said } = await lastDeployed([...failed, { environment: 'prod', sha: first, states: ['success'] }]);
  expect(said).toBe(`commit=${first}\n`);
});

it('where nothing was, what is deployed is compared with nothing', async () => {
  expect(await lastDeployed([])).toEqual({
    code: 0,
    said: 'nothing was deployed to prod yet: the plans are all there is to review\ncommit=HEAD\n',
  });
});

it('a commit that is no more is compared with nothing', async () => {
  const gone = 'f'.repeat(40);
  expect(await lastDeployed([{ environment: 'prod', sha: gone, states: ['success'] }])).toEqual({
    code: 0,
    said: `${gone} was deployed to prod, and is not in this clone: it is compared with nothing\ncommit=HEAD\n`,
  });
});

it('where GitHub does not say, it is an error', async () => {
  server.faults = [{ request: /^GET/, status: 403 }];
  expect(await lastDeployed([])).toEqual({
    code: 1,
    said: '::error::GET /repos/example-org/message-gateway/deployments?environment=prod&per_page=100: HTTP 403: Something went wrong\n',
  });
});
