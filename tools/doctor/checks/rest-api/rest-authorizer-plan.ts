import { optionalText, text } from '../../../plan/attributes';
import type { Plan } from '../../../plan/plan';
import { partsOf } from './rest-integration-plan';

/** A Lambda authorizer as it was synthesized. */
export interface SynthesizedAuthorizer {
  readonly address: string;
  /** Within the plan. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly uri: string;
  /** The ARN of the role as which API Gateway calls the function. */
  readonly credentials: string | undefined;
  readonly identitySource: string | undefined;
  /** How long an answer is kept. */
  readonly ttlSeconds: number;
}

/** What AWS takes where nothing is written. */
export const defaultTtlSeconds = 300;

export const authorizersOf = (plan: Plan, apiId: string): readonly SynthesizedAuthorizer[] =>
  partsOf(plan, 'aws_api_gateway_authorizer', apiId, [
    'authorizer_credentials',
    'authorizer_result_ttl_in_seconds',
    'authorizer_uri',
    'id',
    'identity_source',
    'name',
    'type',
  ]).map((authorizer) => ({
    address: authorizer.address,
    id: text(authorizer, 'id'),
    name: text(authorizer, 'name'),
    type: optionalText(authorizer, 'type') ?? 'TOKEN',
    uri: text(authorizer, 'authorizer_uri'),
    credentials: optionalText(authorizer, 'authorizer_credentials'),
    identitySource: optionalText(authorizer, 'identity_source'),
    ttlSeconds: Number(authorizer.attributes.get('authorizer_result_ttl_in_seconds') ?? defaultTtlSeconds),
  }));
