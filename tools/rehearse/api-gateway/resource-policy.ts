import { accessDeniedMessage, evaluate } from '../../iam/evaluate';
import type { Policy } from '../../iam/policy';
import type { Principal } from '../../iam/principal';

export interface Invocation {
  /** The method's `execute-api` ARN. */
  readonly resource: string;
  readonly sourceIp: string;
  /** Of a request to a private API: where it came through, `undefined` where through no endpoint. @default a regional API */
  readonly endpoint?: { readonly sourceVpce: string | undefined };
  /** Who signed it, and what that role or user may do. @default nobody */
  readonly caller?: Caller | undefined;
}

export interface Caller {
  readonly principal: Principal;
  readonly identity: readonly Policy[];
  readonly boundary?: Policy;
}

/** Whether a REST API's policies let a request in, and the statement that decides. */
export interface Decision {
  readonly allowed: boolean;
  /** Whether a statement denies it, which nothing can outweigh. */
  readonly explicit: boolean;
  /** None when nothing allows the request. */
  readonly sid?: string;
  /** Of a refused request, as AWS says it. */
  readonly message?: string;
}

const nobody: Caller = { principal: { kind: 'anonymous' }, identity: [] };

/**
 * Explicit deny wins; without an allow nobody gets in. For who signs within the API's account an allow of either side
 * will do, for who signs in another it takes both.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @param policy none where the API has none: then the caller's own policies decide
 * @throws NotSimulated for a condition on a key of which nothing is known here, naming the statement
 */
export function decide(
  policy: Policy | undefined,
  { resource, sourceIp, endpoint, caller = nobody }: Invocation,
): Decision {
  const { principal, ...policies } = caller;
  const request = {
    principal,
    action: 'execute-api:Invoke',
    resource,
    resourceAccountId: resource.split(':')[4] ?? '',
    context: {
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-aws-condition-keys.html
      'aws:SourceIp': endpoint ? undefined : sourceIp,
      'aws:VpcSourceIp': endpoint?.sourceVpce === undefined ? undefined : sourceIp,
      'aws:SourceVpce': endpoint?.sourceVpce,
      // API Gateway has no endpoint without TLS.
      'aws:SecureTransport': 'true',
    },
  } as const;
  const decision = evaluate(request, { ...policies, ...(policy && { resource: policy }) });
  const decisive = decision.allowed ? decision.by[0] : decision.deniedBy;
  return {
    allowed: decision.allowed,
    explicit: !decision.allowed && decision.explicit,
    ...(decisive?.sid && { sid: decisive.sid }),
    ...(!decision.allowed && { message: accessDeniedMessage(request, decision) }),
  };
}
