import type { WebSocketReplySettings } from '../environment';
import { stageSettings } from './api-settings';
import { all, object, optional, type Rule, rule } from './check';
import { domain, fittingDomain } from './domain';
import { webSocketQueue } from './queue-settings';
import { boolean, firstOf, integer, oneOf } from './rules';
import type { Surroundings } from './surroundings';

/**
 * What the reply function has for the tries of one message, and what it keeps free to answer in time: with a second it
 * would try nothing at all. `lambda-src/shared/batch.ts` has both.
 */
const shortestFunctionTimeoutSeconds = 5 + 1;

const enoughForRetries: Rule = (value) =>
  (value as number) < shortestFunctionTimeoutSeconds
    ? `must be at least ${shortestFunctionTimeoutSeconds}: the function tries to reply for up to 5 s, and keeps the last second free to say which messages it could not answer`
    : undefined;

export const websocketReply = ({ home }: Surroundings) =>
  all(
    object<WebSocketReplySettings>({
      ...stageSettings,
      domain: optional(domain(home, 'websocket')),
      disableExecuteApiEndpoint: optional(rule(boolean)),
      acknowledgement: optional(rule(boolean)),
      connectAuthorization: optional(rule(oneOf('NONE', 'AWS_IAM'))),
      queue: optional(webSocketQueue),
      functionTimeoutSeconds: optional(rule(firstOf(integer(1, 900, 'of seconds'), enoughForRetries))),
      functionMemoryMegabytes: optional(rule(integer(128, 10_240, 'of megabytes'))),
      maximumConcurrency: optional(rule(integer(2, 1000, 'of batches'))),
    }),
    fittingDomain('websocket'),
  );
