import { type ChildProcess, spawn } from 'node:child_process';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalServer, serveLocally } from '../../tools/local/local-server';
import samples from '../../tools/rehearse/samples/bizppurio-callbacks.json';
import { prod } from '../fixtures/environments/prod';
import { freePort, type Moto, motoMissing, startMoto } from '../support/moto';
import { httpsSubscription } from '../tools/local/https-subscription';
import { until } from '../tools/local/running';

const missing = motoMissing();
if (missing) console.warn(`skipped: the examples against moto’s S3, since ${missing}`);

const timeFactor = 10;

const aws = {
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
};

describe.skipIf(missing)('publisher, npm run local, subscriber and S3', () => {
  const children: ChildProcess[] = [];
  let moto: Moto;
  let s3: S3Client;
  let local: LocalServer;
  let port: number;

  beforeAll(async () => {
    moto = await startMoto(prod.accountId);
    Object.assign(process.env, aws);
    s3 = new S3Client({ endpoint: moto.endpoint, forcePathStyle: true });
    const Bucket = 'archive';
    await s3.send(
      new CreateBucketCommand({
        Bucket,
        CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-2' },
      }),
    );
    // Each put that is not refused leaves a version.
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    port = await freePort();
    local = await serveLocally(httpsSubscription(), {
      ...{ environment: 'prod', port: 0, timeFactor, unsigned: false, log: () => {} },
      subscribers: new Map([
        ['delivery-results', new URL(`http://127.0.0.1:${port}/bizppurio/delivery-results`)],
      ]),
    });
  }, 60_000);

  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await local?.close();
    moto?.stop();
  });

  function run(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [`examples/${script}`, ...args], {
      env: { ...process.env, ...aws, ...env },
    });
    children.push(child);
    const output = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        output.text += part;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, output, ended };
  }

  async function subscriberStarted() {
    const started = run('subscriber/main.mjs', [], {
      PORT: String(port),
      API_KEY: 'value-of-delivery_results_subscriber_secret',
      BUCKET: 'archive',
      AWS_ENDPOINT_URL_S3: moto.endpoint,
    });
    await until(() => started.output.text.includes('listens on'));
    return started;
  }

  test('everything is archived, each key exactly once, though the subscriber is killed in the middle', async () => {
    const keys = Array.from({ length: 30 }, (_, index) => `m/${index} 가`);
    // Ten are sent twice.
    const lines = [...keys, ...keys.slice(0, 10)].map((MSGID) =>
      JSON.stringify({ ...samples.accepted[1], MSGID }),
    );
    const killed = await subscriberStarted();

    const publisher = run('publisher/main.mjs', [
      `${local.url}/v1/bizppurio/delivery-results`,
      '--concurrency=4',
      '--key-field=MSGID',
    ]);
    publisher.child.stdin.end(lines.join('\n'));
    await until(() => killed.output.text.split(' stored\n').length > 5);
    killed.child.kill('SIGKILL');
    await killed.ended;
    expect(await publisher.ended).toBe(0);
    expect(publisher.output.text).toBe('40 accepted, 0 attempts repeated, 0 not accepted\n');
    expect(local.world.account().waiting).toBeGreaterThan(0);

    const second = await subscriberStarted();
    await until(() => local.world.account().waiting === 0);
    expect(local.world.account()).toMatchObject({ accepted: 40, delivered: 40, deadLettered: 0, lost: [] });

    const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: 'archive' }));
    expect(Versions.map(({ Key }) => Key).sort()).toEqual(
      keys.map((key) => key.replace('/', '!2F').replace(' 가', '!20!EA!B0!80')).sort(),
    );
    const object = await s3.send(new GetObjectCommand({ Bucket: 'archive', Key: Versions[0]?.Key ?? '' }));
    const { data } = JSON.parse((await object.Body?.transformToString()) ?? '');
    expect(lines).toContain(JSON.stringify(data));

    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });
});
