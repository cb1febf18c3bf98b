import type { Plan } from '../../../plan/plan';
import { type Block, blocksOf, evaluated, textOf } from './evaluated';
import type { OwnedStatements } from './owned-statements';
import { type ReadStatement, readFrom, unread } from './policy-statements';

/** Each `aws_lambda_permission` is a statement of its function's policy. */
export function lambdaPermissions(plan: Plan): readonly OwnedStatements[] {
  const functions = blocksOf(plan, 'aws_lambda_function').map(([name, block]) =>
    owned(plan, textOf(plan, block.function_name) ?? name, true, []),
  );
  const permissions = blocksOf(plan, 'aws_lambda_permission').map(([name, block]) => {
    const whose = textOf(plan, block.function_name) ?? String(block.function_name ?? name);
    const [, functionName = whose] = /:function:([^:]+)/.exec(whose) ?? [];
    return owned(plan, functionName, false, [statementOf(plan, functionName, block)]);
  });
  return [...functions, ...permissions];
}

function owned(
  plan: Plan,
  name: string,
  isDeclared: boolean,
  statements: readonly ReadStatement[],
): OwnedStatements {
  const { stackId, accountId, region } = plan;
  return {
    id: `function ${accountId} ${region} ${name}`,
    stackId,
    accountId,
    owner: { kind: 'function', name },
    about: 'resource',
    isDeclared,
    statements,
    arn: arnOf(plan, name),
  };
}

const arnOf = ({ partition, region, accountId }: Plan, name: string) =>
  `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;

/** The attributes that narrow a permission, as Lambda writes them into the policy. */
const conditions: Readonly<Record<string, readonly [operator: string, key: string]>> = {
  source_arn: ['ArnLike', 'AWS:SourceArn'],
  source_account: ['StringEquals', 'AWS:SourceAccount'],
  principal_org_id: ['StringEquals', 'aws:PrincipalOrgID'],
  event_source_token: ['StringEquals', 'lambda:EventSourceToken'],
  function_url_auth_type: ['StringEquals', 'lambda:FunctionUrlAuthType'],
};

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function statementOf(plan: Plan, name: string, block: Block): ReadStatement {
  const known = evaluated(plan, block) as Block | undefined;
  if (!known) return unread(plan, block);
  const { action, principal, qualifier } = known;
  const written = Object.entries(conditions).flatMap(([attribute, [operator, key]]) =>
    known[attribute] === undefined || known[attribute] === null
      ? []
      : [{ operator, key, value: known[attribute] }],
  );
  return readFrom(plan, {
    Effect: 'Allow',
    Principal: principalOf(String(principal)),
    Action: action,
    Resource: `${arnOf(plan, name)}${qualifier ? `:${qualifier}` : ''}`,
    Condition: Object.fromEntries(
      [...new Set(written.map(({ operator }) => operator))].map((operator) => [
        operator,
        Object.fromEntries(
          written.filter((one) => one.operator === operator).map(({ key, value }) => [key, value]),
        ),
      ]),
    ),
  });
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*';
  return principal.includes('.') ? { Service: principal } : { AWS: principal };
}
