import type { WebSocketReplySettings } from '../environment';
import { stageSettings } from './api-settings';
import { all, object, optional, rule } from './check';
import { domain, fittingDomain } from './domain';
import { webSocketQueue } from './queue-settings';
import { boolean, integer, oneOf } from './rules';
import type { Surroundings } from './surroundings';

export const websocketReply = ({ home }: Surroundings) =>
  all(
    object<WebSocketReplySettings>({
      ...stageSettings,
      domain: optional(domain(home, 'websocket')),
      disableExecuteApiEndpoint: optional(rule(boolean)),
      acknowledgement: optional(rule(boolean)),
      connectAuthorization: optional(rule(oneOf('NONE', 'AWS_IAM'))),
      queue: optional(webSocketQueue),
      functionTimeoutSeconds: optional(rule(integer(1, 900, 'of seconds'))),
      functionMemoryMegabytes: optional(rule(integer(128, 10_240, 'of megabytes'))),
      maximumConcurrency: optional(rule(integer(2, 1000, 'of batches'))),
    }),
    fittingDomain('websocket'),
  );
