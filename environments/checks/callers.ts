import { defaults } from '../defaults';
import { below, type Check, type Problem } from './check';
import { elements, valueAt } from './reading';
import { figure } from './rules';

/** What a callback asks of its callers, held against the API that it is in. */
export const fittingCallers: Check = (value, field) =>
  elements(valueAt(value, 'callbacks')).flatMap((callback, index) => {
    const at = below(below(field, 'callbacks'), index);
    return [...throttlingThatCounts(callback, valueAt(value, 'throttling') ?? defaults.throttling, at)];
  });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html */
function throttlingThatCounts(callback: unknown, ofStage: unknown, field: string): readonly Problem[] {
  return (['rateLimit', 'burstLimit'] as const).flatMap((limit) => {
    const own = valueAt(callback, 'apiKey', 'throttling', limit);
    const whole = valueAt(ofStage, limit);
    // A limit of the stage that is none is said there.
    return typeof own === 'number' && typeof whole === 'number' && whole > 0 && own > whole
      ? [
          {
            field: ['apiKey', 'throttling', limit].reduce<string>(below, field),
            value: own,
            rule: `is more than the stage lets through for all callers together, ${figure(whole)}: lower it, or raise callbackReceiver.throttling.${limit}`,
          },
        ]
      : [];
  });
}
