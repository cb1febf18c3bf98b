import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../../environments/environment';
import { type SynthesizedStack, synthesizeAll } from '../../../tools/synth/synthesize';
import { startMoto } from '../../support/moto';
import { findTerraform } from '../../support/terraform';
import { endpointEnvironment } from '../../terraform/endpoint';
import { type Phase, recordingFile, recordingText } from './call';
import { callsOf, operationsOf } from './calls-of';
import { startEndpoint } from './endpoint';
import { changedEnvironment, recordedEnvironment, stateBucket } from './environments';

// Writes recorded.json anew: `node synthesis/run.mjs __tests__/stacks/deployment-calls/record.ts`. It takes six minutes.

/** What the pipelines deploy, the receiver before the pipe, which tries its queue. */
const order = ['dev-monitoring', 'dev-callback-receiver', 'dev-websocket-reply', 'dev-subscriber-pipe'];

async function record(): Promise<void> {
  const terraform = findTerraform();
  if (!terraform?.mirror) throw new Error('Terraform or its AWS provider is not there');
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'deployment-calls-'));
  const moto = await startMoto(recordedEnvironment.accountId);
  const endpoint = await startEndpoint(moto.endpoint);
  await makeStateBucket(moto.endpoint);
  const recorded: { phase: Phase; request: ReturnType<typeof endpoint.taken>[number] }[] = [];
  const operations = new Map<string, string>();

  const stacks = (name: string, environment: Environment) => {
    const folder = path.join(scratch, name);
    const all = synthesizeAll(folder, [environment]);
    return order.map((id) => ({
      ...(all.find((stack) => stack.id === id) as SynthesizedStack),
      folder: path.join(folder, 'stacks', id),
    }));
  };
  const run = async (phase: Phase | undefined, stack: ReturnType<typeof stacks>[number], args: string[]) => {
    const log = path.join(scratch, 'log');
    fs.rmSync(log, { force: true });
    const secrets = Object.keys(stack.configuration.variable ?? {}).map((name) => [`TF_VAR_${name}`, phase]);
    const began = Date.now();
    await terraform.run(stack.folder, [...args, '-input=false', '-no-color'], {
      ...endpointEnvironment(endpoint.url),
      ...Object.fromEntries(secrets),
      TF_LOG: 'JSON',
      TF_LOG_PATH: log,
    });
    for (const [id, operation] of operationsOf(fs.readFileSync(log, 'utf8'))) operations.set(id, operation);
    const taken = endpoint.taken();
    if (phase) recorded.push(...taken.map((request) => ({ phase, request })));
    console.log(
      `${phase ?? 'before'}: ${stack.id} ${args[0]}: ${taken.length} calls, ${Math.round((Date.now() - began) / 1000)} s`,
    );
  };

  try {
    const { deploymentRoles: _, ...unbounded } = recordedEnvironment;
    const before = stacks('before', unbounded).find(({ id }) => id === 'dev-callback-receiver');
    const first = stacks('first', recordedEnvironment);
    const changed = stacks('changed', changedEnvironment);
    // A role that there was before the boundary.
    if (before) {
      await run(undefined, before, ['init']);
      await run(undefined, before, ['apply', '-auto-approve', '-target=aws_iam_role.account_logging_role']);
    }
    for (const stack of first) await run('first plan', stack, ['init']);
    for (const stack of first) await run('first plan', stack, ['plan', '-lock=false']);
    for (const stack of first) await run('apply', stack, ['apply', '-auto-approve']);
    for (const stack of first) await run('second plan', stack, ['plan', '-lock=false']);
    for (const stack of changed) await run(undefined, stack, ['init']);
    for (const stack of changed) await run('change', stack, ['apply', '-auto-approve']);
    for (const stack of changed.toReversed()) await run('destroy', stack, ['destroy', '-auto-approve']);
    const versions = JSON.parse(await terraform.run(scratch, ['version', '-json']));
    const text = recordingText({
      recorded: {
        by: 'node synthesis/run.mjs __tests__/stacks/deployment-calls/record.ts',
        terraform: versions.terraform_version,
        provider: `hashicorp/aws ${providerVersion(first[0]?.folder ?? '')}`,
        against: 'moto_server, with what it lacks done by endpoint.ts',
      },
      calls: callsOf(recorded, operations),
    });
    fs.writeFileSync(recordingFile, text);
  } finally {
    endpoint.stop();
    moto.stop();
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

async function makeStateBucket(url: string): Promise<void> {
  const s3 = new S3Client({
    endpoint: url,
    region: recordedEnvironment.region,
    forcePathStyle: true,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  await s3.send(
    new CreateBucketCommand({
      Bucket: stateBucket,
      CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-2' },
    }),
  );
}

const providerVersion = (folder: string) =>
  /version *= "(.*)"/.exec(fs.readFileSync(path.join(folder, '.terraform.lock.hcl'), 'utf8'))?.[1] ?? '';

record().then(
  () => process.exit(0),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
