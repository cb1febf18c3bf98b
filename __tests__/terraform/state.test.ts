import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  CreateBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Environment, State } from '../../environments/environment';
import { synthesizeAll } from '../../tools/synth/synthesize';
import { dev } from '../fixtures/environments/dev';
import { type Moto, motoMissing, startMoto } from '../support/moto';
import { findTerraform, type Terraform } from '../support/terraform';
import { copyFolder, type StackFolder } from './stack-folder';

const found = findTerraform();
const missing = found?.mirror ? motoMissing() : 'Terraform or its AWS provider is not there';
if (missing) console.warn(`skipped: where the real Terraform keeps its state, since ${missing}`);

const bucket = 'state-of-the-stacks';
const id = 'dev-subscriber-pipe';
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'state-'));
let moto: Moto;
let s3: S3Client;

beforeAll(async () => {
  if (missing) return;
  moto = await startMoto(dev.accountId);
  s3 = new S3Client({
    endpoint: moto.endpoint,
    region: dev.region,
    forcePathStyle: true,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });
  await s3.send(
    new CreateBucketCommand({
      Bucket: bucket,
      CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-2' },
    }),
  );
}, 60_000);
afterAll(() => {
  moto?.stop();
  fs.rmSync(scratch, { recursive: true, force: true });
});

/** The folder of one stack of an environment that keeps its state there. */
function stackWith(state: State): StackFolder {
  const environment: Environment = { ...dev, state };
  const from = path.join(scratch, state.kind);
  const stack = synthesizeAll(from, [environment]).find((candidate) => candidate.id === id);
  if (!stack) throw new Error(`there is no ${id}`);
  const target = path.join(scratch, `${state.kind}-${id}`);
  return copyFolder(found as Terraform, stack, { from, target, endpoint: moto.endpoint });
}

describe.skipIf(missing)('the state of a stack', () => {
  it('in S3 is encrypted under the stack’s name, and locked by S3 itself', { timeout: 90_000 }, async () => {
    const { run } = stackWith({ kind: 's3', bucket, region: dev.region, keyPrefix: 'gateway' });
    const key = `gateway/${id}.tfstate`;
    const objects = async () =>
      (await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents?.map(({ Key }) => Key);
    const one = ['-input=false', '-target=aws_cloudwatch_log_group.delivery_results_archive_writer_log'];
    await run('init', '-input=false');

    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}.tflock`, Body: '{"ID":"somebody"}' }));
    await expect(run('apply', '-auto-approve', ...one)).rejects.toThrow(
      /Error acquiring the state lock[\s\S]*somebody/,
    );
    expect(await objects()).toEqual([`${key}.tflock`]);

    await run('force-unlock', '-force', 'somebody');
    await run('apply', '-auto-approve', ...one);
    expect(await objects()).toEqual([key]);
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).toMatchObject({
      ServerSideEncryption: 'AES256',
    });
  });

  // Without the service Terraform gets as far as looking for it, which is after it has checked the `cloud` block.
  it('in HCP Terraform is configured so that all that is missing is the service', async () => {
    const { run } = stackWith({
      kind: 'hcp-terraform',
      organization: 'example-org',
      project: 'message-gateways',
      hostname: 'terraform.invalid',
    });
    const refusal = await run('init', '-input=false').then(
      () => 'initialized',
      (error: Error) => error.message,
    );
    expect(refusal.match(/^.*Error: .*$/gm)).toEqual([
      expect.stringContaining('Failed to request discovery document: Get "https://terraform.invalid/'),
    ]);
  });
});
