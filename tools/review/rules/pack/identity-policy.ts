import { accountLoggingActions } from '../../../../constructs/iam/account-logging-actions';
import { coversAction } from '../reading/exposure';
import { blocksOf, textOf, valueAt } from '../reading/fields';
import { globMatches, hasWildcard } from '../reading/glob';
import { type PolicyStatement, type StatementCondition, statementsOf } from '../reading/statements';
import { means, type RuleResource } from '../reading/system';
import type { Rule } from '../rule';

/** What may hold the policy of a role, a user or a group. */
export const identityPolicies: readonly string[] = [
  'aws_iam_role_policy',
  'aws_iam_policy',
  'aws_iam_user_policy',
  'aws_iam_group_policy',
  'aws_iam_role',
];

/** What it allows. A role's trust policy is not among it, its inline policies are. */
export function allowed(resource: RuleResource): readonly PolicyStatement[] {
  const texts =
    resource.type === 'aws_iam_role'
      ? blocksOf(resource, 'inline_policy').map((block) => textOf(block, 'policy'))
      : [textOf(resource, 'policy')];
  return texts
    .flatMap((text) => (text === undefined ? [] : statementsOf(resource.stack, text, resource.where)))
    .filter(({ effect }) => effect === 'Allow');
}

export const policyActions: Rule = {
  id: 'policy-actions',
  title: 'A role is allowed actions by name',
  scanners: [
    'CKV_AWS_1',
    'CKV_AWS_49',
    'CKV_AWS_62',
    'CKV_AWS_63',
    'AWS-0057',
    'AwsSolutions-IAM5',
    'IAM.21',
  ],
  protects: 'A wildcard allows what nobody thought of, and what AWS adds later.',
  fix: 'name each action; constructs/iam/statement.ts takes no others',
  types: identityPolicies,
  problems: (resource) =>
    allowed(resource).flatMap(({ called, actions, notActions }) =>
      notActions
        ? [`${called} allows every action but ${notActions.join(', ')}`]
        : actions.filter(hasWildcard).map((action) => `${called} allows ${action}`),
    ),
};

/**
 * Actions for which AWS defines no resource.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
 */
const withoutResource = [
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:GetSamplingStatisticSummaries',
  'cloudwatch:PutMetricData',
  'ec2:DescribeNetworkInterfaces',
];

/** Keys of conditions that say on which resource instead of its ARN. */
const namesResource = ({ operator, key, values }: StatementCondition): boolean =>
  /^(ForAnyValue:)?String(Equals|Like)$/.test(operator) &&
  /^(kms:resourcealiases|aws:resourcetag\/.*)$/.test(key) &&
  values.length > 0 &&
  values.every((value) => !hasWildcard(value.slice(0, 7)));

export const policyResources: Rule = {
  id: 'policy-resources',
  title: 'A role is allowed actions on resources that are named',
  scanners: ['CKV_AWS_111', 'CKV_AWS_290', 'CKV_AWS_355', 'CKV_AWS_356', 'AWS-0057', 'AwsSolutions-IAM5'],
  protects: 'A role that was taken over reaches every queue, key or function of the account.',
  fix: 'name the resource by its ARN: queues and keys have grants (grantSend, grantConsume) that do',
  differs:
    'Taken are: actions for which AWS defines no resource (X-Ray’s, cloudwatch:PutMetricData), what the ' +
    'account’s ' +
    'logging role of API Gateway needs, and keys that a condition names by their alias. cdk-nag flags ' +
    'every * in an ARN; ' +
    'it flags those that leave open which resource is meant.',
  types: identityPolicies,
  problems: (resource) =>
    allowed(resource).flatMap(({ called, actions, notActions, resources, notResources, conditions }) => {
      const exempt = isAccountLogging(resource)
        ? [...withoutResource, ...accountLoggingActions]
        : withoutResource;
      if (!notActions && actions.every((action) => exempt.includes(action))) return [];
      if (conditions.some(namesResource)) return [];
      if (notResources) return [`${called} allows every resource but ${notResources.join(', ')}`];
      return resources.filter(namesNone).map((open) => `${called} allows ${actions.join(', ')} on ${open}`);
    }),
};

/**
 * Whether an ARN leaves open which resource it means: a wildcard begins the resource, or stands for the service, the
 * region or the account.
 */
function namesNone(resource: string): boolean {
  const [, , service = '', region = '', account = '', ...rest] = resource.split(':');
  const path = rest.join(':');
  if (path === '') return true;
  if ([service, region, account].some(hasWildcard)) return true;
  // A bucket has no type before its name; those of other services do: `key/*`, `function:*`.
  const name = service === 's3' ? path : path.replace(/^[a-z-]+[:/](?=[*?])/, '');
  return hasWildcard(name[0] ?? '*');
}

const isAccountLogging = (policy: RuleResource): boolean => {
  const role = policy.stack
    .resources('aws_iam_role')
    .find((candidate) => means(valueAt(policy, 'role'), candidate));
  return (
    role !== undefined &&
    policy.stack
      .resources('aws_api_gateway_account')
      .some((account) => means(valueAt(account, 'cloudwatch_role_arn'), role))
  );
};

export const policyPassRole: Rule = {
  id: 'policy-no-pass-role',
  title: 'No role may hand a role to a service',
  scanners: ['CKV_AWS_110', 'CKV_AWS_286', 'AWS-0342'],
  protects: 'With iam:PassRole one gets all that the role may do that is passed.',
  fix: 'nothing of this project passes roles while it runs: leave the action out',
  types: identityPolicies,
  problems: (resource) =>
    allowed(resource)
      .filter((statement) => coversAction(statement, 'iam:PassRole'))
      .map(({ called }) => `${called} allows iam:PassRole`),
};

const isManaged = (arn: unknown): boolean =>
  typeof arn === 'string' && globMatches('arn:*:iam::aws:policy/*', arn);

export const roleManagedPolicies: Rule = {
  id: 'role-no-managed-policies',
  title: 'No role has a policy that AWS manages',
  scanners: ['CKV_AWS_274', 'AwsSolutions-IAM4'],
  protects: 'AWS widens its policies when it likes; what the role may do is in no plan and no review.',
  fix: 'write the statements that are needed; constructs/iam/service-role.ts takes them',
  types: [
    'aws_iam_role',
    'aws_iam_role_policy_attachment',
    'aws_iam_role_policy_attachments_exclusive',
    'aws_iam_policy_attachment',
    'aws_iam_user_policy_attachment',
    'aws_iam_group_policy_attachment',
  ],
  problems: (resource) =>
    ['policy_arn', 'policy_arns', 'managed_policy_arns']
      .flatMap((attribute) => [valueAt(resource, attribute)].flat())
      .filter(isManaged)
      .map((arn) => `it attaches ${arn}`),
};
