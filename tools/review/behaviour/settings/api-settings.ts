import { counted } from '../../counted';
import { type Finding, notice, type Subject, setting } from '../notice';
import { pairsOf } from '../pairs';
import type { StackBehaviour } from '../read/behaviour-of';
import type { MethodThrottling } from '../read/operations';
import type { RestApi } from '../read/rest-api';
import type { WebSocketApi } from '../read/websocket-api';
import { size } from '../units';

const rate = (value: number | undefined, what: string) =>
  value === undefined || value < 0 ? "the account's limit" : `${counted(value, what)} a second`;

const burst = (value: number | undefined, what: string) =>
  value === undefined || value < 0 ? "the account's limit" : `${counted(value, what)} at once`;

/** Limits of a REST API that is in both versions. */
export function restApiSettings(subject: Subject, base: RestApi, head: RestApi): readonly Finding[] {
  const value = ({ endpoint }: RestApi, name: string) => endpoint.get(name) ?? 'none';
  return [
    ...addressFindings(subject, value(base, disabled), value(head, disabled)),
    ...setting(subject, 'endpoint type', value(base, 'types'), value(head, 'types')),
    ...setting(subject, 'IP addresses', value(base, 'ip_address_type'), value(head, 'ip_address_type')),
    ...setting(
      subject,
      'binary media types',
      value(base, 'binary_media_types'),
      value(head, 'binary_media_types'),
    ),
    ...setting(
      subject,
      'answers are compressed from',
      bytes(value(base, 'minimum_compression_size')),
      bytes(value(head, 'minimum_compression_size')),
    ),
  ];
}

const disabled = 'disable_execute_api_endpoint';

const bytes = (value: string) => (/^\d+$/.test(value) ? size(Number(value)) : 'no size');

/** Of both kinds of API. */
function addressFindings(subject: Subject, was: string, is: string): readonly Finding[] {
  if (was === is) return [];
  return [
    is === 'true'
      ? notice(
          'callers',
          subject,
          'attention',
          'its execute-api address is out of service: those who do not come through a custom domain get 403',
        )
      : notice('callers', subject, undefined, 'its execute-api address answers from now on'),
  ];
}

/** Throttling of a stack's REST APIs, by the methods that it holds for. */
export function throttlingSettings(base: StackBehaviour, head: StackBehaviour): readonly Finding[] {
  if (base.restApis.length === 0 || head.restApis.length === 0) return [];
  const { both, gone, added } = pairsOf(base.throttling, head.throttling, ({ methodPath }) => methodPath);
  const of = ({ methodPath, stageName }: MethodThrottling): Subject => {
    const methods = methodPath === '*/*' ? 'all routes' : methodPath;
    return { kind: 'API', name: `/${stageName} (${methods})`, environment: head.environment };
  };
  return [
    ...both.flatMap(([was, is]) => limits(of(is), was, is, 'request', '429')),
    ...gone.flatMap((was) => limits(of(was), was, unlimited, 'request', '429')),
    ...added.flatMap((is) => limits(of(is), unlimited, is, 'request', '429')),
  ];
}

const unlimited: Limits = { rate: undefined, burst: undefined };

/** Limits of a WebSocket API that is in both versions. */
export const webSocketSettings = (
  subject: Subject,
  base: WebSocketApi,
  head: WebSocketApi,
): readonly Finding[] => [
  ...addressFindings(subject, base.disabled, head.disabled),
  ...limits(subject, base.throttling, head.throttling, 'message', 'Too Many Requests'),
];

/** Throttling of an HTTP API that is in both versions. */
export const throttlingLimits = (subject: Subject, base: Limits, head: Limits): readonly Finding[] =>
  limits(subject, base, head, 'request', '429');

interface Limits {
  readonly rate: number | undefined;
  readonly burst: number | undefined;
}

function limits(subject: Subject, base: Limits, head: Limits, what: string, answer: string) {
  const lower = (was: number | undefined, is: number | undefined) =>
    (is ?? Number.POSITIVE_INFINITY) < (was ?? Number.POSITIVE_INFINITY)
      ? { consequence: `what is above is refused (${answer})` }
      : {};
  return [
    ...setting(
      subject,
      'rate limit',
      rate(base.rate, what),
      rate(head.rate, what),
      lower(base.rate, head.rate),
    ),
    ...setting(
      subject,
      'burst limit',
      burst(base.burst, what),
      burst(head.burst, what),
      lower(base.burst, head.burst),
    ),
  ];
}
