import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { ObjectStore } from '../../../../tools/rehearse/s3/object-store';
import { accessDenied, bucketHost, putObject, type S3Error } from '../../../../tools/rehearse/s3/put-object';
import type { NetworkRequest } from '../../../../tools/rehearse/simulation/network';

const at = { partition: 'aws', region: 'eu-central-1' };

let store: ObjectStore;
let refusal: S3Error | undefined;
let asked: NetworkRequest[];
let server: Server;
let client: S3Client;

/**
 * The endpoint with the real SDK in front: hosts of buckets are this machine, and the SDK says which it
 * means.
 */
beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const headers = new Map(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
      const request: NetworkRequest = {
        protocol: 'https',
        method: incoming.method ?? '',
        host: headers.get('host') ?? '',
        path: incoming.url ?? '',
        headers,
        body: Buffer.concat(chunks),
      };
      asked.push(request);
      const answer = putObject(request, { store, at, authorize: () => refusal });
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = new S3Client({
    region: at.region,
    credentials: { accessKeyId: 'ASIAX', secretAccessKey: 'secret', sessionToken: 'token' },
    maxAttempts: 1,
  });
  client.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { protocol: string; hostname: string; port?: number };
      Object.assign(request, { protocol: 'http:', hostname: '127.0.0.1', port });
      return next(args);
    },
    // After the request is signed, and its Host is written down.
    { step: 'finalizeRequest', priority: 'low' },
  );
});

afterAll(() => {
  client.destroy();
  server.close();
});

beforeEach(() => {
  store = new ObjectStore([{ name: 'archive' }]);
  refusal = undefined;
  asked = [];
});

const put = (input: Partial<PutObjectCommandInput> = {}) =>
  client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'k', Body: Buffer.from('{"a":1}'), ...input }));

test('an object arrives with its key, type, metadata and bytes', async () => {
  const body = Buffer.from('{"한글":"€"}');
  const { ETag } = await put({
    Key: 'a/b!2F é',
    Body: body,
    ContentType: 'application/json',
    Metadata: { 'message-id': 'm-1' },
  });

  expect(store.objects('archive')).toEqual([
    {
      bucket: 'archive',
      key: 'a/b!2F é',
      body,
      contentType: 'application/json',
      metadata: new Map([['message-id', 'm-1']]),
      etag: ETag,
    },
  ]);
  expect(asked[0]?.host).toBe('archive.s3.eu-central-1.amazonaws.com');
  expect(asked[0]?.headers.has('x-amz-checksum-crc32')).toBe(true);
});

test('a stream arrives whole, out of its chunks', async () => {
  const pieces = ['first,', '', 'second,'.repeat(10_000), 'last'].map((piece) => Buffer.from(piece));
  const whole = Buffer.concat(pieces);
  await put({ Body: Readable.from(pieces), ContentLength: whole.length });

  expect(asked[0]?.headers.get('content-encoding')).toBe('aws-chunked');
  expect(store.get('archive', 'k')?.body.equals(whole)).toBe(true);
});

test('the same key again takes the place of what was there, and everybody is told', async () => {
  const told: string[] = [];
  const end = store.onPut(({ body }) => told.push(body.toString()));
  await put({ Body: 'one' });
  await put({ Body: 'two' });
  end();
  await put({ Body: 'three' });

  expect(store.objects('archive').map(({ body }) => body.toString())).toEqual(['three']);
  expect(told).toEqual(['one', 'two']);
});

test.each(['SHA1', 'SHA256', 'CRC32'] as const)(
  'a checksum by %s is the body’s',
  async (ChecksumAlgorithm) => {
    await put({ ChecksumAlgorithm });
    expect(store.objects('archive')).toHaveLength(1);
  },
);

test('a body other than the one that was summed up is refused', async () => {
  await expect(put({ ChecksumSHA256: 'AAAA' })).rejects.toMatchObject({
    name: 'BadDigest',
    $metadata: { httpStatusCode: 400 },
  });
  await expect(put({ ContentMD5: 'AAAA' })).rejects.toMatchObject({ name: 'BadDigest' });
  expect(store.objects('archive')).toEqual([]);
});

test('a bucket that is not there is said to be missing', async () => {
  await expect(put({ Bucket: 'elsewhere' })).rejects.toMatchObject({
    name: 'NoSuchBucket',
    message: 'The specified bucket does not exist',
    $metadata: { httpStatusCode: 404 },
  });
});

test('who may not put is refused, with the reason, and nothing is stored', async () => {
  refusal = accessDenied('User: <r> is not authorized to perform: s3:PutObject & more');
  await expect(put()).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'User: <r> is not authorized to perform: s3:PutObject & more',
    $metadata: { httpStatusCode: 403 },
  });
  expect(store.objects('archive')).toEqual([]);
});

test('a key may have 1,024 bytes', async () => {
  await put({ Key: `é${'x'.repeat(1022)}` });
  await expect(put({ Key: `é${'x'.repeat(1023)}` })).rejects.toMatchObject({ name: 'KeyTooLongError' });
  expect(store.objects('archive')).toHaveLength(1);
});

const request = (changes: Partial<NetworkRequest>): NetworkRequest => ({
  protocol: 'https',
  method: 'PUT',
  host: bucketHost('archive', at),
  path: '/k',
  headers: new Map(),
  body: Buffer.from('x'),
  ...changes,
});

const answer = (changes: Partial<NetworkRequest>) =>
  putObject(request(changes), { store, at, authorize: () => undefined });

test('who asks is told which object it is about', () => {
  const seen: unknown[] = [];
  putObject(request({ path: '/a%2Fb?x-id=PutObject' }), {
    store,
    at,
    authorize: (_request, address) => {
      seen.push(address);
      return undefined;
    },
  });
  expect(seen).toEqual([{ bucket: 'archive', key: 'a/b' }]);
});

const chunked = (body: string, length = '3') =>
  answer({
    headers: new Map([
      ['content-encoding', 'aws-chunked'],
      ['x-amz-decoded-content-length', length],
    ]),
    body: Buffer.from(body),
  });

test('chunks may be signed', () => {
  expect(chunked('3;chunk-signature=ab\r\nabc\r\n0;chunk-signature=cd\r\n\r\n').status).toBe(200);
  expect(store.get('archive', 'k')?.body.toString()).toBe('abc');
});

test.each([
  ['abc'],
  ['3\r\nabc'],
  ['3\r\nabcd\r\n0\r\n\r\n'],
  ['3\r\nab\r\n0\r\n\r\n'],
  ['2\r\nab\r\n0\r\n\r\n'],
  [''],
])('the chunks %j are not a whole body', (body) => {
  const { status, body: error } = chunked(body);
  expect(status).toBe(400);
  expect(error.toString()).toContain('<Code>IncompleteBody</Code>');
  expect(store.objects('archive')).toEqual([]);
});

test('a wrong checksum behind the chunks is found', () => {
  expect(chunked('3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n').body.toString()).toContain(
    '<Code>BadDigest</Code>',
  );
  expect(chunked('3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n').status).toBe(200);
});

test.each([
  [{ method: 'GET' }, 'S3: GET /k is not simulated'],
  [{ path: '/k?partNumber=1' }, 'PUT /k?partNumber=1'],
  [{ path: '/' }, 'PUT /'],
  [{ host: 's3.eu-central-1.amazonaws.com' }, 'the host s3.eu-central-1.amazonaws.com'],
  [{ host: 'archive.s3.us-east-1.amazonaws.com' }, 'the host archive.s3.us-east-1.amazonaws.com'],
  [{ headers: new Map([['x-amz-acl', 'private']]) }, 'PutObject with the header x-amz-acl'],
  [{ headers: new Map([['content-encoding', 'gzip']]) }, 'PutObject with the header content-encoding'],
  [{ headers: new Map([['x-amz-checksum-crc32c', 'x']]) }, 'the checksum x-amz-checksum-crc32c'],
])('%j is said not to be simulated', (changes, message) => {
  expect(() => answer(changes)).toThrow(message);
});

test('hosts have the partition’s suffix', () => {
  expect(bucketHost('b', { partition: 'aws-cn', region: 'cn-north-1' })).toBe(
    'b.s3.cn-north-1.amazonaws.com.cn',
  );
});

test('a bucket of the store is one of those that it was made with', () => {
  const object = {
    bucket: 'other',
    key: 'k',
    body: Buffer.alloc(0),
    contentType: 'x',
    metadata: new Map(),
    etag: '',
  };
  expect(() => store.put(object)).toThrow('there is no bucket other');
});
