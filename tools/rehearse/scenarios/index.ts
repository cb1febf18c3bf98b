import { apiKey } from './callback/api-key';
import { arrives } from './callback/arrives';
import { badBodies } from './callback/bad-bodies';
import { binary } from './callback/binary';
import { consumedElsewhere } from './callback/consumed-elsewhere';
import { contentTypes } from './callback/content-types';
import { callbackDomain } from './callback/domain';
import { callbackGivenUp } from './callback/given-up';
import { headersTravel } from './callback/headers-travel';
import { hostileParts } from './callback/hostile-parts';
import { hostileText } from './callback/hostile-text';
import { callbackLoad } from './callback/load';
import { notJson } from './callback/not-json';
import { otherRoutes } from './callback/other-routes';
import { outsiders } from './callback/outsiders';
import { privateApi } from './callback/private';
import { repeated } from './callback/repeated';
import { secretReads } from './callback/secret-reads';
import { secretsDown } from './callback/secrets-down';
import { signature } from './callback/signature';
import { signed } from './callback/signed';
import { sqsDown } from './callback/sqs-down';
import { toldApart } from './callback/told-apart';
import { tooLarge } from './callback/too-large';
import { httpCallbackScenarios } from './http-callback';
import type { Scenario } from './scenario';
import { deliversBinary } from './subscription/binary';
import { delivers } from './subscription/delivers';
import { deliveryGivenUp } from './subscription/given-up';
import { down, slow, unreachable } from './subscription/outage';
import { poisonMessage } from './subscription/poison';
import { poisonedGroup } from './subscription/poisoned-group';
import { visibilityTimeout } from './subscription/visibility-timeout';
import { acknowledged } from './websocket/acknowledged';
import { badMessages, tooLargeMessages, unsignedClients } from './websocket/bad-messages';
import { clientGone } from './websocket/client-gone';
import { webSocketDomain } from './websocket/domain';
import { echo } from './websocket/echo';
import { functionKilled } from './websocket/function-killed';
import { messageGivenUp } from './websocket/given-up';
import { hostileGroups } from './websocket/hostile-groups';
import { ids } from './websocket/ids';
import { webSocketLoad } from './websocket/load';
import { oneSlow } from './websocket/one-slow';
import { poison } from './websocket/poison';
import { redrive } from './websocket/redrive';
import { throttled } from './websocket/throttled';
import { twoClients } from './websocket/two-clients';
import { visibilityExpiry } from './websocket/visibility-expiry';

/** What is rehearsed, in the order of the report. */
export const scenarios = [
  arrives,
  consumedElsewhere,
  badBodies,
  notJson,
  outsiders,
  apiKey,
  signed,
  privateApi,
  signature,
  secretReads,
  secretsDown,
  hostileText,
  hostileParts,
  contentTypes,
  binary,
  headersTravel,
  tooLarge,
  otherRoutes,
  callbackDomain,
  sqsDown,
  repeated,
  toldApart,
  callbackGivenUp,
  callbackLoad,
  ...httpCallbackScenarios,
  echo,
  acknowledged,
  ids,
  webSocketDomain,
  unsignedClients,
  badMessages,
  tooLargeMessages,
  hostileGroups,
  twoClients,
  clientGone,
  throttled,
  oneSlow,
  functionKilled,
  visibilityExpiry,
  poison,
  redrive,
  messageGivenUp,
  webSocketLoad,
  delivers,
  deliversBinary,
  down,
  unreachable,
  slow,
  visibilityTimeout,
  poisonMessage,
  poisonedGroup,
  deliveryGivenUp,
] as readonly Scenario[];
