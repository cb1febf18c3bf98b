import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { buildApp, synthesizeApp } from '../../stacks/app';
import { dev } from '../fixtures/environments/dev';
import { prod } from '../fixtures/environments/prod';
import { runScript } from './script';
import { type SynthesizedStack, writeStacks } from './synthesized-stacks';

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'deployment-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const cloud = { cloud: { organization: 'example-org', workspaces: { name: 'x' } } };

function deployment(stacks: readonly SynthesizedStack[], ...args: readonly string[]) {
  const cwd = fs.mkdtempSync(path.join(scratch, 'project-'));
  writeStacks(path.join(cwd, 'cdktf.out'), stacks);
  return runScript('deployment.mjs', args, { cwd });
}

describe('an environment that is to be deployed', () => {
  it('names its region and roles, in its partition', async () => {
    const stack = { id: 'prod-websocket-reply', environment: 'prod' };
    const ended = await Promise.all(
      ['ap-northeast-2', 'cn-north-1', 'us-gov-west-1'].map((region) =>
        deployment([{ ...stack, region }], 'prod', 's3'),
      ),
    );
    expect(ended).toEqual(
      [
        ['ap-northeast-2', 'aws'],
        ['cn-north-1', 'aws-cn'],
        ['us-gov-west-1', 'aws-us-gov'],
      ].map(([region, partition]) => ({
        code: 0,
        said: `region=${region}\nplan-role=arn:${partition}:iam::444455556666:role/prod-github-plan\napply-role=arn:${partition}:iam::444455556666:role/prod-github-apply\n`,
      })),
    );
  });

  it('is refused where its state would be lost with the runner, as dev’s is when shipped', async () => {
    const cwd = fs.mkdtempSync(path.join(scratch, 'shipped-'));
    vi.stubEnv('SYNTH_HCL_OUTPUT', undefined);
    synthesizeApp(buildApp([dev, prod], { outdir: path.join(cwd, 'cdktf.out') }));
    vi.unstubAllEnvs();
    const refused = await Promise.all([
      runScript('deployment.mjs', ['dev', 's3'], { cwd }),
      runScript('deployment.mjs', ['prod', 's3'], { cwd }),
      runScript('deployment.mjs', ['prod', 'hcp-terraform'], { cwd }),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 0]);
    expect(refused[0]?.said).toBe(
      "::error::dev keeps its state in files of this machine, which are gone when the run ends, and what was deployed could not be changed any more: in environments/dev.ts set state to { kind: 's3', … } or { kind: 'hcp-terraform', … }\n",
    );
    expect(refused[1]?.said).toBe(
      "::error::prod keeps its state in HCP Terraform: set the repository variable DEPLOY_WITH to hcp-terraform, or state in environments/prod.ts to { kind: 's3', … }\n",
    );
  });

  it('is refused where HCP Terraform is to run what has its state in S3', async () => {
    const { code, said } = await deployment([{ id: 'dev-x', environment: 'dev' }], 'dev', 'hcp-terraform');
    expect(code).toBe(1);
    expect(said).toContain('dev keeps its state in s3: set the repository variable DEPLOY_WITH to github');
  });

  it.each([
    ['the name of another', [{ id: 'dev-2-x', environment: 'dev-2' }], 'dev-2'],
    ['a stack without a state of its own', [{ id: 'dev-x', environment: 'x', state: cloud }], 'x'],
    ['nothing but the roles that deploy', [{ id: 'dev-deployment-roles', environment: 'dev' }], 'dev'],
  ])('is refused where there is no stack of it, only %s', async (_, stacks, others) => {
    expect(await deployment(stacks, 'dev', 's3')).toEqual({
      code: 1,
      said: `::error::there is no stack of an environment dev; there are stacks of ${others}\n`,
    });
  });
});
