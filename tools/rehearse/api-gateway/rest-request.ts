import type { SqsAnswer } from '../sqs/query-protocol';
import type { Authorization } from './authorizer-answer';
import { callerRefusal } from './caller-refusal';
import { type ContextFields, contextVariable } from './context-variable';
import { type GatewayError, gatewayAnswer } from './gateway-response';
import type { AccessDenial, AccessError } from './method-access';
import { checkAnswerIsText, textOf } from './request-body';
import { headerOf, mediaTypeOf, type RequestParameters } from './request-parameters';
import type { RestApi, RestMethod } from './rest-api';
import { type IntegrationAnswer, invokeMethod } from './rest-integration';
import type { Surroundings } from './surroundings';

export interface RestRequest {
  readonly method: string;
  /** With its leading slash, without the stage. */
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly querystring?: ReadonlyMap<string, string>;
  /** Bytes, or text in UTF-8. */
  readonly body: string | Uint8Array;
  readonly sourceIp: string;
  /** The VPC endpoint that it came through, which private APIs look at. @default none: from the internet */
  readonly sourceVpce?: string | undefined;
  /** When it arrives, in milliseconds since 1970. */
  readonly timeEpoch: number;
}

export interface RestAnswer extends Omit<IntegrationAnswer, 'sqs'> {
  readonly requestId: string;
  /** What the integration did; undefined where API Gateway answered by itself. */
  readonly sqs: SqsAnswer | undefined;
  /** Why the request was not let in. */
  readonly denial?: AccessDenial;
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
): IntegrationAnswer | AccessError {
  const { authorization } = authorized ?? {};
  const denied = callerRefusal(api, method, { request, params, authorization }, surroundings);
  if (denied) return denied;
  if (Buffer.byteLength(request.body) > maximumBodySize) return { type: 'REQUEST_TOO_LARGE' };
  const body = textOf(api, method, params, request.body);
  const refusal = requestError(method, params, body);
  if (refusal) return refusal;
  checkAnswerIsText(api, method, params);
  const context = contextVariable({
    requestId,
    requestTimeEpoch: request.timeEpoch,
    identity: { sourceIp: request.sourceIp },
    ...contextOf(authorized?.authorization),
  });
  return invokeMethod(method, { body, params, context }, surroundings);
}

const contextOf = (authorization: Authorization | undefined): ContextFields =>
  authorization?.kind === 'answered' ? { authorizer: Object.fromEntries(authorization.context) } : {};

const byItself = (api: RestApi, error: GatewayError) => ({
  ...gatewayAnswer(api.gatewayResponses, error),
  headers: new Map([['Content-Type', 'application/json']]),
});

/** Parameters are checked before the body. */
export function requestError(
  { requiredParameters, models }: Pick<RestMethod, 'requiredParameters' | 'models'>,
  params: RequestParameters,
  body: string,
): AccessError | undefined {
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
