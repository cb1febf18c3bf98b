import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from './support/checkout';
import { type Moto, motoMissing, startMoto } from './support/moto';
import { findTerraform } from './support/terraform';

const terraform = findTerraform();
const missing = terraform?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing) console.warn(`skipped: a deploy through the CDKTF CLI, since ${missing}`);

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'deploy-'));
const project = path.join(scratch, 'project');
let moto: Moto;
beforeAll(async () => {
  if (missing) return;
  checkout(project);
  moto = await startMoto('111122223333');
}, 60_000);
afterAll(() => {
  moto?.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
});

/** Runs a command in the copy of the project, against the local AWS endpoint; throws with its output where it fails. */
function run(command: string, ...args: readonly string[]): string {
  try {
    return execFileSync(command, args, {
      cwd: project,
      encoding: 'utf8',
      stdio: 'pipe',
      env: {
        ...terraform?.environment,
        CI: 'true',
        AWS_ENDPOINT_URL: moto.endpoint,
        AWS_ACCESS_KEY_ID: 'testing',
        AWS_SECRET_ACCESS_KEY: 'testing',
      },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`);
  }
}

const cdktf = (...args: readonly string[]) => run(path.join(project, 'node_modules/.bin/cdktf'), ...args);
const stack = 'dev-subscriber-pipe';
const alone = '--ignore-missing-stack-dependencies';

/** The addresses of what Terraform holds of the stack, without data sources. */
function deployed(): readonly string[] {
  const file = path.join(project, `terraform.${stack}.tfstate`);
  const { resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
    readonly resources: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
  };
  return resources.filter(({ mode }) => mode === 'managed').map(({ type, name }) => `${type}.${name}`);
}

describe.skipIf(missing)('a stack through the CDKTF CLI, with HCL written in between', () => {
  it('is deployed, found unchanged and destroyed', { timeout: 300_000 }, () => {
    cdktf('synth', '--hcl');
    cdktf('deploy', stack, '--auto-approve', alone);
    const resources = Object.entries(
      JSON.parse(fs.readFileSync(path.join(project, 'cdktf.out/stacks', stack, 'cdk.tf.json'), 'utf8'))
        .resource,
    ).flatMap(([type, named]) => Object.keys(named as object).map((name) => `${type}.${name}`));
    expect([...deployed()].sort()).toEqual(resources.sort());

    run(process.execPath, 'synthesis/run.mjs', 'tools/synth/main.ts');
    const plan = cdktf('diff', stack);
    // The endpoint does not give a function's logging_config back: its noise, and the only difference.
    expect(
      plan.match(/^.*# aws_\S+ .*will be.*$/gm)?.map((line) => line.replace(/.*# (\S+) .*/, '$1')),
    ).toEqual(['aws_lambda_function.delivery_results_archive_writer']);
    expect(plan).toContain('0 to add, 1 to change, 0 to destroy');

    cdktf('destroy', stack, '--auto-approve', alone);
    expect(deployed()).toEqual([]);
  });
});
