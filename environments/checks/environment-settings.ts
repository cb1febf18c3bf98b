import { placement } from '../../constructs/iam/placement';
import type { Environment } from '../environment';
import { callbackReceiver } from './callback-receiver';
import { type Check, object, optional, type Problem, type Rule, rule } from './check';
import { deploymentRoles, fittingState } from './deployment-roles';
import { httpCallbackReceiver } from './http-callback-receiver';
import { monitoring, notifiedTopic } from './monitoring';
import { accountIdRule, regionRule, topicArnRule } from './place';
import { callbacksByName, isObject, textOf, valueAt } from './reading';
import { boolean, firstOf, matching, oneOf } from './rules';
import { state } from './state';
import { subscriberPipe } from './subscriber-pipe';
import type { Surroundings } from './surroundings';
import { tags } from './tags';
import { websocketReply } from './websocket-reply';

export const environmentNameRule: Rule = firstOf(
  matching(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'lower-case letters, digits and single hyphens, with no hyphen at either end',
  ),
  matching(/^.{1,12}$/, 'at most 12 characters: it is the prefix of every name'),
);

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const logRetentionRule: Rule = (value) => {
  if (retentionDays.includes(value as number)) return undefined;
  const longer = retentionDays.find((days) => typeof value === 'number' && days > value);
  return `must be one of CloudWatch Logs' own: ${retentionDays.join(', ')}${longer ? `; the next is ${longer}` : ''}`;
};

const settings = (around: Surroundings) =>
  object<Environment>({
    name: rule(environmentNameRule),
    accountId: rule(accountIdRule),
    region: rule(regionRule),
    state,
    tags: optional(tags),
    encryption: optional(rule(oneOf('sqs-managed', 'customer-key'))),
    logRetentionDays: optional(rule(logRetentionRule)),
    alarmTopicArn: optional(rule(topicArnRule(around.home))),
    manageAccountLogging: optional(rule(boolean)),
    monitoring: optional(monitoring),
    callbackReceiver: optional(callbackReceiver(around)),
    httpCallbackReceiver: optional(httpCallbackReceiver(around)),
    websocketReply: optional(websocketReply(around)),
    subscriberPipe: optional(subscriberPipe(around)),
    deploymentRoles: optional(deploymentRoles),
  });

const variants = ['callbackReceiver', 'httpCallbackReceiver', 'websocketReply', 'subscriberPipe'] as const;

const someVariant: Check = (environment) =>
  variants.some((variant) => valueAt(environment, variant) !== undefined)
    ? []
    : [
        {
          field: variants.join(' | '),
          value: undefined,
          rule: 'at least one must be given, or there is nothing to deploy: add one, or leave the environment out',
        },
      ];

/** What is wrong with one environment by itself. */
export function problemsOf(environment: unknown): readonly Problem[] {
  if (!isObject(environment)) {
    return [
      {
        field: '(whole)',
        value: environment,
        rule: 'must be an environment: an object with name, accountId, region, state and what to deploy',
      },
    ];
  }
  return [
    ...settings(surroundingsOf(environment))(environment, ''),
    ...someVariant(environment, ''),
    ...fittingState(environment, ''),
    ...notifiedTopic(environment, ''),
  ];
}

function surroundingsOf(environment: unknown): Surroundings {
  const accountId = textOf(valueAt(environment, 'accountId'));
  const region = textOf(valueAt(environment, 'region'));
  const placed = accountId && region && !accountIdRule(accountId) && !regionRule(region);
  return {
    home: placed ? placement(region, accountId) : undefined,
    callbacks: callbacksByName(environment),
  };
}
