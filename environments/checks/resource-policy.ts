import { allowListStatements } from '../../constructs/api/allow-list';
import { executeApiArn } from '../../constructs/iam/arn';
import type { Placement } from '../../constructs/iam/placement';
import { type Principal, type Statement, sidPart } from '../../constructs/iam/statement';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const longestResourcePolicy = 8192;

export interface GuardedCallback {
  readonly name: string;
  readonly path: string;
  readonly allowList: readonly string[];
  readonly callerRoleArns?: readonly string[] | undefined;
}

/** How long the REST API's resource policy becomes, in characters, as API Gateway stores it. */
export function resourcePolicyLength(
  callbacks: readonly GuardedCallback[],
  {
    home,
    stageName,
    vpcEndpointIds,
  }: {
    readonly home: Placement;
    readonly stageName: string;
    readonly vpcEndpointIds?: readonly string[] | undefined;
  },
): number {
  // API Gateway chooses the id: ten letters and digits.
  const arn = (method: '*' | 'POST', path: string) =>
    executeApiArn(home, '0123456789', stageName, method, path);
  const statements = allowListStatements(
    callbacks.map(({ name, path, allowList, callerRoleArns }) => ({
      name: sidPart(name),
      arn: arn('POST', path),
      allowList,
      callerRoleArns,
    })),
    arn('*', '/*'),
    vpcEndpointIds,
  );
  return JSON.stringify({ Version: '2012-10-17', Statement: statements.map(rendered) }).length;
}

/** As `aws_iam_policy_document` writes it: a list of one is the one, and everyone is `*`. */
const rendered = ({
  sid,
  effect = 'Allow',
  actions,
  resources = [],
  principals: [principal] = [],
  conditions = [],
}: Statement) => ({
  Sid: sid,
  Effect: effect,
  Principal: renderedPrincipal(principal),
  Action: oneOrMany(actions),
  Resource: oneOrMany(resources),
  Condition: Object.fromEntries(
    conditions.map(({ test, variable, values }) => [test, { [variable]: oneOrMany(values) }]),
  ),
});

const renderedPrincipal = (principal: Principal | undefined) =>
  principal?.type === 'AWS' ? { AWS: oneOrMany(principal.identifiers) } : '*';

const oneOrMany = (values: readonly string[]) => (values.length === 1 ? values[0] : values);
