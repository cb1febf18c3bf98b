import type { Placement } from '../../constructs/iam/placement';
import type { SubscriberPipeSettings, SubscriptionSettings } from '../environment';
import { all, below, type Check, hiddenText, list, listed, object, optional, rule } from './check';
import { filter } from './event-pattern';
import { inputTemplateRule } from './input-template';
import { nearest } from './nearest';
import { keyArnRule, queueArnRule } from './place';
import { elements, isObject, repeats, textOf, valueAt } from './reading';
import { settingName } from './rules';
import { shown } from './shown';
import { subscriber } from './subscriber';
import { fittingToSource } from './subscription-source';
import type { Surroundings } from './surroundings';

export const subscriberPipe = (around: Surroundings) =>
  object<SubscriberPipeSettings>({
    subscriptions: all(
      hiddenText(list(hiddenText(subscription(around)), 'at least one subscription', { atLeast: 1 })),
      distinct,
    ),
  });

const subscription = (around: Surroundings) =>
  all(
    object<SubscriptionSettings>({
      name: rule(settingName),
      source: source(around),
      subscriber: hiddenText(subscriber(around.home)),
      filter: optional(filter),
      inputTemplate: optional(rule(inputTemplateRule)),
    }),
    fittingToSource(around.callbacks),
  );

/** A callback's queue or one by its ARN: whichever of the two keys is there says what is meant. */
const source = ({ home, callbacks }: Surroundings): Check => {
  const byCallback = object<{ callback: string }>({ callback: namedCallback([...callbacks.keys()]) });
  const byArn = queueByArn(home);
  return (value, field) => {
    if (!isObject(value) || value.queueArn === undefined) return byCallback(value, field);
    if (value.callback === undefined) return byArn(value, field);
    return [{ field, value, rule: 'must have callback or queueArn, not both: leave one out' }];
  };
};

const queueByArn = (home: Placement | undefined) =>
  object<{ queueArn: string; keyArn?: string }>({
    queueArn: rule(queueArnRule(home)),
    keyArn: optional(rule(keyArnRule(home))),
  });

const namedCallback = (names: readonly string[]) =>
  rule((value) => {
    if (typeof value === 'string' && names.includes(value)) return undefined;
    if (names.length === 0) return 'must be a callback of this environment, which has none: use queueArn';
    const meant = typeof value === 'string' ? nearest(value, names) : undefined;
    return `must be a callback of this environment: ${meant ? `write ${shown(meant)}` : listed(names.slice(0, 10).map(shown), 'or')}`;
  });

const distinct: Check = (value, field) => {
  const names = elements(value).map((one) => textOf(valueAt(one, 'name')));
  return repeats(names).map(({ index, first }) => ({
    field: below(below(field, index), 'name'),
    value: names[index],
    rule: `is the name of ${below(field, first)} too: give each subscription its own`,
  }));
};
