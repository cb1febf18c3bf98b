import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

/** What a sender says of a request, and what API Gateway says of it. */
export interface SignedRequest {
  /** The method's ARN: what the signature opens. */
  readonly methodArn: string;
  /** Seconds since 1970, as it was sent. */
  readonly timestamp: string;
  /** SHA-256 of the body's bytes, 64 lower-case hexadecimal digits. */
  readonly bodySha256: string;
  readonly signature: Buffer;
  /** What the signature is over. */
  readonly signedText: string;
}

/** Why a request cannot be checked; nothing that its sender wrote is in it. */
export interface Malformed {
  readonly malformed: string;
}

const headers = {
  'x-signature': { pattern: /^[0-9a-f]{64}$/i, form: '64 hexadecimal digits' },
  'x-timestamp': { pattern: /^[1-9]\d{0,11}$/, form: 'whole seconds since 1970' },
  // The consumer compares texts: only one way of writing a digest may pass.
  'x-body-sha256': { pattern: /^[0-9a-f]{64}$/, form: '64 lower-case hexadecimal digits' },
} as const;

type Header = keyof typeof headers;

/**
 * The parts of a request that count for its signature. Method and path are read from the ARN that an Allow names, so
 * that a signature opens what it was made for and nothing else.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function signedRequest(event: APIGatewayRequestAuthorizerEvent): SignedRequest | Malformed {
  const values = new Map<Header, string>();
  for (const [name, { pattern, form }] of Object.entries(headers) as [Header, (typeof headers)[Header]][]) {
    const [value, ...others] = valuesOf(event, name);
    if (value === undefined) return { malformed: `${name} is missing` };
    if (others.length > 0) return { malformed: `${name} is there ${others.length + 1} times` };
    if (!pattern.test(value)) return { malformed: `${name} is not ${form}` };
    values.set(name, value);
  }
  const [, method, path] = /^(?:[^:]*:){5}[^/]*\/[^/]*\/([A-Z]+)(\/.*)$/.exec(event.methodArn) ?? [];
  if (method === undefined || path === undefined)
    return { malformed: 'the method ARN has no method and path' };
  const of = (name: Header) => values.get(name) as string;
  const [timestamp, bodySha256] = [of('x-timestamp'), of('x-body-sha256')];
  return {
    methodArn: event.methodArn,
    timestamp,
    bodySha256,
    signature: Buffer.from(of('x-signature'), 'hex'),
    signedText: [timestamp, method, path, bodySha256].join('\n'),
  };
}

/** Names of headers have no case. */
function valuesOf({ headers, multiValueHeaders }: APIGatewayRequestAuthorizerEvent, name: Header): string[] {
  const same = ([key, value]: [string, string[] | string | undefined]) =>
    key.toLowerCase() === name ? [value ?? []].flat() : [];
  const all = Object.entries(multiValueHeaders ?? {}).flatMap(same);
  return all.length > 0 ? all : Object.entries(headers ?? {}).flatMap(same);
}
