import type { ApiKeySettings } from '../environment';
import { throttling } from './api-settings';
import { all, below, type Check, object, optional, rule } from './check';
import { valueAt } from './reading';
import { figure, integer, oneOf } from './rules';

type Quota = NonNullable<ApiKeySettings['quota']>;

/** What a usage plan's numbers hold. https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html */
const mostRequests = 2 ** 31 - 1;

const withinQuota: Check = (value, field) => {
  const burst = valueAt(value, 'throttling', 'burstLimit');
  const requests = valueAt(value, 'quota', 'requests');
  return Number.isInteger(burst) && Number.isInteger(requests) && (requests as number) < (burst as number)
    ? [
        {
          field: ['quota', 'requests'].reduce<string>(below, field),
          value: requests,
          rule: `is less than one burst of this key, ${figure(burst as number)}, which would use up the whole period at once: raise it, or lower throttling.burstLimit`,
        },
      ]
    : [];
};

export const apiKey = all(
  object<ApiKeySettings>({
    throttling: optional(throttling),
    quota: optional(
      object<Quota>({
        requests: rule(integer(1, mostRequests, 'of requests')),
        period: rule(oneOf('DAY', 'WEEK', 'MONTH')),
      }),
    ),
  }),
  withinQuota,
);
