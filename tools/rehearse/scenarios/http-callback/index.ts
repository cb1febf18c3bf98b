import type { Scenario } from '../scenario';
import { httpArrives, httpHostileText } from './arrives';
import { cors } from './cors';
import { httpDomain } from './domain';
import { httpGivenUp } from './given-up';
import { hostileIds } from './hostile-ids';
import { httpLoad } from './load';
import { httpOtherRoutes } from './other-routes';
import { httpRepeated, httpToldApart } from './repeated';
import { httpSqsDown } from './sqs-down';
import { tokens } from './tokens';
import { httpTooLarge } from './too-large';

/** Of HTTP APIs, in the order of the report. */
export const httpCallbackScenarios = [
  httpArrives,
  tokens,
  cors,
  httpDomain,
  httpHostileText,
  hostileIds,
  httpTooLarge,
  httpOtherRoutes,
  httpSqsDown,
  httpRepeated,
  httpToldApart,
  httpGivenUp,
  httpLoad,
] as readonly Scenario<'http-callback'>[];
