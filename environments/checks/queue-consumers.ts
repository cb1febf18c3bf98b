import { parseQueueArn, queueArn } from '../../constructs/iam/arn';
import { placement } from '../../constructs/iam/placement';
import { queueName } from '../../constructs/names';
import { below } from './check';
import { webSocketQueueName } from './derived-names';
import { called, type Fault } from './fault';
import type { Labelled } from './plain-data';
import { callbacksByName, elements, isObject, textOf, valueAt } from './reading';

interface Consumer {
  readonly environment: Labelled;
  readonly field: string;
  readonly value: unknown;
  readonly queueArn: string;
}

/** Two consumers of one queue compete: each message reaches only one of them. */
export function consumerFaults(environments: readonly Labelled[]): readonly Fault[] {
  const first = new Map<string, Consumer>();
  return environments.flatMap(consumersOf).flatMap((consumer) => {
    const other = first.get(consumer.queueArn);
    if (!other) first.set(consumer.queueArn, consumer);
    if (!other || repeatsEnvironment(other, consumer)) return [];
    const there = `${other.field}${other.environment === consumer.environment ? '' : ` of ${called(other.environment.label)}`}`;
    return [
      {
        environment: consumer.environment.label,
        field: consumer.field,
        value: consumer.value,
        rule: `is a queue that ${there} already takes from, and each message would reach only one of the two: give each its own queue`,
      },
    ];
  });
}

function consumersOf(environment: Labelled): readonly Consumer[] {
  const { data } = environment;
  const prefix = textOf(valueAt(data, 'name')) ?? '';
  const home = placement(textOf(valueAt(data, 'region')) ?? '', textOf(valueAt(data, 'accountId')) ?? '');
  const reply = valueAt(data, 'websocketReply');
  const callbacks = callbacksByName(data);
  const subscriptions = elements(valueAt(data, 'subscriberPipe', 'subscriptions'));
  return [
    ...(isObject(reply)
      ? [
          {
            environment,
            field: 'websocketReply',
            value: reply,
            queueArn: queueArn(home, webSocketQueueName(prefix, valueAt(reply, 'queue', 'kind'))),
          },
        ]
      : []),
    ...elements(valueAt(data, 'callbackReceiver', 'callbacks')).flatMap((callback, index) => {
      const value = valueAt(callback, 'queue', 'consumerRoleArns');
      const arn = queueOf(callback, `${prefix}-${textOf(valueAt(callback, 'name'))}`);
      const field = ['queue', 'consumerRoleArns'].reduce<string>(
        below,
        below('callbackReceiver.callbacks', index),
      );
      return value === undefined || arn === undefined ? [] : [{ environment, field, value, queueArn: arn }];
    }),
    ...subscriptions.flatMap((subscription, index) => {
      const field = below(below('subscriberPipe.subscriptions', index), 'source');
      const byArn = textOf(valueAt(subscription, 'source', 'queueArn'));
      if (byArn !== undefined) {
        return parseQueueArn(byArn)
          ? [{ environment, field: below(field, 'queueArn'), value: byArn, queueArn: byArn }]
          : [];
      }
      const name = textOf(valueAt(subscription, 'source', 'callback'));
      const callback = name === undefined ? undefined : callbacks.get(name);
      const arn = callback === undefined ? undefined : queueOf(callback, `${prefix}-${name}`);
      return arn === undefined
        ? []
        : [{ environment, field: below(field, 'callback'), value: name, queueArn: arn }];
    }),
  ];

  function queueOf(callback: unknown, base: string): string | undefined {
    const kind = valueAt(callback, 'queue', 'kind');
    return kind === 'existing'
      ? textOf(valueAt(callback, 'queue', 'arn'))
      : queueArn(home, queueName(base, kind === 'fifo'));
  }
}

/** The same environment given twice is a fault of its own already. */
const repeatsEnvironment = (a: Consumer, b: Consumer) =>
  a.environment !== b.environment &&
  valueAt(a.environment.data, 'name') === valueAt(b.environment.data, 'name');
