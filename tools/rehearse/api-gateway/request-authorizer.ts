import { NotSimulated } from '../../not-simulated';
import { optionalNumber, optionalText, text } from '../../plan/attributes';
import type { Plan, PlanResource } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

/** A Lambda authorizer that is asked about each request. */
export interface RequestAuthorizer {
  readonly address: string;
  readonly functionArn: string;
  /** The ARN of the role as which API Gateway calls it. */
  readonly credentials: string;
  /** Headers without which it is not even asked. */
  readonly headers: readonly string[];
}

export const authorizerShape = {
  reads: [
    'id',
    'rest_api_id',
    'type',
    'authorizer_uri',
    'authorizer_credentials',
    'authorizer_result_ttl_in_seconds',
    'identity_source',
  ],
  ignores: ['name'],
};

/**
 * The authorizer of a method; nothing where it asks for nothing.
 * @throws NotSimulated for another kind of authorization
 */
export function authorizerOf(
  plan: Plan,
  method: PlanResource,
  authorizers: readonly PlanResource[],
): RequestAuthorizer | undefined {
  const authorization = text(method, 'authorization');
  if (authorization === 'NONE') return undefined;
  if (authorization !== 'CUSTOM') {
    throw new NotSimulated(method.address, `the authorization ${authorization}`);
  }
  const id = optionalText(method, 'authorizer_id');
  const authorizer = authorizers.find((candidate) => text(candidate, 'id') === id);
  if (!authorizer) throw new PlanError(`${method.address}: no authorizer of its API has the id ${id}`);
  return requestAuthorizer(plan, authorizer);
}

function requestAuthorizer({ partition, region }: Plan, authorizer: PlanResource): RequestAuthorizer {
  const { address } = authorizer;
  const type = optionalText(authorizer, 'type') ?? 'TOKEN';
  if (type !== 'REQUEST') throw new NotSimulated(address, `an authorizer of the type ${type}`);
  const ttl = optionalNumber(authorizer, 'authorizer_result_ttl_in_seconds') ?? 300;
  if (ttl !== 0) throw new NotSimulated(address, `an authorizer whose answers are kept for ${ttl} s`);
  const credentials = optionalText(authorizer, 'authorizer_credentials');
  if (!credentials) throw new NotSimulated(address, 'an authorizer that is called without a role');
  const uri = text(authorizer, 'authorizer_uri');
  const [, functionArn] =
    new RegExp(
      `^arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/(arn:[^/]+)/invocations$`,
    ).exec(uri) ?? [];
  if (!functionArn) throw new NotSimulated(address, `an authorizer at ${uri}`);
  const sources = (optionalText(authorizer, 'identity_source') ?? '').split(',').filter(Boolean);
  const headers = sources.map((source) => {
    const [, header] = /^method\.request\.header\.(.+)$/.exec(source.trim()) ?? [];
    if (!header) throw new NotSimulated(address, `the identity source ${source}`);
    return header;
  });
  return { address, functionArn, credentials, headers };
}
