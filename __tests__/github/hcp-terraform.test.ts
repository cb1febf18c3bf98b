import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runScript } from './script';
import { writeStacks } from './synthesized-stacks';

const token = 'a-team-token';
const cloud = { cloud: { organization: 'example-org', workspaces: { name: 'x' } } };
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'hcp-terraform-'));

interface Run {
  readonly 'has-changes': boolean;
  readonly status?: string;
}

/** The runs and plans of HCP Terraform, by the stack's id. */
let runs: Record<string, Run>;
/** What it answers for a plan's JSON. */
let planStatus: number;
let server: http.Server;
let folder: string;

beforeEach(async () => {
  planStatus = 200;
  runs = {
    'prod-callback-receiver': { 'has-changes': true },
    'prod-subscriber-pipe': { 'has-changes': false },
  };
  server = http.createServer(({ url = '', headers }, response) => {
    const authorized = headers.authorization === `Bearer ${token}`;
    const [, kind, id = '', rest] = /^\/api\/v2\/(runs|plans)\/(?:run|plan)-([a-z-]+)(.*)$/.exec(url) ?? [];
    const found = authorized ? runs[id] : undefined;
    const status = !found || (kind === 'plans' && rest !== '/json-output-redacted') ? 404 : 200;
    response.writeHead(kind === 'plans' && status === 200 ? planStatus : status);
    response.end(JSON.stringify(kind === 'runs' ? runDocument(id, found) : planDocument(id)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  folder = fs.mkdtempSync(path.join(scratch, 'project-'));
  writeStacks(path.join(folder, 'cdktf.out'), [
    {
      id: 'prod-subscriber-pipe',
      environment: 'prod',
      state: cloud,
      dependencies: ['prod-callback-receiver'],
    },
    { id: 'prod-callback-receiver', environment: 'prod', state: cloud },
  ]);
  // What Terraform leaves of a plan that it has saved there.
  fs.mkdirSync(path.join(folder, 'bin'));
  fs.writeFileSync(
    path.join(folder, 'bin/terraform'),
    `#!/bin/sh
id=$(basename "$PWD")
echo "$id $*" | sed 's#[^ =]*/##' >> ${folder}/commands
for argument; do
  case "$argument" in
    -out=*) echo "{\\"remote_plan_format\\":1,\\"run_id\\":\\"run-$id\\",\\"hostname\\":\\"app.terraform.io\\"}" > "\${argument#-out=}" ;;
  esac
done
`,
    { mode: 0o755 },
  );
});
afterEach(() => void server.close());
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }));

const runDocument = (id: string, run: Run | undefined) => ({
  data: {
    attributes: {
      status: 'planned_and_saved',
      ...run,
      actions: { 'is-confirmable': run?.status === undefined && run?.['has-changes'] === true },
    },
    relationships: { plan: { data: { id: `plan-${id}` } } },
  },
});

const planDocument = (id: string) => ({
  format_version: '1.2',
  resource_changes: [
    {
      address: `aws_sqs_queue.${id}`,
      change: { actions: ['create'], before: null, after: { key: null }, after_sensitive: { key: true } },
    },
  ],
});

function hcpTerraform(command: string, environment: NodeJS.ProcessEnv = {}) {
  return runScript('hcp-terraform.mjs', [command, 'prod', 'plans'], {
    cwd: folder,
    environment: {
      PATH: `${folder}/bin:${process.env.PATH}`,
      TFE_ADDRESS: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      TF_TOKEN_app_terraform_io: token,
      ...environment,
    },
  });
}

const commands = () => {
  const file = path.join(folder, 'commands');
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim().split('\n') : [];
  return lines.filter((line) => !line.includes(' init '));
};

describe('HCP Terraform', () => {
  it('plans each stack after those it needs, and keeps the plans', async () => {
    const { code, said } = await hcpTerraform('plan');
    expect({ code, said }).toEqual({ code: 0, said: expect.stringMatching(/\nchanges=true\n$/) });
    expect(commands()).toEqual([
      'prod-callback-receiver plan -input=false -out=prod-callback-receiver.tfplan',
      'prod-subscriber-pipe plan -input=false -out=prod-subscriber-pipe.tfplan',
    ]);
    const shown = JSON.parse(fs.readFileSync(path.join(folder, 'plans/prod-callback-receiver.json'), 'utf8'));
    expect(shown.resource_changes).toMatchObject([{ address: 'aws_sqs_queue.prod-callback-receiver' }]);
  });

  it('applies the runs that change something, and no other', async () => {
    await hcpTerraform('plan');
    expect((await hcpTerraform('apply')).code).toBe(0);
    expect(commands().slice(2)).toEqual([
      'prod-callback-receiver apply -input=false prod-callback-receiver.tfplan',
    ]);
  });

  it('applies nothing where one of the runs can no longer be applied', async () => {
    runs['prod-subscriber-pipe'] = { 'has-changes': true };
    await hcpTerraform('plan');
    runs['prod-subscriber-pipe'] = { 'has-changes': true, status: 'discarded' };
    expect(await hcpTerraform('apply')).toEqual({
      code: 1,
      said: '::error::prod-subscriber-pipe: run-prod-subscriber-pipe, which was reviewed, can no longer be applied, since it is discarded; start the workflow again to review what would be done now\n',
    });
    expect(commands().filter((command) => command.includes(' apply '))).toEqual([]);
  });

  it('applies nothing that nobody reviewed', async () => {
    expect(await hcpTerraform('apply')).toEqual({
      code: 1,
      said: '::error::prod-callback-receiver: it has no reviewed plan; start the workflow again\n',
    });
  });

  it('may not show a plan: it is reviewed without', async () => {
    planStatus = 404;
    runs['prod-callback-receiver'] = { 'has-changes': false };
    const { code, said } = await hcpTerraform('plan');
    expect(code).toBe(0);
    expect(said).toContain(
      '::warning::app.terraform.io answers HTTP 404 for the JSON of plan-prod-callback-receiver: it is not in the review\n',
    );
    expect(said).toMatch(/\nchanges=false\n$/);
    expect(fs.readdirSync(path.join(folder, 'plans'))).toEqual([
      'prod-callback-receiver.tfplan',
      'prod-subscriber-pipe.tfplan',
    ]);
  });

  it('only plans what is not merged yet, and leaves nothing', async () => {
    expect((await hcpTerraform('speculate')).code).toBe(0);
    expect(commands()).toEqual([
      'prod-callback-receiver plan -input=false',
      'prod-subscriber-pipe plan -input=false',
    ]);
    expect(fs.existsSync(path.join(folder, 'plans'))).toBe(false);
  });

  it.each(['', 'another'])('is not asked without a token that it knows: %j', async (given) => {
    const { code, said } = await hcpTerraform('plan', { TF_TOKEN_app_terraform_io: given });
    expect(code).toBe(1);
    expect(said).toContain(
      given === ''
        ? '::error::there is no TF_TOKEN_app_terraform_io: docs/pull-requests.md says where a token of app.terraform.io goes'
        : '::error::prod-callback-receiver: app.terraform.io answers HTTP 404 for run-prod-callback-receiver',
    );
  });
});
