import ipaddr from 'ipaddr.js';
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

/**
 * Sends a request through a REST API, from an address that the environment lists, unless its header names another, and
 * through the VPC endpoint of a private one.
 * @param options.unsigned whether what is not signed counts as signed by a role that may call
 */
export async function answerCallback(
  world: World,
  api: RestApi,
  request: CallbackRequest,
  options: { readonly log: Log; readonly unsigned: boolean },
): Promise<Answer> {
  const { method, path: wholePath } = request;
  const path = wholePath.slice(api.stageName.length + 1) || '/';
  const named = headerOf(request.headers, sourceIpHeader);
  if (named !== undefined && !ipaddr.isValid(named)) {
    return says(400, `${sourceIpHeader}: ${named} is no IP address, such as 192.0.2.10 or 2001:db8::10`);
  }
  const flow = flowOf(world, api, { method, path });
  const [role] = flow?.callerRoleArns ?? [];
  const isSigned = headerOf(request.headers, 'authorization') !== undefined;
  const answer = await world.request(api, {
    method,
    path,
    headers: new Map([
      ...[...request.headers].filter(([name]) => name.toLowerCase() !== sourceIpHeader.toLowerCase()),
      ...(options.unsigned && !isSigned && role !== undefined ? world.callers.signed(role) : []),
    ]),
    querystring: new Map(request.querystring),
    body: request.body,
    sourceIp: named ?? listedAddress(flow?.allowList ?? []),
    sourceVpce: flow?.vpcEndpointId,
  });
  options.log(`${method} ${wholePath} → ${answerLine(answer)}`, answer.sqs?.sent ? 'plain' : 'bad');
  return answer;
}

function headerOf(headers: ReadonlyMap<string, string>, wanted: string): string | undefined {
  return [...headers].find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}

/** A request for what the API does not have is no business of any list. */
const flowOf = (world: World, api: RestApi, { method, path }: { method: string; path: string }) =>
  world.system.flows.find(
    (flow): flow is CallbackFlow =>
      flow.kind === 'callback' &&
      flow.api === api &&
      flow.method.path === path &&
      flow.method.httpMethod === method,
  );

/** What became of a request, for the log. */
export function answerLine({ status, body, sqs }: Pick<RestAnswer, 'status' | 'body' | 'sqs'>): string {
  if (!sqs?.sent)
    return `${status} ${shortened(body)}${sqs ? `, SQS said ${sqs.status} ${shortened(sqs.body)}` : ''}`;
  const { message, queue, duplicateOf } = sqs.sent;
  return duplicateOf === undefined
    ? `${status}, queued on ${queue.name} as ${message.messageId}`
    : `${status}, repeats ${duplicateOf} on ${queue.name}: not queued again`;
}
