import { parseQueueArn } from '../constructs/iam/arn';
import type { Placement } from '../constructs/iam/placement';
import { apiAlarmNames } from '../constructs/monitoring/alarm-names';
import type { DashboardRow } from '../constructs/monitoring/dashboard';
import {
  alarmWidget,
  functionWidget,
  pipeWidget,
  queueWidget,
  restMethodWidget,
  subscriberWidget,
  type Widget,
} from '../constructs/monitoring/widgets';
import { deadLetterQueueName, queueName } from '../constructs/names';
import { defaults } from '../environments/defaults';
import type {
  CallbackQueueSettings,
  CallbackSettings,
  Environment,
  HttpCallbackSettings,
  SubscriptionSettings,
} from '../environments/environment';
import { stackId } from './environment-stack';

/** The flows of an environment, as its settings have them: by names alone, so that no stack's state is read. */
export function dashboardRows(environment: Environment, at: Placement): readonly DashboardRow[] {
  const { callbackReceiver, httpCallbackReceiver, websocketReply, subscriberPipe } = environment;
  const subscriptions = subscriberPipe?.subscriptions ?? [];
  const rest = stackId(environment, 'callback-receiver');
  const http = stackId(environment, 'http-callback-receiver');
  const callback = (settings: CallbackSettings | HttpCallbackSettings, api: Widget): DashboardRow => {
    const subscription = subscriptions.find(
      ({ source }) => 'callback' in source && source.callback === settings.name,
    );
    return {
      title: `${settings.name}: receiver → queue${subscription ? ' → pipe → subscriber' : ''}`,
      widgets: [
        api,
        ...callbackQueue(environment, at, settings),
        ...(subscription ? delivery(environment, at, subscription) : []),
      ],
    };
  };
  return [
    ...(callbackReceiver?.callbacks ?? []).map((settings) =>
      callback(
        settings,
        restMethodWidget(at, {
          apiName: rest,
          stage: callbackReceiver?.stageName ?? defaults.stageName,
          path: settings.path,
        }),
      ),
    ),
    ...(httpCallbackReceiver?.callbacks ?? []).map((settings) =>
      callback(settings, alarmWidget(at, `5xx of ${http}`, apiAlarmNames(http).serverErrors)),
    ),
    ...(websocketReply ? [webSocket(environment, at)] : []),
    ...subscriptions.flatMap((subscription) =>
      'queueArn' in subscription.source
        ? [
            {
              title: `${subscription.name}: queue → pipe → subscriber`,
              widgets: [
                ...existingQueue(at, subscription.source.queueArn),
                ...delivery(environment, at, subscription),
              ],
            },
          ]
        : [],
    ),
  ];
}

function callbackQueue(
  { name: prefix }: Environment,
  at: Placement,
  { name, queue }: { readonly name: string; readonly queue?: CallbackQueueSettings },
): readonly Widget[] {
  return queue?.kind === 'existing'
    ? existingQueue(at, queue.arn)
    : [ownQueue(at, `${prefix}-${name}`, queue?.kind === 'fifo')];
}

const ownQueue = (at: Placement, base: string, fifo: boolean) =>
  queueWidget(at, queueName(base, fifo), deadLetterQueueName(base, fifo));

/** The metrics of another account's queue are there. */
function existingQueue(at: Placement, arn: string): readonly Widget[] {
  const queue = parseQueueArn(arn);
  return queue?.accountId === at.accountId ? [queueWidget(at, queue.name)] : [];
}

function delivery(
  { name: prefix }: Environment,
  at: Placement,
  { name, subscriber }: SubscriptionSettings,
): readonly Widget[] {
  const pipe = `${prefix}-${name}`;
  const [, functionName = ''] =
    subscriber.kind === 'lambda' ? (/:function:([^:]+)/.exec(subscriber.functionArn) ?? []) : [];
  return [
    pipeWidget(at, pipe),
    subscriber.kind === 'https'
      ? subscriberWidget(at, pipe, `subscriber ${new URL(subscriber.url).host}`)
      : functionWidget(at, subscriber.kind === 'lambda' ? functionName : `${pipe}-writer`),
  ];
}

function webSocket(environment: Environment, at: Placement): DashboardRow {
  const api = stackId(environment, 'websocket-reply');
  const { name, websocketReply } = environment;
  return {
    title: 'WebSocket: API → queue → function',
    widgets: [
      alarmWidget(at, `errors of ${api}, in percent`, apiAlarmNames(api).serverErrors),
      ownQueue(at, `${name}-websocket-messages`, websocketReply?.queue?.kind !== 'standard'),
      functionWidget(at, `${name}-websocket-reply`),
    ],
  };
}
