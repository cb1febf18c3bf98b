import {
  defaultRetentionDays,
  maximumReceiveCount,
  maximumRetentionSeconds,
  maximumVisibilityTimeoutSeconds,
  receiveCountCovering,
  visibilityTimeoutFactor,
} from '../../constructs/queue/queue-attributes';
import { archiveTimeoutSeconds, coveredOutageSeconds, defaults } from '../defaults';
import { requiredField, takesOnlyJson } from './callback-body';
import { below, type Check, type Problem } from './check';
import { isBareBody } from './input-template';
import { elements, isObject, valueAt } from './reading';
import type { Surroundings } from './surroundings';

/** API destinations give up after five seconds. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html */
const destinationTimeoutSeconds = 5;

/** What a subscription asks of the callback whose queue it takes from; of a queue by ARN nothing is known. */
export const fittingToSource =
  (callbacks: Surroundings['callbacks']): Check =>
  (subscription, field) => {
    const name = valueAt(subscription, 'source', 'callback');
    const callback = typeof name === 'string' ? callbacks.get(name) : undefined;
    return [
      ...archiveTakesRecords(subscription, field),
      ...(callback === undefined
        ? []
        : [
            ...enoughTime(subscription, callback, name as string, field),
            ...enoughDeliveries(callback, name as string, field),
            ...enoughRetention(callback, name as string, field),
            ...keyField(subscription, callback, field),
            ...bodyInTemplate(subscription, callback, field),
            ...bodyInFilter(subscription, callback, field),
          ]),
    ];
  };

const kindOf = (subscription: unknown) => valueAt(subscription, 'subscriber', 'kind');

function archiveTakesRecords(subscription: unknown, field: string): readonly Problem[] {
  const template = valueAt(subscription, 'inputTemplate');
  return kindOf(subscription) === 's3-archive' && template !== undefined
    ? [
        {
          field: below(field, 'inputTemplate'),
          value: template,
          rule: 'must be left out: the archive function takes SQS records as they are',
        },
      ]
    : [];
}

function enoughTime(subscription: unknown, callback: unknown, name: string, field: string) {
  const kind = kindOf(subscription);
  const needed =
    kind === 's3-archive' ? archiveTimeoutSeconds : kind === 'https' ? destinationTimeoutSeconds : 0;
  const seconds = valueAt(callback, 'queue', 'consumerTimeoutSeconds') ?? defaults.consumerTimeoutSeconds;
  if (valueAt(callback, 'queue', 'kind') === 'existing') return [];
  return Number.isInteger(seconds) && (seconds as number) >= 1 && (seconds as number) < needed
    ? [
        {
          field: ['source', 'callback'].reduce<string>(below, field),
          value: name,
          rule: `has a queue whose consumerTimeoutSeconds is ${seconds}, and this subscriber may take ${needed} s: raise it to ${needed}, or messages come twice`,
        },
      ]
    : [];
}

/** Below this a restart of the subscriber could send its messages to the dead-letter queue. */
const shortestCoveredOutageSeconds = 60 * 60;

function enoughDeliveries(callback: unknown, name: string, field: string): readonly Problem[] {
  const count = valueAt(callback, 'queue', 'maxReceiveCount');
  const seconds = valueAt(callback, 'queue', 'consumerTimeoutSeconds') ?? defaults.consumerTimeoutSeconds;
  if (!isPositiveInteger(count) || !isPositiveInteger(seconds)) return [];
  const covered = count * visibilityTimeoutFactor * seconds;
  const needed = Math.ceil(shortestCoveredOutageSeconds / (visibilityTimeoutFactor * seconds));
  return covered < shortestCoveredOutageSeconds && needed <= maximumReceiveCount
    ? [
        {
          field: ['source', 'callback'].reduce<string>(below, field),
          value: name,
          rule: `has a queue whose maxReceiveCount is ${count}, so that a subscriber down for ${covered} s loses its messages to the dead-letter queue: raise it to at least ${needed}, or leave it out to cover a day`,
        },
      ]
    : [];
}

const secondsOfADay = 86_400;

/** A message that expires before its deliveries are over never gets to the dead-letter queue. */
function enoughRetention(callback: unknown, name: string, field: string): readonly Problem[] {
  const seconds = valueAt(callback, 'queue', 'consumerTimeoutSeconds') ?? defaults.consumerTimeoutSeconds;
  const days = valueAt(callback, 'queue', 'retentionDays') ?? defaultRetentionDays;
  if (!isPositiveInteger(seconds) || !isPositiveInteger(days)) return [];
  // What is beyond its own limit is said there.
  if (seconds * visibilityTimeoutFactor > maximumVisibilityTimeoutSeconds) return [];
  if (valueAt(callback, 'queue', 'kind') === 'existing') return [];
  const count =
    valueAt(callback, 'queue', 'maxReceiveCount') ?? receiveCountCovering(coveredOutageSeconds, seconds);
  if (!isPositiveInteger(count)) return [];
  const tried = count * visibilityTimeoutFactor * seconds;
  const needed = Math.floor(tried / secondsOfADay) + 1;
  const remedy =
    needed < maximumRetentionSeconds / secondsOfADay
      ? `raise it to ${needed}, or lower maxReceiveCount`
      : 'lower maxReceiveCount';
  return tried >= days * secondsOfADay
    ? [
        {
          field: ['source', 'callback'].reduce<string>(below, field),
          value: name,
          rule: `has a queue whose retentionDays is ${days}, so that a message which is tried ${count} times, for ${tried} s, expires before it is given up, and is lost: ${remedy}`,
        },
      ]
    : [];
}

const isPositiveInteger = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) > 0;

function keyField(subscription: unknown, callback: unknown, field: string): readonly Problem[] {
  const name = valueAt(subscription, 'subscriber', 'messageKeyField');
  if (kindOf(subscription) !== 's3-archive' || typeof name !== 'string') return [];
  const at = ['subscriber', 'messageKeyField'].reduce<string>(below, field);
  return requiredField(callback, name, ['string', 'integer'], at, 'it names the object');
}

function bodyInTemplate(subscription: unknown, callback: unknown, field: string): readonly Problem[] {
  const template = valueAt(subscription, 'inputTemplate');
  return isBareBody(template) && takesOnlyJson(callback)
    ? [
        {
          field: below(field, 'inputTemplate'),
          value: template,
          rule: 'must not be the body alone, since Pipes drop the quotes of a JSON body that stands alone: write {"data":<$.body>}',
        },
      ]
    : [];
}

/** A pattern of the wrong kind matches no message, and what matches no pattern is deleted. */
function bodyInFilter(subscription: unknown, callback: unknown, field: string): readonly Problem[] {
  if (!takesOnlyJson(callback) || valueAt(callback, 'schema', 'type') !== 'object') return [];
  return elements(valueAt(subscription, 'filter')).flatMap((pattern, index): readonly Problem[] => {
    const body = isObject(pattern) ? pattern.body : undefined;
    return Array.isArray(body)
      ? [
          {
            field: below(below(below(field, 'filter'), index), 'body'),
            value: body,
            rule: 'must be an object of fields, since the callback takes JSON: a list matches plain text only, and every message would be deleted',
          },
        ]
      : [];
  });
}
