import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Moto, motoMissing, startMoto } from '../../support/moto';
import { context, failures, LAMBDA_ENVIRONMENT, record, withLogs } from '../lambda-event';
import { loadHandler } from './load-handler';

const missing = motoMissing();
if (missing) console.warn(`skipped: archive-to-s3 against moto’s S3, since ${missing}`);

describe.skipIf(missing)('against moto’s S3', () => {
  let moto: Moto;
  let s3: S3Client;

  beforeAll(async () => {
    moto = await startMoto('111122223333');
    for (const [name, value] of Object.entries(LAMBDA_ENVIRONMENT)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ENDPOINT_URL_S3', moto.endpoint);
    s3 = new S3Client({});
    await s3.send(
      new CreateBucketCommand({
        Bucket: 'dev-archive',
        CreateBucketConfiguration: { LocationConstraint: 'ap-northeast-2' },
      }),
    );
  }, 60_000);

  afterAll(() => {
    vi.unstubAllEnvs();
    moto?.stop();
  });

  test('each message can be read back under its key, and a repeated one is there once', async () => {
    const handler = await loadHandler({
      bucket: 'dev-archive',
      keyPrefix: 'callbacks/',
      messageKeyField: 'CMSGID',
    });
    const body = '{"CMSGID": "240919#at/../x 고객!", "TO_NAME": "고객 \\"VIP\\" 🙂"}\n';
    const message = record({ id: 'm-1', body });

    for (const _ of ['first', 'repeated']) {
      const { result } = await withLogs(() => handler([message], context()));
      expect(result).toEqual(failures());
    }

    const listed = await s3.send(new ListObjectsV2Command({ Bucket: 'dev-archive' }));
    const key = 'callbacks/240919!23at!2F!2E!2E!2Fx!20!EA!B3!A0!EA!B0!9D!21';
    expect(listed.Contents?.map((object) => object.Key)).toEqual([key]);
    const stored = await s3.send(new GetObjectCommand({ Bucket: 'dev-archive', Key: key }));
    expect(stored.ContentType).toBe('application/json');
    expect(stored.Metadata).toEqual({ 'message-id': 'm-1' });
    expect(await stored.Body?.transformToString()).toBe(body);
  });

  test('a bucket that does not exist fails the record and says so', async () => {
    const handler = await loadHandler({ bucket: 'dev-missing' });

    const { result, logs } = await withLogs(() => handler([record({ id: 'm-1' })], context()));

    expect(result).toEqual(failures('m-1'));
    expect(logs[0]).toMatchObject({ error: 'NoSuchBucket', status: 404 });
  });
});
