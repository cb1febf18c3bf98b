import { createHash } from 'node:crypto';
import { NotSimulated } from '../../not-simulated';
import { dnsSuffix, type Whereabouts } from '../../plan/computed-attributes';
import type { NetworkRequest, NetworkResponse } from '../simulation/network';
import { unchunked } from './aws-chunked';
import { wrongChecksum } from './checksums';
import type { ObjectStore } from './object-store';

/** An error that S3 answers with. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export interface S3Error {
  /** HTTP's. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** What a request wants to put, and where. */
export interface ObjectAddress {
  readonly bucket: string;
  readonly key: string;
}

export interface PutObjectOptions {
  readonly store: ObjectStore;
  /** Where the buckets are. */
  readonly at: Pick<Whereabouts, 'partition' | 'region'>;
  /** Who signed the request, and whether they may. */
  readonly authorize: (request: NetworkRequest, address: ObjectAddress) => S3Error | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#API_PutObject_RequestSyntax */
const ignoredHeaders = [
  'accept',
  'accept-encoding',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'transfer-encoding',
  'user-agent',
];

const headersOfS3 = [
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-security-token',
  'x-amz-trailer',
  'x-amz-user-agent',
  'x-amzn-trace-id',
];

const metadataPrefix = 'x-amz-meta-';

/** In bytes of UTF-8. */
const longestKey = 1024;

/**
 * The host of a bucket, as SDKs name it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export const bucketHost = (bucket: string, at: PutObjectOptions['at']): string =>
  `${bucket}.s3.${at.region}.${dnsSuffix(at)}`;

/**
 * Answers PutObject, with the bucket in the host.
 *
 * @throws NotSimulated for other actions, buckets in the path or of another region, and headers that change
 *   how an object is kept
 */
export function putObject(
  request: NetworkRequest,
  { store, at, authorize }: PutObjectOptions,
): NetworkResponse {
  const address = addressOf(request, at);
  checkHeaders(request.headers);
  if (!store.has(address.bucket)) return errorResponse(noSuchBucket, address);
  const refusal = authorize(request, address);
  if (refusal) return errorResponse(refusal, address);
  if (Buffer.byteLength(address.key) > longestKey) return errorResponse(keyTooLong, address);
  const content = contentOf(request);
  if ('code' in content) return errorResponse(content, address);
  const etag = `"${createHash('md5').update(content.body).digest('hex')}"`;
  store.put({
    ...address,
    ...content,
    etag,
    contentType: request.headers.get('content-type') ?? 'binary/octet-stream',
    metadata: metadataOf(request.headers),
  });
  return { status: 200, headers: new Map([['etag', etag]]), body: Buffer.alloc(0) };
}

function addressOf({ method, host, path }: NetworkRequest, at: PutObjectOptions['at']): ObjectAddress {
  const suffix = bucketHost('', at);
  const bucket = host.slice(0, -suffix.length);
  const [, key, query] = /^\/([^?]+)(?:\?(.*))?$/.exec(path) ?? [];
  const isPutObject = method === 'PUT' && key && (query === undefined || query === 'x-id=PutObject');
  if (!isPutObject) throw new NotSimulated('S3', `${method} ${path}`);
  if (!host.endsWith(suffix) || bucket === '') {
    throw new NotSimulated('S3', `the host ${host}, other than <bucket>${suffix},`);
  }
  return { bucket, key: decodeURIComponent(key) };
}

function checkHeaders(headers: ReadonlyMap<string, string>): void {
  const isKnown = (name: string) =>
    ignoredHeaders.includes(name) ||
    headersOfS3.includes(name) ||
    name === 'content-md5' ||
    name.startsWith(metadataPrefix) ||
    name.startsWith('x-amz-checksum-') ||
    (name === 'content-encoding' && headers.get(name) === 'aws-chunked');
  const unknown = [...headers.keys()].find((name) => !isKnown(name));
  if (unknown) throw new NotSimulated('S3', `PutObject with the header ${unknown}`);
}

function contentOf({ headers, body }: NetworkRequest): { readonly body: Buffer } | S3Error {
  const chunked = headers.get('content-encoding') === 'aws-chunked';
  const content = chunked ? unchunked(body) : { body, trailers: new Map<string, string>() };
  const expected = Number(headers.get('x-amz-decoded-content-length') ?? content?.body.length);
  if (!content || content.body.length !== expected) return incompleteBody;
  const wrong = wrongChecksum(new Map([...headers, ...content.trailers]), content.body);
  return wrong === undefined ? { body: content.body } : badDigest(wrong);
}

const metadataOf = (headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...headers].flatMap(([name, value]) =>
      name.startsWith(metadataPrefix) ? [[name.slice(metadataPrefix.length), value] as const] : [],
    ),
  );

const noSuchBucket: S3Error = {
  status: 404,
  code: 'NoSuchBucket',
  message: 'The specified bucket does not exist',
};

const keyTooLong: S3Error = {
  status: 400,
  code: 'KeyTooLongError',
  message: 'Your key is too long',
};

const incompleteBody: S3Error = {
  status: 400,
  code: 'IncompleteBody',
  message: 'You did not provide the number of bytes specified by the Content-Length HTTP header.',
};

const badDigest = (algorithm: string): S3Error => ({
  status: 400,
  code: 'BadDigest',
  message: `The ${algorithm} you specified did not match the calculated checksum.`,
});

export const accessDenied = (message: string): S3Error => ({ status: 403, code: 'AccessDenied', message });

const errorResponse = (
  { status, code, message }: S3Error,
  { bucket, key }: ObjectAddress,
): NetworkResponse => ({
  status,
  headers: new Map([['content-type', 'application/xml']]),
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
      `<Error><Code>${code}</Code><Message>${escaped(message)}</Message>${
        code === 'NoSuchBucket' ? `<BucketName>${escaped(bucket)}</BucketName>` : `<Key>${escaped(key)}</Key>`
      }</Error>`,
  ),
});

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
