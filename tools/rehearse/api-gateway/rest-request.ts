import type { SqsAnswer } from '../sqs/query-protocol';
import type { Authorization } from './authorizer-answer';
import { authorizerRefusal } from './authorizer-refusal';
import { type ContextFields, contextVariable } from './context-variable';
import { type GatewayError, gatewayAnswer } from './gateway-response';
import { methodArn } from './method-arn';
import { headerOf, mediaTypeOf, type RequestParameters } from './request-parameters';
import { decide } from './resource-policy';
import type { RestApi, RestMethod } from './rest-api';
import { type IntegrationAnswer, invokeMethod } from './rest-integration';
import type { Surroundings } from './surroundings';

export interface RestRequest {
  readonly method: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly querystring?: ReadonlyMap<string, string>;
  readonly body: string;
  readonly sourceIp: string;
  /** When it arrives, in milliseconds since 1970. */
  readonly timeEpoch: number;
}

export interface RestAnswer extends Omit<IntegrationAnswer, 'sqs'> {
  readonly requestId: string;
  /** What the integration did; undefined where API Gateway answered by itself. */
  readonly sqs: SqsAnswer | undefined;
  /** Why the resource policy did not let the request in. */
  readonly denial?: {
    /** The method's ARN. */
    readonly resource: string;
    readonly message: string;
    /** In the plan: the policy, and the statement that denies it. */
    readonly place: string;
  };
}

/** A request whose method's authorizer has been asked. */
export interface Authorized {
  readonly requestId: string;
  readonly authorization: Authorization;
}

/** Payload limit of REST APIs, in bytes. */
const maximumBodySize = 10 * 1024 * 1024;

/**
 * A request through a REST API: who may call, what is valid, and what the integration makes of it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-method-settings.html
 */
export function answerRequest(
  api: RestApi,
  request: RestRequest,
  surroundings: Surroundings,
  authorized?: Authorized,
): RestAnswer {
  const requestId = authorized?.requestId ?? surroundings.ids();
  const method = methodOf(api, request);
  const params: RequestParameters = {
    path: new Map(),
    querystring: request.querystring ?? new Map(),
    header: request.headers,
  };
  const answer = method
    ? throughMethod(api, method, { request, params, requestId, authorized }, surroundings)
    : ({ type: 'MISSING_AUTHENTICATION_TOKEN' } as const);
  if ('status' in answer) return { ...answer, requestId };
  const denial = 'denial' in answer ? answer.denial : undefined;
  return {
    ...byItself(api, { ...answer, requestId }),
    requestId,
    sqs: undefined,
    ...(denial && { denial }),
  };
}

/** The method that a request is for. */
export const methodOf = (api: RestApi, request: RestRequest): RestMethod | undefined =>
  api.methods.find(({ httpMethod, path }) => httpMethod === request.method && path === request.path);

interface Arrived {
  readonly request: RestRequest;
  readonly params: RequestParameters;
  readonly requestId: string;
  readonly authorized: Authorized | undefined;
}

function throughMethod(
  api: RestApi,
  method: RestMethod,
  { request, params, requestId, authorized }: Arrived,
  surroundings: Surroundings,
): IntegrationAnswer | Refusal {
  const refusal =
    (method.authorizer
      ? authorizerRefusal(api, method, request, authorized?.authorization)
      : accessError(api, method, request)) ?? requestError(method, params, request.body);
  if (refusal) return refusal;
  const context = contextVariable({
    requestId,
    requestTimeEpoch: request.timeEpoch,
    identity: { sourceIp: request.sourceIp },
    ...contextOf(authorized?.authorization),
  });
  return invokeMethod(method, { body: request.body, params, context }, surroundings);
}

const contextOf = (authorization: Authorization | undefined): ContextFields =>
  authorization?.kind === 'answered' ? { authorizer: Object.fromEntries(authorization.context) } : {};

const byItself = (api: RestApi, error: GatewayError) => ({
  ...gatewayAnswer(api.gatewayResponses, error),
  headers: new Map([['Content-Type', 'application/json']]),
});

export type Refusal = Omit<GatewayError, 'requestId'> & Pick<RestAnswer, 'denial'>;

function accessError(api: RestApi, method: RestMethod, { sourceIp }: RestRequest): Refusal | undefined {
  if (api.resourcePolicy === undefined) return undefined;
  const resource = methodArn(api, method);
  const { allowed, message = '', sid } = decide(api.resourcePolicy, { resource, sourceIp });
  if (allowed) return undefined;
  const place = `${api.resourcePolicy.address}${sid === undefined ? '' : `, statement ${sid}`}`;
  return { type: 'ACCESS_DENIED', message, denial: { resource, message, place } };
}

/** Parameters are checked before the body. */
export function requestError(
  { requiredParameters, models }: Pick<RestMethod, 'requiredParameters' | 'models'>,
  params: RequestParameters,
  body: string,
): Refusal | undefined {
  if (Buffer.byteLength(body) > maximumBodySize) return { type: 'REQUEST_TOO_LARGE' };
  const missing = [...requiredParameters].sort().filter((parameter) => !hasParameter(params, parameter));
  if (missing.length > 0) {
    const names = missing.map((parameter) => parameter.split('.').slice(3).join('.'));
    return {
      type: 'BAD_REQUEST_PARAMETERS',
      message: `Missing required request parameters: [${names.join(', ')}]`,
    };
  }
  const model = models.get(mediaTypeOf(params)) ?? models.get('$default');
  const validationError = model?.fault(body);
  return validationError === undefined ? undefined : { type: 'BAD_REQUEST_BODY', validationError };
}

function hasParameter(params: RequestParameters, parameter: string): boolean {
  const [, , place, ...name] = parameter.split('.');
  if (place === 'header') return Boolean(headerOf(params, name.join('.').toLowerCase()));
  return Boolean((place === 'path' ? params.path : params.querystring).get(name.join('.')));
}
