import { type Policy, parsePolicy } from '../../iam/policy';
import { PlanError } from '../../plan/plan-error';
import type { InvocationResult } from '../lambda/invocation';
import type { RequestAuthorizer } from './request-authorizer';

/** What an authorizer made of a request. */
export type Authorization =
  | {
      readonly kind: 'answered';
      readonly principalId: string;
      readonly policy: Policy;
      /** What templates find in `$context.authorizer`. */
      readonly context: ReadonlyMap<string, string>;
    }
  | {
      readonly kind: 'failed';
      readonly type: 'UNAUTHORIZED' | 'AUTHORIZER_FAILURE' | 'AUTHORIZER_CONFIGURATION_ERROR';
    };

/**
 * Reads what a function answered; nothing where API Gateway could not call it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 */
export function authorizationOf(
  { address }: Pick<RequestAuthorizer, 'address'>,
  result: InvocationResult | undefined,
): Authorization {
  if (!result) return { kind: 'failed', type: 'AUTHORIZER_CONFIGURATION_ERROR' };
  if (result.kind === 'failed' && result.errorMessage === 'Unauthorized') {
    return { kind: 'failed', type: 'UNAUTHORIZED' };
  }
  if (result.kind !== 'returned') return { kind: 'failed', type: 'AUTHORIZER_FAILURE' };
  const { principalId, policyDocument, context = {} } = (result.payload ?? {}) as Partial<Answer>;
  const scalar = Object.values(context).every((value) =>
    ['string', 'number', 'boolean'].includes(typeof value),
  );
  const policy = typeof principalId === 'string' && scalar ? policyIn(address, policyDocument) : undefined;
  if (!policy) return { kind: 'failed', type: 'AUTHORIZER_CONFIGURATION_ERROR' };
  return {
    kind: 'answered',
    principalId: principalId as string,
    policy,
    // Numbers and the like become text.
    context: new Map(Object.entries(context).map(([name, value]) => [name, String(value)])),
  };
}

interface Answer {
  readonly principalId: unknown;
  readonly policyDocument: unknown;
  readonly context: Readonly<Record<string, unknown>>;
}

function policyIn(address: string, document: unknown): Policy | undefined {
  if (typeof document !== 'object' || document === null) return undefined;
  try {
    return parsePolicy({ address: `${address}, its answer`, json: JSON.stringify(document) });
  } catch (error) {
    if (error instanceof PlanError) return undefined;
    throw error;
  }
}
