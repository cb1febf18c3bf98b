import { NotSimulated } from '../../not-simulated';
import type { Network, NetworkResponse } from '../simulation/network';
import type { Deliver, Delivery } from './deliver';
import { destinationRequest } from './destination-request';
import { exchange, pause, type WorkClock } from './exchange';
import { inputTemplate } from './input-template';
import { OAuthToken } from './oauth-token';
import type { PipeRecord } from './pipe-record';
import type { Pipe, Target } from './pipes';
import { RateLimit } from './rate-limit';

/** In milliseconds. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html */
const longestInvocation = 5_000;

interface Surroundings {
  readonly clock: WorkClock;
  readonly network: Network;
  /** Of the source: when a message that failed comes back. */
  readonly visibilityTimeoutSeconds: number;
}

/**
 * Delivers to an API destination: one request for a message, no more of them a second than its rate limit
 * says. Whatever it answers other than 2xx is an error of the target: the message is retried through the
 * queue.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-error-troubleshooting.html
 */
export function apiDestinationTarget(
  pipe: Pipe,
  target: Extract<Target, { readonly kind: 'api-destination' }>,
  { clock, network, visibilityTimeoutSeconds }: Surroundings,
): Deliver {
  const { authorization, address: where } = target.destination.connection;
  const template = inputTemplate(pipe.inputTemplate ?? '', pipe, `${pipe.address}.input_template`);
  const rate = new RateLimit(target.destination.rateLimitPerSecond);
  const token =
    authorization.kind === 'oauth' ? new OAuthToken(authorization, { network, clock, where }) : undefined;

  const authorizationHeader = async (): Promise<readonly [string, string]> =>
    authorization.kind === 'header'
      ? [authorization.name, authorization.value]
      : ['authorization', `Bearer ${await token?.value()}`];

  return async ([record, ...others]) => {
    if (!record || others.length > 0) throw new NotSimulated(pipe.address, 'a batch for an API destination');
    await pause(clock, rate.wait(clock.now()));
    const request = destinationRequest(pipe, target, {
      record,
      body: template(record, clock.now()).text,
      authorization: await authorizationHeader(),
    });
    const answer = await exchange(request, { network, clock, milliseconds: longestInvocation });
    if (answer === 'given up') {
      return failed(`no answer within ${longestInvocation / 1000} seconds`);
    }
    if (typeof answer === 'string') return fault(answer, pipe.address);
    // A refused token is exchanged for a new one.
    if (answer.status === 401 || answer.status === 407) token?.refused();
    checkRetryAfter(answer, visibilityTimeoutSeconds, pipe.address);
    return statusDelivery(answer.status, record, pipe.address);
  };
}

const failed = (reason: string, persistent = false): Delivery => ({ kind: 'failed', reason, persistent });

function fault(code: string, where: string): Delivery {
  // Whether a connection that breaks counts as one that could not be made is not documented.
  if (code === 'ECONNRESET') throw new NotSimulated(where, 'a connection that breaks before the answer');
  return { kind: 'unreachable', reason: `no connection: ${code}` };
}

/**
 * Authorization that is missing, and resources that are: the 4xx of which EventBridge says that they stop a
 * pipe.
 */
const persistentStatuses = [401, 403, 404, 407, 410];

function statusDelivery(status: number, { messageId }: PipeRecord, where: string): Delivery {
  if (status >= 200 && status < 300) return { kind: 'delivered', failed: new Set() };
  if (status < 400) throw new NotSimulated(where, `the answer ${status} to message ${messageId}`);
  return failed(`the API destination answered ${status}`, persistentStatuses.includes(status));
}

/** EventBridge heeds Retry-After; how, beside the visibility timeout of a queue, is not documented. */
function checkRetryAfter(
  { status, headers }: NetworkResponse,
  visibilityTimeout: number,
  where: string,
): void {
  const after = headers.get('retry-after');
  if (status < 400 || after === undefined) return;
  if (!/^\d+$/.test(after) || Number(after) > visibilityTimeout) {
    throw new NotSimulated(where, `Retry-After: ${after}, beyond the queue's visibility timeout,`);
  }
}
