import ipaddr from 'ipaddr.js';
import { NotSimulated } from '../not-simulated';
import type { RestApi } from '../rehearse/api-gateway/rest-api';
import type { RestAnswer } from '../rehearse/api-gateway/rest-request';
import { listedAddress } from '../rehearse/samples/addresses';
import type { CallbackFlow } from '../rehearse/world/flows';
import type { World } from '../rehearse/world/world';
import { type Log, shortened } from './event-log';
import { type Answer, says } from './http-exchange';

/** Where a request is said to come from. */
export const sourceIpHeader = 'X-Rehearsal-Source-Ip';

/** A request as it came over a socket. */
export interface CallbackRequest {
  readonly method: string;
  /** With the stage, without the query string. */
  readonly path: string;
  readonly querystring: URLSearchParams;
  /** By their names as they were sent. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Sends a request through a REST API, from an address that the environment lists, unless its header names another. */
export function answerCallback(world: World, api: RestApi, request: CallbackRequest, log: Log): Answer {
  const { method, path: wholePath } = request;
  const path = wholePath.slice(api.stageName.length + 1) || '/';
  const named = headerOf(request.headers, sourceIpHeader);
  if (named !== undefined && !ipaddr.isValid(named)) {
    return says(400, `${sourceIpHeader}: ${named} is no IP address, such as 192.0.2.10 or 2001:db8::10`);
  }
  const answer = world.request(api, {
    method,
    path,
    headers: new Map(
      [...request.headers].filter(([name]) => name.toLowerCase() !== sourceIpHeader.toLowerCase()),
    ),
    querystring: new Map(request.querystring),
    body: textOf(request.body, api),
    sourceIp: named ?? listedAddress(allowListOf(world, api, { method, path })),
  });
  log(`${method} ${wholePath} → ${answerLine(answer)}`, answer.sqs?.sent ? 'plain' : 'bad');
  return answer;
}

function headerOf(headers: ReadonlyMap<string, string>, wanted: string): string | undefined {
  return [...headers].find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}

/** A request for what the API does not have is no business of any list. */
const allowListOf = (world: World, api: RestApi, { method, path }: { method: string; path: string }) =>
  world.system.flows.find(
    (flow): flow is CallbackFlow =>
      flow.kind === 'callback' &&
      flow.api === api &&
      flow.method.path === path &&
      flow.method.httpMethod === method,
  )?.allowList ?? [];

function textOf(body: Buffer, api: RestApi): string {
  const text = body.toString();
  // Of a body that is too large a character may be cut in half.
  if (body.length > 10 * 1024 * 1024 || Buffer.from(text).equals(body)) return text;
  throw new NotSimulated(api.address, 'a body that is not UTF-8');
}

/** What became of a request, for the log. */
export function answerLine({ status, body, sqs }: Pick<RestAnswer, 'status' | 'body' | 'sqs'>): string {
  if (!sqs?.sent)
    return `${status} ${shortened(body)}${sqs ? `, SQS said ${sqs.status} ${shortened(sqs.body)}` : ''}`;
  const { message, queue, duplicateOf } = sqs.sent;
  return duplicateOf === undefined
    ? `${status}, queued on ${queue.name} as ${message.messageId}`
    : `${status}, repeats ${duplicateOf} on ${queue.name}: not queued again`;
}
