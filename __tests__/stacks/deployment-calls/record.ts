import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '../../../environments/environment';
import { synthesizeAll } from '../../../tools/synth/synthesize';
import { startMoto } from '../../support/moto';
import { findTerraform } from '../../support/terraform';
import { endpointEnvironment } from '../../terraform/endpoint';
import { type Phase, recordingFile, recordingText } from './call';
import { callsOf, operationsOf } from './calls-of';
import { startEndpoint } from './endpoint';
import { changedEnvironment, recordedEnvironment, stateBucket } from './environments';
import { makeWhatIsThereBefore } from './there-before';

// Writes recorded.json anew: `node synthesis/run.mjs __tests__/stacks/deployment-calls/record.ts`. It takes eight minutes.

async function record(): Promise<void> {
  const terraform = findTerraform();
  if (!terraform?.mirror) throw new Error('Terraform or its AWS provider is not there');
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'deployment-calls-'));
  // moto shows whose a domain is as soon as it is asked.
  process.env.MOTO_ACM_VALIDATION_WAIT = '0';
  const moto = await startMoto(recordedEnvironment.accountId);
  const endpoint = await startEndpoint(moto.endpoint, await makeWhatIsThereBefore(moto.endpoint));
  await makeStateBucket(moto.endpoint);
  const recorded: { phase: Phase; request: ReturnType<typeof endpoint.taken>[number] }[] = [];
  const operations = new Map<string, string>();

  const stacks = (name: string, environment: Environment) => {
    const folder = path.join(scratch, name);
    return synthesizeAll(folder, [environment])
      .filter(({ id }) => id !== 'dev-deployment-roles')
      .map((stack) => ({ ...stack, folder: path.join(folder, 'stacks', stack.id) }));
  };
  type Stack = ReturnType<typeof stacks>[number];
  const terraformIn = async (phase: Phase | undefined, stack: Stack, args: readonly string[]) => {
    const log = path.join(scratch, `${stack.id}.log`);
    fs.rmSync(log, { force: true });
    const secret = phase === 'change' || phase === 'destroy' ? 'another' : 'one';
    const secrets = Object.keys(stack.configuration.variable ?? {}).map((name) => [`TF_VAR_${name}`, secret]);
    const began = Date.now();
    const output = await terraform.run(stack.folder, [...args, '-input=false', '-no-color'], {
      ...endpointEnvironment(endpoint.url),
      ...Object.fromEntries(secrets),
      TF_LOG: 'JSON',
      TF_LOG_PATH: log,
    });
    for (const [id, operation] of operationsOf(fs.readFileSync(log, 'utf8'))) operations.set(id, operation);
    const seconds = Math.round((Date.now() - began) / 1000);
    const [result = ''] = /^(No changes|Plan:|Apply complete|Destroy complete).*/m.exec(output) ?? [];
    console.log(`${phase ?? 'before'}: ${stack.id} ${args[0]}: ${seconds} s ${result}`);
    return output;
  };
  /** In all of them at once: most of an apply is the provider that waits. */
  const run = async (phase: Phase | undefined, all: readonly Stack[], ...args: readonly string[]) => {
    const outputs = await Promise.all(all.map((stack) => terraformIn(phase, stack, args)));
    const taken = endpoint.taken();
    if (phase) recorded.push(...taken.map((request) => ({ phase, request })));
    return outputs;
  };

  try {
    const { deploymentRoles: _, ...unbounded } = recordedEnvironment;
    const before = stacks('before', unbounded).filter(({ id }) => id === 'dev-callback-receiver');
    const first = stacks('first', recordedEnvironment);
    const changed = stacks('changed', changedEnvironment);
    // A role that there was before the boundary.
    await run(undefined, before, 'init');
    await run(undefined, before, 'apply', '-auto-approve', '-target=aws_iam_role.account_logging_role');
    await run('first plan', first, 'init');
    await run('first plan', first, 'plan', '-lock=false');
    for (const stacks of inOrder(first)) await run('apply', stacks, 'apply', '-auto-approve');
    const again = await run('second plan', first, 'plan', '-lock=false');
    const changing = again.filter((output) => !/^No changes/m.test(output));
    if (changing.length > 0)
      throw new Error(`what was just applied is changed again:\n${changing.join('\n')}`);
    await run(undefined, changed, 'init');
    for (const stacks of inOrder(changed)) await run('change', stacks, 'apply', '-auto-approve');
    for (const stacks of inOrder(changed).toReversed())
      await run('destroy', stacks, 'destroy', '-auto-approve');
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

/** The pipe stack last: its queues are tried as it is made. */
const inOrder = <T extends { readonly id: string }>(all: readonly T[]): readonly (readonly T[])[] => [
  all.filter(({ id }) => id !== 'dev-subscriber-pipe'),
  all.filter(({ id }) => id === 'dev-subscriber-pipe'),
];

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
