import type { Check } from '../check';
import { buckets } from './buckets/buckets';
import { destinations } from './destinations/destinations';
import { domains } from './domains/domains';
import { eventSourceMappings } from './event-source-mappings/event-source-mappings';
import { functions } from './functions/functions';
import { httpApi } from './http-api/http-api';
import { keys } from './keys/keys';
import { alarms } from './monitoring/alarms';
import { dashboards } from './monitoring/dashboards';
import { topics } from './monitoring/topics';
import { pipes } from './pipes/pipes';
import { queues } from './queues/queues';
import { restApi } from './rest-api/rest-api';
import { roles } from './roles/roles';
import { usagePlans } from './usage-plans/usage-plans';
import { webSocketApi } from './web-socket-api/web-socket-api';

/** All that the doctor looks at, in the order of the report: along the way of a message, then what watches it. */
export const checks: readonly Check[] = [
  domains,
  restApi,
  usagePlans,
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
  topics,
  alarms,
  dashboards,
];
