import type { Check } from '../check';
import { buckets } from './buckets';
import { destinations } from './destinations';
import { eventSourceMappings } from './event-source-mappings';
import { functions } from './functions';
import { keys } from './keys';
import { pipes } from './pipes';
import { queues } from './queues';
import { restApi } from './rest-api';
import { roles } from './roles';
import { webSocketApi } from './web-socket-api';

/** All that the doctor looks at, in the order of the report: along the way of a message. */
export const checks: readonly Check[] = [
  restApi,
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
