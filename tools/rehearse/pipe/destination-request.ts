import { NotSimulated } from '../../not-simulated';
import type { NetworkRequest } from '../simulation/network';
import { jsonPath, valueAt } from './json-path';
import { type PipeRecord, parsedBody, parsedOrText } from './pipe-record';
import type { Pipe, Target } from './pipes';

type DestinationTarget = Extract<Target, { readonly kind: 'api-destination' }>;

/**
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html#eb-api-destination-headers
 */
const ownHeaders: readonly (readonly [string, string])[] = [
  ['user-agent', 'Amazon/EventBridge/ApiDestinations'],
  ['content-type', 'application/json; charset=utf-8'],
  ['range', 'bytes=0-1048575'],
  ['accept-encoding', 'gzip,deflate'],
  ['connection', 'close'],
];

interface Delivered {
  readonly record: PipeRecord;
  /** What the input template made of it. */
  readonly body: string;
  /** Name in lower case, and value. */
  readonly authorization: readonly [string, string];
}

/**
 * The request with which a message is delivered to an API destination: what the pipe says, then over it what
 * the connection says.
 *
 * @throws NotSimulated for parameters that take the place of EventBridge's own headers or of fields of the
 *   body, and for dynamic ones without a value
 */
export function destinationRequest(
  { address }: Pick<Pipe, 'address'>,
  { destination, headers, query, path }: DestinationTarget,
  { record, body, authorization }: Delivered,
): NetworkRequest {
  const { parameters } = destination.connection;
  const dynamic = (value: string) => dynamicValue(value, record, address);
  const url = new URL(withPath(destination.endpoint, path.map(dynamic), address));
  for (const [name, value] of [...query].map(([key, value]) => [key, dynamic(value)] as const)) {
    url.searchParams.append(name, value);
  }
  for (const [name, value] of parameters.query) url.searchParams.set(name, value);
  const bytes = Buffer.from(withParameters(body, parameters.body, address));
  const given: readonly (readonly [string, string])[] = [
    ...[...headers].map(([name, value]) => [name, dynamic(value)] as const),
    ...parameters.headers,
  ];
  const taken = given.find(([name]) => isOwn(name.toLowerCase()));
  if (taken) throw new NotSimulated(address, `the header ${taken[0]}, which EventBridge sets itself,`);
  return {
    protocol: 'https',
    method: destination.method,
    host: url.host,
    path: `${url.pathname}${url.search}`,
    headers: new Map([
      ...ownHeaders,
      ['host', url.host],
      ['content-length', String(bytes.length)],
      ...given.map(([name, value]) => [name.toLowerCase(), value] as const),
      authorization,
    ]),
    body: bytes,
  };
}

const isOwn = (name: string) =>
  ['host', 'content-length'].includes(name) || ownHeaders.some(([own]) => own === name);

/**
 * A value that is a JSON path as a whole.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html#pipes-targets-dynamic-parms
 */
function dynamicValue(value: string, record: PipeRecord, where: string): string {
  if (!value.startsWith('$.')) return value;
  const body = value.startsWith('$.body') ? parsedOrText(parsedBody(record.body), where) : record.body;
  const found = valueAt({ ...record, body }, jsonPath(value, where));
  if (typeof found === 'string') return found;
  throw new NotSimulated(where, `the parameter ${value} where the message has no text there`);
}

function withPath(endpoint: string, values: readonly string[], where: string): string {
  const parts = endpoint.split('*');
  if (parts.length - 1 !== values.length) {
    throw new NotSimulated(where, `an endpoint with ${parts.length - 1} "*" and ${values.length} values`);
  }
  return parts.reduce(
    (before, part, index) => `${before}${encodeURIComponent(values[index - 1] ?? '')}${part}`,
  );
}

function withParameters(
  body: string,
  parameters: readonly (readonly [string, string])[],
  where: string,
): string {
  if (parameters.length === 0) return body;
  const value: unknown = JSON.parse(body);
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject || parameters.some(([name]) => Object.hasOwn(value, name))) {
    throw new NotSimulated(where, "a connection's body parameters for such a body");
  }
  return JSON.stringify({ ...value, ...Object.fromEntries(parameters) });
}
