import { accessDeniedMessage, evaluate } from '../../iam/evaluate';
import type { Policy } from '../../iam/policy';

export interface Invocation {
  /** The method's `execute-api` ARN. */
  readonly resource: string;
  readonly sourceIp: string;
}

/** Whether a REST API's resource policy lets an unsigned request in, and the statement that decides. */
export interface Decision {
  readonly allowed: boolean;
  /** Whether a statement denies it, which nothing can outweigh. */
  readonly explicit: boolean;
  /** None when nothing allows the request. */
  readonly sid?: string;
  /** Of a refused request, as AWS says it. */
  readonly message?: string;
}

/**
 * Explicit deny wins; without an allow nobody gets in.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @throws NotSimulated for a condition on a key of which nothing is known here, naming the statement
 */
export function decide(policy: Policy, { resource, sourceIp }: Invocation): Decision {
  const request = {
    principal: { kind: 'anonymous' },
    action: 'execute-api:Invoke',
    resource,
    resourceAccountId: resource.split(':')[4] ?? '',
    // API Gateway has no endpoint without TLS.
    context: { 'aws:SourceIp': sourceIp, 'aws:SecureTransport': 'true' },
  } as const;
  const decision = evaluate(request, { identity: [], resource: policy });
  const decisive = decision.allowed ? decision.by[0] : decision.deniedBy;
  return {
    allowed: decision.allowed,
    explicit: !decision.allowed && decision.explicit,
    ...(decisive?.sid && { sid: decisive.sid }),
    ...(!decision.allowed && { message: accessDeniedMessage(request, decision) }),
  };
}
