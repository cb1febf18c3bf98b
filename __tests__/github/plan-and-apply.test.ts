import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findTerraform } from '../support/terraform';
import { type Ended, runScript } from './script';
import { writeStacks } from './synthesized-stacks';

const terraform = findTerraform();

const scratch = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'plan-and-apply-'));
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const secret = 'the-real-key-of-the-subscriber';
const stacks = ['dev-callback-receiver', 'dev-subscriber-pipe'] as const;

/**
 * A project with two stacks of Terraform's own resource type, and the state in files. What the scripts read of a stack
 * is in its folder, as synthesized; what the real Terraform runs is in a folder below, where its command is sent.
 */
class Project {
  readonly #folder = fs.mkdtempSync(path.join(scratch, 'project-'));
  readonly #bin = path.join(this.#folder, 'bin');

  constructor() {
    writeStacks(path.join(this.#folder, 'cdktf.out'), [
      { id: stacks[1], environment: 'dev', dependencies: [stacks[0]], variables: ['key'] },
      { id: stacks[0], environment: 'dev' },
      { id: 'prod-callback-receiver', environment: 'prod' },
    ]);
    fs.mkdirSync(this.#bin);
    const command = path.join(this.#bin, 'terraform');
    fs.writeFileSync(
      command,
      `#!/bin/sh\necho "$(basename "$PWD") $1" >> ${this.#folder}/commands\nPATH=\${PATH#*:}\nexec terraform -chdir=real "$@"\n`,
      { mode: 0o755 },
    );
    this.configure(stacks[0], { resource: { terraform_data: { queue: { input: 'dev-results' } } } });
    this.configure(stacks[1], {
      variable: { key: { type: 'string', sensitive: true } },
      resource: { terraform_data: { pipe: { input: 'dev-results' } } },
      output: { key: { value: '${var.key}', sensitive: true } },
    });
  }

  configure(stack: string, configuration: Readonly<Record<string, unknown>>): void {
    const folder = path.join(this.#folder, 'cdktf.out/stacks', stack, 'real');
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'main.tf.json'), JSON.stringify(configuration));
  }

  plan(): Promise<Ended> {
    return this.#script('plan.mjs');
  }

  apply(environment: NodeJS.ProcessEnv = { TF_VAR_key: secret }): Promise<Ended> {
    return this.#script('apply.mjs', environment);
  }

  #script(name: string, environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
    const path = `${this.#bin}:${process.env.PATH}`;
    return runScript(name, ['dev', 'plans'], {
      cwd: this.#folder,
      environment: { ...terraform?.environment, PATH: path, ...environment },
    });
  }

  file(name: string): string {
    return path.join(this.#folder, name);
  }

  reviewed(stack: string): string {
    return fs.readFileSync(this.file(`plans/${stack}.json`), 'utf8');
  }

  /** What is deployed of a stack; nothing before its first apply. */
  state(stack: string) {
    const file = this.file(`cdktf.out/stacks/${stack}/real/terraform.tfstate`);
    if (!fs.existsSync(file)) return undefined;
    const { resources, outputs, serial } = JSON.parse(fs.readFileSync(file, 'utf8'));
    return { serial, outputs, input: resources[0]?.instances[0].attributes.input.value };
  }

  /** The stacks that a command ran for, in order. */
  ran(command: string): readonly string[] {
    const lines = fs.readFileSync(this.file('commands'), 'utf8').trim().split('\n');
    return lines.filter((line) => line.endsWith(` ${command}`)).map((line) => line.split(' ')[0] ?? '');
  }
}

describe.skipIf(!terraform)('a deployment by the real Terraform', { timeout: 60_000 }, () => {
  it('plans each stack after those it needs, applies that, and knows a secret only then', async () => {
    const project = new Project();
    const planned = await project.plan();
    expect(planned.code, planned.said).toBe(0);
    expect(planned.said).toMatch(/\nchanges=true\n$/);
    expect(project.ran('plan')).toEqual(stacks);
    expect(JSON.parse(project.reviewed(stacks[0]))).toMatchObject({
      resource_changes: [{ address: 'terraform_data.queue', change: { actions: ['create'] } }],
      state: { serial: 0, lineage: '' },
    });
    expect(JSON.parse(project.reviewed(stacks[1])).output_changes.key.after).toBe('(sensitive)');
    expect(project.reviewed(stacks[1])).not.toContain('not known to a review');

    const applied = await project.apply();
    expect(applied.code, applied.said).toBe(0);
    expect(applied.said).not.toContain(secret);
    expect(project.ran('apply')).toEqual(stacks);
    expect(stacks.map((stack) => project.state(stack)?.input)).toEqual(['dev-results', 'dev-results']);
    expect(project.state(stacks[1])?.outputs.key.value).toBe(secret);

    // What the review does not know is no change; what it does not see is applied when it is asked for.
    const second = await project.plan();
    expect(second.said).toMatch(/\nchanges=false\n$/);
    expect(stacks.map((stack) => project.reviewed(stack)).join()).not.toContain(secret);
    const rotated = await project.apply({ TF_VAR_key: 'another-key' });
    expect(rotated.code, rotated.said).toBe(0);
    expect(project.state(stacks[1])?.outputs.key.value).toBe('another-key');
  });

  it('applies nothing of any stack where one would do something else than was reviewed', async () => {
    const project = new Project();
    await project.plan();
    project.configure(stacks[1], {
      variable: { key: { type: 'string', sensitive: true } },
      resource: { terraform_data: { pipe: { input: 'prod-results' } } },
    });
    const { code, said } = await project.apply();
    expect(code).toBe(1);
    expect(said).toContain(
      '::error::dev-subscriber-pipe: the plan is not the one that was reviewed; start the workflow again to review what would be done now:%0Aoutput.key: reviewed was create, and now it is no change%0Aterraform_data.pipe: create, with other values than were reviewed\n',
    );
    expect(stacks.map((stack) => project.state(stack))).toEqual([undefined, undefined]);
  });

  it('refuses where the state has moved on since the review', async () => {
    const project = new Project();
    await project.plan();
    await project.apply();
    await project.plan();
    const { serial, lineage } = JSON.parse(project.reviewed(stacks[1])).state;
    await project.apply({ TF_VAR_key: 'another-key' });
    const { code, said } = await project.apply();
    expect(code).toBe(1);
    expect(said).toContain(
      `::error::dev-subscriber-pipe: its state has moved on since the review, from serial ${serial} of ${lineage} to serial ${serial + 1} of ${lineage}; start the workflow again`,
    );
    expect(project.state(stacks[1])?.outputs.key.value).toBe('another-key');
  });

  it('refuses where the state is another than at the review', async () => {
    const project = new Project();
    await project.plan();
    const review = JSON.parse(project.reviewed(stacks[0]));
    const another = { ...review, state: { ...review.state, lineage: 'another' } };
    fs.writeFileSync(project.file(`plans/${stacks[0]}.json`), JSON.stringify(another));
    expect((await project.apply()).said).toContain(
      '::error::dev-callback-receiver: its state has moved on since the review, from serial 0 of another to serial 0 of none;',
    );
  });

  it('refuses what nobody reviewed', async () => {
    const { code, said } = await new Project().apply();
    expect(code).toBe(1);
    expect(said).toContain(
      '::error::dev-callback-receiver: it has no reviewed plan; start the workflow again',
    );
  });

  it('names the secret that is missing, and where it goes, before it does anything', async () => {
    const project = new Project();
    expect(await project.apply({ TF_VAR_key: '' })).toEqual({
      code: 1,
      said: '::error::dev-subscriber-pipe: no value for its variable key: add a secret TF_VAR_KEY to the environment dev on GitHub, and to the env of the step in .github/workflows/deploy-environment.yml TF_VAR_key: ${{ secrets.TF_VAR_KEY }}\n',
    });
  });

  it('says which stack Terraform failed for', async () => {
    const project = new Project();
    project.configure(stacks[0], { resource: { terraform_data: { queue: { inputs: 'x' } } } });
    const { code, said } = await project.plan();
    expect(code).toBe(1);
    expect(said).toContain(
      '::error::dev-callback-receiver: terraform plan ended with exit code 1; the log says why',
    );
    expect(project.ran('plan')).toEqual([stacks[0]]);
  });
});
