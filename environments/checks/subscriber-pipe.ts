import { accountIdOf } from '../../constructs/iam/arn';
import type { Placement } from '../../constructs/iam/placement';
import type { SubscriberPipeSettings, SubscriptionSettings } from '../environment';
import { all, below, type Check, hiddenText, list, listed, object, optional, type Rule, rule } from './check';
import { filter } from './event-pattern';
import { inputTemplateRule } from './input-template';
import { nearest } from './nearest';
import { keyArnRule, queueArnRule } from './place';
import { elements, isObject, repeats, textOf, valueAt } from './reading';
import { firstOf, settingName } from './rules';
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
    callbackOfThisAccount(around),
  );

/** A callback's queue may be someone else's. */
const callbackOfThisAccount =
  ({ home, callbacks }: Surroundings): Check =>
  (value, field) => {
    const name = textOf(valueAt(value, 'source', 'callback'));
    const queue = name === undefined ? undefined : valueAt(callbacks.get(name), 'queue');
    const arn = valueAt(queue, 'kind') === 'existing' ? textOf(valueAt(queue, 'arn')) : undefined;
    const broken = arn === undefined || queueArnRule(home)(arn) ? undefined : ofThisAccount(home)(arn);
    return broken === undefined
      ? []
      : [
          {
            field: ['source', 'callback'].reduce<string>(below, field),
            value: name,
            rule: `has a queue that ${broken}`,
          },
        ];
  };

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
    queueArn: rule(firstOf(queueArnRule(home), ofThisAccount(home))),
    keyArn: optional(rule(keyArnRule(home))),
  });

/**
 * Of all that a pipe can have as its source, AWS documents nothing in another account.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-source.html
 */
export const ofThisAccount =
  (home: Placement | undefined): Rule =>
  (arn) => {
    const accountId = typeof arn === 'string' ? accountIdOf(arn) : undefined;
    return home && accountId !== home.accountId
      ? `is in the account ${accountId}, and a pipe of ${home.accountId} takes from queues of its own account alone: let an environment of ${accountId} subscribe to it, or let a queue of ${home.accountId} be consumed from there by its consumerRoleArns`
      : undefined;
  };

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
