import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { failureOf } from '../shared/failure';
import type { Log } from '../shared/log';
import type { SecretCache } from './secret-cache';
import { isSignedWith, isTimely } from './signature';
import { signedRequest } from './signed-request';

export interface AuthorizingOptions {
  readonly secrets: SecretCache;
  readonly toleranceSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Whether a request is let in. What is not right is denied in so many words, since a resource policy that allows an
 * address would otherwise let it in without a signature; why, only the log says.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 * @throws when the secret cannot be read: API Gateway then answers 500
 */
export async function authorize(
  event: APIGatewayRequestAuthorizerEvent,
  { secrets, toleranceSeconds, now }: AuthorizingOptions,
  log: Log,
): Promise<APIGatewayAuthorizerResult> {
  const requestId = event.requestContext?.requestId;
  const denied = (reason: string) => {
    log('warn', 'denied', { requestId, reason });
    return result('Deny', event.methodArn);
  };
  const request = signedRequest(event);
  if ('malformed' in request) return denied(request.malformed);
  if (!isTimely(request.timestamp, toleranceSeconds, now())) {
    return denied(`x-timestamp is more than ${toleranceSeconds} s from the time here`);
  }
  try {
    if (isSignedWith(await secrets.current(), request)) return allowed(request);
    const newer = await secrets.newer();
    if (newer && isSignedWith(newer, request)) return allowed(request);
  } catch (error) {
    const { name, reason, status } = failureOf(error);
    log('error', 'the secret cannot be used', {
      requestId,
      error: name,
      status,
      reason,
      likelyCause: causeOf(name),
    });
    throw new Error('the secret cannot be used');
  }
  return denied('the signature is of another secret, method, path, time or digest');
}

const allowed = ({ methodArn, bodySha256 }: { readonly methodArn: string; readonly bodySha256: string }) => ({
  ...result('Allow', methodArn),
  context: { bodySha256 },
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
const result = (Effect: 'Allow' | 'Deny', Resource: string): APIGatewayAuthorizerResult => ({
  principalId: 'hmac',
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }] },
});

function causeOf(name: string): string | undefined {
  switch (name) {
    case 'AccessDeniedException':
      return "the function's role lacks secretsmanager:GetSecretValue on the secret, or kms:Decrypt on its key";
    case 'ResourceNotFoundException':
      return 'the secret does not exist, or has no value yet: SECRET_ARN must be its whole ARN';
    default:
      return undefined;
  }
}
