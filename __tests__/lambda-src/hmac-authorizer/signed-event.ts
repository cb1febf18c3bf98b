import { createHash, createHmac } from 'node:crypto';
import type { APIGatewayRequestAuthorizerEvent } from 'aws-lambda';

export const methodArn =
  'arn:aws:execute-api:ap-northeast-2:111122223333:a1b2c3d4e5/v1/POST/bizppurio/delivery-results';

export const current = 'current-secret-of-more-than-32-characters';
export const previous = 'previous-secret-of-more-than-32-characters';

/** 2026-01-01T00:00:00Z, in seconds since 1970. */
export const now = 1_767_225_600;

export interface EventParts {
  readonly secret?: string;
  readonly timestamp?: number | string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string;
  /** In place of what would be sent; `undefined` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

/** What API Gateway asks of a request that its sender has signed, unless it is told otherwise. */
export function signedEvent({
  secret = current,
  timestamp = now,
  method = 'POST',
  path = '/bizppurio/delivery-results',
  body = '{"MSGID":"m1"}',
  headers: instead = {},
}: EventParts = {}): APIGatewayRequestAuthorizerEvent {
  const digest = createHash('sha256').update(body).digest('hex');
  const text = `${timestamp}\n${method}\n${path}\n${digest}`;
  const sent = {
    'Content-Type': 'application/json',
    'X-Timestamp': String(timestamp),
    'X-Body-Sha256': digest,
    'X-Signature': createHmac('sha256', secret).update(text).digest('hex'),
    ...instead,
  };
  const headers = Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
  return {
    type: 'REQUEST',
    methodArn,
    headers,
    multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
    requestContext: { requestId: 'request-1' },
  } as unknown as APIGatewayRequestAuthorizerEvent;
}
