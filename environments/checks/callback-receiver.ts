import { sidPart } from '../../constructs/iam/statement';
import { defaults } from '../defaults';
import type { CallbackReceiverSettings, CallbackSettings } from '../environment';
import { allowList } from './allow-list';
import { apiKey } from './api-key';
import { stageNameRule, stageSettings } from './api-settings';
import { binaryContentTypes, bodyEncodingProblems } from './binary-content-types';
import { callbackAuthorization } from './callback-authorization';
import { bodyFieldProblems, contentTypes } from './callback-body';
import { fittingCallers } from './callers';
import { all, below, type Check, list, object, optional, type Problem, rule } from './check';
import { domain, fittingDomain } from './domain';
import { headerAttributes } from './headers';
import { signedBodyProblems } from './hmac-authorization';
import { jsonSchema } from './json-schema';
import { mirrored, nginxMirror } from './nginx-mirror';
import { pathProblems, pathRule } from './paths';
import { webAclArnRule } from './place';
import { fittingPrivateEndpoint, privateEndpoint } from './private-endpoint';
import { callbackQueue } from './queue-settings';
import { elements, repeats, textOf, valueAt } from './reading';
import { longestResourcePolicy, resourcePolicyLength } from './resource-policy';
import { boolean, figure, oneOf, settingName } from './rules';
import type { Surroundings } from './surroundings';

export const callbackReceiver = (around: Surroundings) =>
  all(
    object<CallbackReceiverSettings>({
      ...stageSettings,
      domain: optional(domain(around.home, 'http')),
      disableExecuteApiEndpoint: optional(rule(boolean)),
      webAclArn: optional(rule(webAclArnRule(around.home))),
      privateEndpoint: optional(privateEndpoint),
      nginxMirror: optional(nginxMirror),
      callbacks: all(list(callback(around), 'at least one callback', { atLeast: 1 }), distinct),
    }),
    fittingPrivateEndpoint,
    fittingCallers,
    fittingDomain('http'),
    fittingResourcePolicy(around),
    mirrored,
  );

const callback = ({ home }: Surroundings) =>
  all(
    object<CallbackSettings>({
      name: rule(settingName),
      path: rule(pathRule),
      allowList,
      schema: jsonSchema,
      contentTypes: optional(contentTypes),
      binaryContentTypes: optional(binaryContentTypes),
      authorization: optional(callbackAuthorization(home)),
      apiKey: optional(apiKey),
      headerAttributes: optional(headerAttributes),
      response: optional(rule(oneOf('empty', 'message-id'))),
      queue: optional(callbackQueue(home)),
    }),
    bodyFieldProblems,
    bodyEncodingProblems,
    signedBodyProblems,
  );

const distinct: Check = (value, field) => {
  const callbacks = elements(value);
  const names = callbacks.map((one) => textOf(valueAt(one, 'name')));
  const nameProblem = (index: number, text: string): Problem => ({
    field: below(below(field, index), 'name'),
    value: names[index],
    rule: text,
  });
  const repeated = repeats(names);
  return [
    ...repeated.map(({ index, first }) =>
      nameProblem(index, `is the name of ${below(field, first)} too: give each callback its own`),
    ),
    ...repeats(names.map((name) => (name === undefined ? undefined : sidPart(name))))
      .filter(({ index }) => !repeated.some((same) => same.index === index))
      .map(({ index, first }) =>
        nameProblem(
          index,
          `would call its model ${sidPart(names[index] ?? '')}, as ${below(field, first)} does: models have letters and digits only, let the names differ in these`,
        ),
      ),
    ...pathProblems(
      callbacks.map((one) => textOf(valueAt(one, 'path'))),
      field,
    ),
  ];
};

const fittingResourcePolicy =
  ({ home }: Surroundings): Check =>
  (value, field) => {
    const stageName = valueAt(value, 'stageName') ?? defaults.stageName;
    const callbacks = elements(valueAt(value, 'callbacks')).flatMap((one) => {
      const name = textOf(valueAt(one, 'name'));
      const path = textOf(valueAt(one, 'path'));
      const blocks = elements(valueAt(one, 'allowList')).flatMap((block) => textOf(block) ?? []);
      const roles = valueAt(one, 'authorization', 'callerRoleArns');
      const callerRoleArns =
        roles === undefined ? undefined : elements(roles).flatMap((role) => textOf(role) ?? []);
      return name !== undefined && path !== undefined
        ? [{ name, path, allowList: blocks, callerRoleArns }]
        : [];
    });
    const endpoints = valueAt(value, 'privateEndpoint', 'vpcEndpointIds');
    const vpcEndpointIds =
      endpoints === undefined ? undefined : elements(endpoints).flatMap((one) => textOf(one) ?? []);
    if (!home || typeof stageName !== 'string' || stageNameRule(stageName)) return [];
    const length = resourcePolicyLength(callbacks, { home, stageName, vpcEndpointIds });
    if (length <= longestResourcePolicy) return [];
    return [
      {
        field: below(field, 'callbacks'),
        value: valueAt(value, 'callbacks'),
        rule: `make a resource policy of ${figure(length)} characters, and API Gateway takes ${figure(longestResourcePolicy)}: let callbacks share one allow-list${callbacks.some(({ callerRoleArns }) => callerRoleArns) ? ' and one list of roles' : ''}, merge CIDR blocks, or split the callbacks over two environments`,
      },
    ];
  };
