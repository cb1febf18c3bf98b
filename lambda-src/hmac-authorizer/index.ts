import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent, Context } from 'aws-lambda';
import { optionalCount, requiredVariable } from '../shared/environment';
import { createLog } from '../shared/log';
import { authorize } from './authorizing';
import { SecretCache } from './secret-cache';
import { secretReader } from './secrets-manager';

const secrets = new SecretCache(
  secretReader(requiredVariable('SECRET_ARN', 'the whole ARN of a Secrets Manager secret')),
  Date.now,
);
const toleranceSeconds = optionalCount('TOLERANCE_SECONDS') ?? 300;

/** Lets a request of a REST API in whose signature is right. */
export function handler(
  event: APIGatewayRequestAuthorizerEvent,
  context: Context,
): Promise<APIGatewayAuthorizerResult> {
  const log = createLog({ awsRequestId: context.awsRequestId });
  return authorize(event, { secrets, toleranceSeconds, now: Date.now }, log);
}
