import type { Throttling } from '../../constructs/api/throttling';
import { object, optional, type Rule, rule } from './check';
import { figure, integer, matching } from './rules';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html */
export const stageNameRule = matching(/^[A-Za-z0-9_-]{1,128}$/, '1 to 128 letters, digits, _ and -');

/** What API Gateway's own numbers hold; how much an account really gets is a quota of it. */
const mostRequests = 2 ** 31 - 1;

const rateRule: Rule = (value) =>
  typeof value === 'number' && value > 0 && value <= mostRequests
    ? undefined
    : `must be a number of requests a second above 0 and up to ${figure(mostRequests)}: at 0 every request is refused`;

export const throttling = object<Throttling>({
  rateLimit: rule(rateRule),
  burstLimit: rule(integer(1, mostRequests, 'of requests')),
});

/** What the stages of both APIs have in common. */
export const stageSettings = {
  stageName: optional(rule(stageNameRule)),
  throttling: optional(throttling),
};
