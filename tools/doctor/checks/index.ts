import type { Check } from '../check';
import { buckets } from './buckets/buckets';
import { destinations } from './destinations/destinations';
import { eventSourceMappings } from './event-source-mappings/event-source-mappings';
import { functions } from './functions/functions';
import { httpApi } from './http-api/http-api';
import { keys } from './keys/keys';
import { pipes } from './pipes/pipes';
import { queues } from './queues/queues';
import { restApi } from './rest-api/rest-api';
import { roles } from './roles/roles';
import { webSocketApi } from './web-socket-api/web-socket-api';

/** All that the doctor looks at, in the order of the report: along the way of a message. */
export const checks: readonly Check[] = [
  restApi,
  httpApi,
  webSocketApi,
  queues,
  keys,
  eventSourceMappings,
  functions,
  pipes,
  destinations,
  buckets,
  roles,
];
