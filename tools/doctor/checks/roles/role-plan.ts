import { text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';

/** A role of a plan with its policies. */
export interface PlannedRole {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  /** JSON of its trust policy. */
  readonly trust: string;
  readonly permissionsBoundary: string | undefined;
  readonly policies: readonly PlannedRolePolicy[];
  /** Names of the managed policies that are attached to it. */
  readonly attached: readonly string[];
}

export interface PlannedRolePolicy {
  readonly address: string;
  readonly name: string;
  /** Nothing where it names an id that AWS would have given, and has not. */
  readonly json: string | undefined;
}

export function plannedRoles(plan: Plan): readonly PlannedRole[] {
  const policies = resourcesOf(plan, 'aws_iam_role_policy', {
    reads: ['name', 'role', 'policy'],
    ignores: 'the rest',
  });
  const attachments = resourcesOf(plan, 'aws_iam_role_policy_attachment', {
    reads: ['role', 'policy_arn'],
    ignores: 'the rest',
  });
  return resourcesOf(plan, 'aws_iam_role', {
    reads: ['arn', 'id', 'name', 'assume_role_policy', 'permissions_boundary'],
    ignores: 'the rest',
  }).map((role) => ({
    address: role.address,
    arn: text(role, 'arn'),
    name: text(role, 'name'),
    trust: text(role, 'assume_role_policy'),
    permissionsBoundary: role.attributes.get('permissions_boundary') as string | undefined,
    policies: policies
      .filter((policy) => text(policy, 'role') === text(role, 'id'))
      .map((policy) => ({
        address: policy.address,
        name: text(policy, 'name'),
        json: namesUnknownId(plan, policy.address) ? undefined : text(policy, 'policy'),
      })),
    attached: attachments
      .filter((attachment) => text(attachment, 'role') === text(role, 'id'))
      .map((attachment) => text(attachment, 'policy_arn').split('/').at(-1) ?? ''),
  }));
}

/** Types whose ids and ARNs AWS makes up; where one was not found, the plan makes up another. */
const given =
  /\$\{(aws_(?:api_gateway_rest_api|apigatewayv2_api|kms_key|cloudwatch_event_\w+)\.[\w-]+\.\w+)\}/g;

function namesUnknownId({ configuration, known }: Plan, address: string): boolean {
  const name = address.slice(address.lastIndexOf('.') + 1);
  const block = configuration.resource?.aws_iam_role_policy?.[name] as { readonly policy?: unknown };
  const written = String(block.policy);
  const document = /^\$\{data\.aws_iam_policy_document\.([\w-]+)\.json\}$/.exec(written)?.[1];
  const source =
    document === undefined
      ? written
      : JSON.stringify(configuration.data?.aws_iam_policy_document?.[document] ?? null);
  return [...source.matchAll(given)].some(([, reference = '']) => !known.has(reference));
}
