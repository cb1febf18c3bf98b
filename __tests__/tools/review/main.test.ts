import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { checkout } from '../../support/checkout';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'review-main-'));
const project = path.join(scratch, 'project');
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const git = (...args: readonly string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...args],
    {
      cwd: project,
      encoding: 'utf8',
    },
  );
const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['synthesis/run.mjs', 'tools/review/main.ts', ...args], {
    cwd: project,
    encoding: 'utf8',
  });
/** Two rehearsals, beside other tests. */
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const review = (...args: readonly string[]) => run('--base', 'main', '--messages', '1', ...args);
const edit = (file: string, from: string, to: string) => {
  const text = fs.readFileSync(path.join(project, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  fs.writeFileSync(path.join(project, file), text.replace(from, to));
};
const synth = () =>
  execFileSync(process.execPath, ['synthesis/run.mjs', 'tools/synth/main.ts'], {
    cwd: project,
    stdio: 'ignore',
  });

/** One environment with one callback: a rehearsal of seconds. */
const environment = `import type { Environment } from './environment';
export const environments: readonly Environment[] = [
  {
    name: 'dev',
    accountId: '111122223333',
    region: 'ap-northeast-2',
    state: { kind: 'local' },
    callbackReceiver: {
      callbacks: [{ name: 'orders', path: '/orders', allowList: ['203.0.113.0/25'], schema: { type: 'object' } }],
    },
  },
];
`;

const year = new Date(Date.now() + 300 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
const waivers = [
  ['rest-method-authorization', 'aws_api_gateway_method.*'],
  ['rest-stage-web-acl', 'aws_api_gateway_stage.stage'],
].map(([rule, resource]) => ({
  rule,
  resource: `dev-callback-receiver: ${resource}`,
  reason: 'senders know no keys, and the allow-list guards',
  expires: year,
}));

beforeAll(() => {
  checkout(project);
  fs.writeFileSync(path.join(project, 'environments/index.ts'), environment);
  fs.writeFileSync(path.join(project, 'waivers.json'), JSON.stringify(waivers));
  fs.writeFileSync(path.join(project, '.gitignore'), 'node_modules\ncdktf.out\n');
  synth();
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-q', '-m', 'base');
  git('checkout', '-q', '-b', 'feature');
});
afterEach(() => {
  git('checkout', '-q', '.');
  git('clean', '-q', '-fd');
});

describe('npm run review', () => {
  it('finds nothing to decide where nothing changes, and leaves nothing behind', () => {
    const { status, stdout, stderr } = review();
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(
      /^<!-- apigw-sqs-cdktf review -->\n\n# Fine\n\nNothing that is deployed changes\.\n/,
    );
    expect(stdout).toMatch(
      /`dev` held: \d+ scenarios, [\d,]+ messages, 0 lost; 3 permissions without which a flow breaks/,
    );
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(git('status', '--short')).toBe('');
  });

  it('ends with 3 where someone has to decide, tells what Terraform plans, and no secret of it', () => {
    edit('environments/index.ts', '203.0.113.0/25', '203.0.113.0/24');
    synth();
    const plan = path.join(scratch, 'dev-callback-receiver.json');
    fs.writeFileSync(plan, JSON.stringify(planWithSecrets));
    const out = path.join(scratch, 'review.md');
    const { status, stdout, stderr } = review('--plan', plan, '--out', out);
    expect({ status, stdout, stderr }).toEqual({ status: 3, stdout: '', stderr: '' });
    const markdown = fs.readFileSync(out, 'utf8');
    expect(markdown).toContain('# Needs attention');
    expect(markdown).toContain('203.0.113.0/24');
    expect(markdown).toContain('By Terraform’s plans.');
    expect(markdown).not.toContain('hunter2hunter2');
    expect(markdown).toContain('(sensitive 1)');
    expect(fs.existsSync(path.join(scratch, 'review.whole.md'))).toBe(false);
  });

  it('ends with 1 and the faults where the change does not synthesize', () => {
    edit('environments/index.ts', '203.0.113.0/25', '203.0.113.1/25');
    const { status, stdout } = review();
    expect(status).toBe(1);
    expect(stdout).toContain('# Broken');
    expect(stdout).toContain('dev: callbackReceiver.callbacks[0].allowList[0]: "203.0.113.1/25"');
  });

  it('ends with 1 where synthesized/ is not what would be deployed', () => {
    edit('environments/index.ts', "'/orders'", "'/order'");
    const { status, stdout } = review('--json');
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'broken',
      base: expect.stringMatching(/^main \([0-9a-f]{7}\)$/),
      head: 'the working tree',
      changed: true,
      concerns: [
        { level: 'broken', text: expect.stringContaining('leaves synthesized/ stale in 1 file') },
        ...[expect.anything(), expect.anything(), expect.anything()],
      ],
    });
  });

  it('ends with 2 and the way out where it cannot review', () => {
    expect(run('--base', 'no-such')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('--base no-such: git knows no such commit'),
    });
    expect(run()).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('Usage: npm run --silent review'),
    });
    expect(review('--env', 'staging')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('--env staging: there is no such environment; there are dev'),
    });
  });

  it('takes its worktree away when it is interrupted', async () => {
    const child = spawn(process.execPath, ['synthesis/run.mjs', 'tools/review/main.ts', '--base', 'main'], {
      cwd: project,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const worktree = await vi.waitFor(
      () => {
        const [, added = ''] = git('worktree', 'list', '--porcelain').match(/^worktree .*$/gm) ?? [];
        expect(added).not.toBe('');
        return added.replace('worktree ', '');
      },
      { timeout: 60_000 },
    );
    child.kill('SIGINT');
    expect(await ended).toBe(130);
    expect(fs.existsSync(worktree)).toBe(false);
    git('worktree', 'prune');
  });

  it('explains itself', () => {
    expect(run('--help')).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Usage: npm run --silent review/),
    });
  });
});

/** As `terraform show -json` writes them, marked and not. */
const planWithSecrets = {
  format_version: '1.2',
  resource_changes: [
    {
      address: 'aws_api_gateway_rest_api_policy.api_policy',
      mode: 'managed',
      type: 'aws_api_gateway_rest_api_policy',
      name: 'api_policy',
      change: { actions: ['update'], before: { policy: 'a' }, after: { policy: 'b' } },
    },
    {
      address: 'aws_sqs_queue.orders_queue',
      mode: 'managed',
      type: 'aws_sqs_queue',
      name: 'orders_queue',
      change: {
        actions: ['update'],
        before: { name: 'dev-orders', tags: { owner: 'a-team' } },
        after: { name: 'dev-orders', tags: { owner: 'hunter2hunter2' } },
        after_sensitive: { tags: { owner: true } },
      },
    },
  ],
  output_changes: { key: { actions: ['create'], after: 'hunter2hunter2', after_sensitive: true } },
};
