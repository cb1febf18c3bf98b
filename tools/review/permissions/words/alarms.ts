import type { Condition, PolicyPrincipal, Statement } from '../../../iam/statement';
import { operatorOf } from '../coverage/condition-implies';
import { actionPattern } from '../coverage/policy-patterns';
import { accountOf, isProvider } from '../coverage/principal-coverage';
import { apart, coversText } from '../coverage/text-pattern';
import type { OwnedStatements } from '../policies/owned-statements';

/** Whether a newly allowed part is for callers that nobody knows. */
export const isPublic = (part: Statement, { about, owner }: OwnedStatements): boolean =>
  about === 'resource' &&
  !part.conditions.some(namesCallers) &&
  (part.notPrincipals !== undefined ||
    part.principals?.some(
      ({ kind }) => kind === 'everyone' || (owner.kind === 'function' && kind === 'service'),
    ) === true);

/**
 * What a newly allowed part of a statement opens that hardly anyone means to open. Plain text, most serious
 * first.
 * @param trusted services that the owner named before; nothing where it is new
 */
export function alarmsOf(
  part: Statement,
  owned: OwnedStatements,
  trusted: ReadonlySet<string> | undefined,
): readonly string[] {
  return part.principals || part.notPrincipals
    ? [...principalAlarms(part, owned, trusted), ...wildcardActions(part, owned)]
    : identityAlarms(part);
}

function principalAlarms(
  part: Statement,
  { about, accountId, owner }: OwnedStatements,
  trusted: ReadonlySet<string> | undefined,
): readonly string[] {
  const what = about === 'trust' ? 'assume it' : 'use it';
  if (part.notPrincipals) return [`lets everyone but those it names ${what}`];
  const principals = part.principals ?? [];
  if (principals.some(({ kind }) => kind === 'everyone')) {
    return part.conditions.some(namesCallers) ? [] : [`lets everyone ${what}, under no condition on who`];
  }
  const others = [...new Set(principals.map((one) => otherAccount(one, accountId)))].filter(
    (other) => other !== undefined,
  );
  const services = principals.flatMap((one) => (one.kind === 'service' ? one.name : []));
  const newServices = about === 'trust' && trusted ? services.filter((name) => !trusted.has(name)) : [];
  const fromAnywhere = owner.kind === 'function' && !part.conditions.some(namesCallers) ? services : [];
  const anyToken = principals.some(isProvider) && !part.conditions.some(namesSubject);
  return [
    ...fromAnywhere.map((name) => `lets ${name} ${what} for any account, under no condition on its source`),
    ...(anyToken
      ? [`lets every token of an identity provider ${what}, under no condition on its subject`]
      : []),
    ...others.map((other) => `lets account ${other} ${what}`),
    ...newServices.map((name) => `lets ${name} ${what}`),
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html */
const namesSubject = (condition: Condition): boolean =>
  condition.key.toLowerCase().endsWith(':sub') && limits(condition);

const otherAccount = (principal: PolicyPrincipal, accountId: string): string | undefined => {
  const account = accountOf(principal);
  return account === accountId ? undefined : account;
};

/** Keys by which a condition says who may call. */
const callers = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:userid',
  'kms:calleraccount',
]);

/** Whether a condition leaves out most callers. */
const namesCallers = (condition: Condition): boolean =>
  callers.has(condition.key.toLowerCase()) && limits(condition);

/** Whether a condition asks for the key, and not for any value of it. */
function limits(condition: Condition): boolean {
  const { set, negated, name, base } = operatorOf(condition);
  return (
    base !== 'Null' &&
    !negated &&
    set !== 'ForAllValues' &&
    !name.endsWith('IfExists') &&
    condition.values.every((value) => !/^(\*|0\.0\.0\.0\/0|::\/0|arn:\*.*)$/.test(value))
  );
}

/** A key's policy says `kms:*` of its own account by default. */
function wildcardActions({ actions = [] }: Statement, { owner, about }: OwnedStatements): readonly string[] {
  return about === 'resource' &&
    owner.kind !== 'key' &&
    actions.some((action) => /^([\w-]+:)?\*$/.test(action))
    ? ['allows every action on it']
    : [];
}

/** Actions by which one permission becomes others. */
const grave: readonly (readonly [action: string, what: string])[] = [
  ['iam:PassRole', 'hand roles to services (iam:PassRole)'],
  ['sts:AssumeRole', 'assume other roles (sts:AssumeRole)'],
];

/** AWS defines no resource for these. https://docs.aws.amazon.com/service-authorization/latest/reference/ */
const withoutResource = ['xray:Put*', 'xray:GetSampling*', 'cloudwatch:PutMetricData', 'ec2:Describe*'];

function identityAlarms({ actions, notActions, resources, conditions }: Statement): readonly string[] {
  if (actions?.includes('*'))
    return [`allows every action on ${resources?.join(', ') ?? 'nearly everything'}`];
  if (notActions) return [`allows everything but ${notActions.join(', ')}`];
  const patterns = (actions ?? []).map(actionPattern);
  const may = (action: string) => patterns.some((pattern) => !apart(pattern, actionPattern(action)));
  const everyAction = (actions ?? []).filter((action) => /^([\w-]+:)?\*$/.test(action));
  const everything = (actions ?? []).filter(
    (action) => !withoutResource.some((other) => coversText(actionPattern(other), actionPattern(action))),
  );
  const keyOf = (key: string) => /^(kms:|aws:resourcetag\/)/i.test(key);
  return [
    ...(everyAction.length > 0 ? [`allows every action (${everyAction.join(', ')})`] : []),
    ...grave.filter(([action]) => may(action)).map(([, what]) => `allows to ${what}`),
    ...(may('iam:CreateRole') || may('iam:PutRolePolicy') || may('iam:AttachRolePolicy')
      ? ['allows to change roles and policies (iam)']
      : []),
    ...(may('kms:Decrypt') &&
    resources?.some((resource) => /^(\*|arn:.*:(key\/)?\*)$/.test(resource)) &&
    !conditions.some(({ key }) => keyOf(key))
      ? ['allows to decrypt with every key (kms:Decrypt)']
      : []),
    ...(resources?.includes('*') && everything.length > 0
      ? [`allows ${everything.join(', ')} on every resource`]
      : []),
    ...(resources ? [] : ['allows it on all resources but those it names']),
  ];
}
