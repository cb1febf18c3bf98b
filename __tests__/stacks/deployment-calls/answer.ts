import type http from 'node:http';

/** A request on its way to moto_server. */
export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Of JSON protocols: `AmazonSQS.CreateQueue`. */
  readonly target: string;
}

/** What comes back of it. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Json = Record<string, unknown>;

export const json = (status: number, value: Json): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});
