import {
  type Deployer,
  deploymentPhases,
  deploymentRoleName,
} from '../../constructs/iam/deployment/role-names';
import {
  actorRoleName,
  authorizerName,
  bucketName,
  type DerivedName,
  deadLetterQueueName,
  invokerRoleName,
  nameLimits,
  queueName,
  senderRoleName,
} from '../../constructs/names';
import { below } from './check';
import { elements, isObject, textOf, valueAt } from './reading';

/** A name that AWS will see, and the setting that it comes from. */
export interface SettingName extends DerivedName {
  /** `callbackReceiver.callbacks[0].name`; the environment's own `name` where no other setting is in it. */
  readonly field: string;
  /** What that setting is. */
  readonly setting: string;
}

/**
 * Every limited name that the stacks of an environment give, in the order of its settings. Settings that are no text
 * are left out: their own checks name them.
 */
export function derivedNames(environment: unknown): readonly SettingName[] {
  const prefix = textOf(valueAt(environment, 'name'));
  if (prefix === undefined) return [];
  const accountId = textOf(valueAt(environment, 'accountId')) ?? '';
  const region = textOf(valueAt(environment, 'region')) ?? '';
  return [
    ...(valueAt(environment, 'manageAccountLogging') === true
      ? ownNames(prefix, [{ kind: 'role', name: `${prefix}-api-gateway-logs` }])
      : []),
    ...['callbackReceiver', 'httpCallbackReceiver'].flatMap((receiver) =>
      named(environment, [receiver, 'callbacks'], (setting, callback) =>
        callbackNames(
          `${prefix}-${setting}`,
          valueAt(callback, 'queue', 'kind'),
          valueAt(callback, 'authorization', 'kind'),
        ),
      ),
    ),
    ...(isObject(valueAt(environment, 'websocketReply'))
      ? ownNames(prefix, webSocketNames(prefix, valueAt(environment, 'websocketReply', 'queue', 'kind')))
      : []),
    ...named(environment, ['subscriberPipe', 'subscriptions'], (setting, subscription) =>
      subscriptionNames(
        `${prefix}-${setting}`,
        valueAt(subscription, 'subscriber', 'kind'),
        accountId,
        region,
      ),
    ),
    ...deployers
      .filter(([setting]) => isObject(valueAt(environment, 'deploymentRoles', setting)))
      .flatMap(([, deployer]) => ownNames(prefix, deploymentNames(prefix, deployer))),
  ];
}

const ownNames = (setting: string, names: readonly DerivedName[]) =>
  names.map((name) => ({ ...name, field: 'name', setting }));

const named = (
  environment: unknown,
  path: readonly string[],
  names: (setting: string, settings: unknown) => readonly DerivedName[],
): readonly SettingName[] =>
  elements(valueAt(environment, ...path)).flatMap((settings, index) => {
    const setting = textOf(valueAt(settings, 'name'));
    if (setting === undefined) return [];
    const field = below(below(path.join('.'), index), 'name');
    return names(setting, settings).map((name) => ({ ...name, field, setting }));
  });

const callbackNames = (
  base: string,
  queueKind: unknown,
  authorizationKind: unknown,
): readonly DerivedName[] => [
  ...(queueKind === 'existing' ? [] : queueNames(base, queueKind === 'fifo')),
  { kind: 'role', name: senderRoleName(base) },
  ...(authorizationKind === 'hmac' ? authorizerNames(authorizerName(base)) : []),
];

const authorizerNames = (name: string): readonly DerivedName[] => [
  { kind: 'function', name },
  { kind: 'role', name: actorRoleName(name) },
  { kind: 'role', name: invokerRoleName(name) },
];

const queueNames = (base: string, fifo: boolean): readonly DerivedName[] => [
  { kind: 'queue', name: queueName(base, fifo) },
  { kind: 'queue', name: deadLetterQueueName(base, fifo) },
];

/** The queue is FIFO unless it is said to be a standard one. */
export const webSocketQueueName = (prefix: string, queueKind: unknown) =>
  queueName(`${prefix}-websocket-messages`, queueKind !== 'standard');

const webSocketNames = (prefix: string, queueKind: unknown): readonly DerivedName[] => [
  ...queueNames(`${prefix}-websocket-messages`, queueKind !== 'standard'),
  { kind: 'role', name: senderRoleName(`${prefix}-websocket-messages`) },
  { kind: 'function', name: `${prefix}-websocket-reply` },
  { kind: 'role', name: actorRoleName(`${prefix}-websocket-reply`) },
];

const subscriptionNames = (
  base: string,
  subscriberKind: unknown,
  accountId: string,
  region: string,
): readonly DerivedName[] => [
  { kind: 'pipe', name: base },
  { kind: 'role', name: actorRoleName(base) },
  ...(subscriberKind === 'https'
    ? ([
        { kind: 'connection', name: base },
        { kind: 'API destination', name: base },
      ] as const)
    : []),
  ...(subscriberKind === 's3-archive'
    ? ([
        { kind: 'function', name: `${base}-writer` },
        { kind: 'role', name: actorRoleName(`${base}-writer`) },
        { kind: 'bucket', name: bucketName(base, accountId, region) },
      ] as const)
    : []),
];

const deployers: readonly (readonly [setting: string, Deployer])[] = [
  ['github', 'github'],
  ['hcpTerraform', 'hcp-terraform'],
];

const deploymentNames = (prefix: string, deployer: Deployer): readonly DerivedName[] =>
  deploymentPhases.map((phase) => ({ kind: 'role', name: deploymentRoleName(prefix, deployer, phase) }));

/** By how many characters a name is too long for AWS; at most 0 where it fits. */
export const excess = ({ kind, name }: DerivedName) => name.length - nameLimits[kind];
