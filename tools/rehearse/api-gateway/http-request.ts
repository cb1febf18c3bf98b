import { NotSimulated } from '../../not-simulated';
import type { SqsAnswer } from '../sqs/query-protocol';
import type { HttpApi, HttpRoute } from './http-api';
import { originHeaders, preflightHeaders } from './http-cors';
import { callSqsFirstClass } from './http-integration';
import { type KeysOf, tokenRefusal } from './jwt-authorizer';
import type { RestRequest } from './rest-request';
import type { Surroundings } from './surroundings';

export interface HttpAnswer {
  readonly requestId: string;
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** What the integration did; undefined where API Gateway answered by itself. */
  readonly sqs: SqsAnswer | undefined;
}

export interface HttpSurroundings extends Surroundings {
  readonly keysOf: KeysOf;
}

/** Payload limit, in bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const maximumBodySize = 10 * 1024 * 1024;

type Answered = Omit<HttpAnswer, 'requestId'>;

/**
 * A request through an HTTP API: a preflight is answered by the API, anything else goes to the route of exactly its
 * method and path, or nowhere.
 */
export function answerHttpRequest(
  api: HttpApi,
  request: RestRequest,
  surroundings: HttpSurroundings,
): HttpAnswer {
  const requestId = surroundings.ids();
  const headers = joinedHeaders(request.headers);
  const ownHeaders = originHeaders(api.cors, headers.get('origin'));
  const answer = answered(api, request, { requestId, headers }, surroundings);
  return { requestId, ...answer, headers: new Map([...answer.headers, ...ownHeaders]) };
}

interface Context {
  readonly requestId: string;
  readonly headers: ReadonlyMap<string, string>;
}

function answered(
  api: HttpApi,
  request: RestRequest,
  context: Context,
  surroundings: HttpSurroundings,
): Answered {
  if (api.cors && request.method === 'OPTIONS') {
    const known = originHeaders(api.cors, context.headers.get('origin')).length > 0;
    return {
      status: 204,
      headers: new Map(known ? preflightHeaders(api.cors) : []),
      body: '',
      sqs: undefined,
    };
  }
  const route = api.routes.find(
    ({ httpMethod, path }) => httpMethod === request.method && path === request.path,
  );
  if (!route) return byItself(404, 'Not Found');
  if (Buffer.byteLength(request.body) > maximumBodySize) return byItself(413, 'Request Entity Too Large');
  const refusal =
    route.authorizer &&
    tokenRefusal(route.authorizer, route.scopes, context.headers.get(route.authorizer.header.toLowerCase()), {
      now: request.timeEpoch,
      keysOf: surroundings.keysOf,
    });
  if (refusal) {
    return byItself(refusal.status, refusal.message, [['www-authenticate', refusal.challenge]]);
  }
  return throughIntegration(route, request, context, surroundings);
}

function throughIntegration(
  { integration }: HttpRoute,
  request: RestRequest,
  { requestId, headers }: Context,
  surroundings: HttpSurroundings,
): Answered {
  checkText(headers.get('content-type'), integration.address);
  const sqs = callSqsFirstClass(
    integration,
    {
      body: typeof request.body === 'string' ? request.body : Buffer.from(request.body).toString(),
      headers,
      context: new Map([
        ['requestId', requestId],
        ['requestTimeEpoch', String(request.timeEpoch)],
        ['identity.sourceIp', request.sourceIp],
      ]),
    },
    surroundings,
  );
  // A value that the request does not have: AWS says in the log which, and documents no status. A client's fault is 400.
  if (sqs === 'unresolved') return byItself(400, 'Bad Request');
  if (!sqs) return byItself(500, 'Internal Server Error');
  return { status: sqs.status, headers: new Map([['content-type', sqs.contentType]]), body: sqs.body, sqs };
}

/** Header names have no case, and several values of one become one. */
function joinedHeaders(sent: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of sent) {
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before === undefined ? value : `${before},${value}`);
  }
  return joined;
}

/**
 * Lambda functions get bodies of other types in base64; what `$request.body` makes of them is not documented.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
function checkText(contentType: string | undefined, where: string): void {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === undefined || /^text\/|^application\/(?:[\w.-]+\+)?(?:json|xml|javascript)$/.test(type)) return;
  throw new NotSimulated(where, `a body of the type ${type}`);
}

const byItself = (
  status: number,
  message: string,
  headers: readonly (readonly [string, string])[] = [],
): Answered => ({
  status,
  headers: new Map([['content-type', 'application/json'], ...headers]),
  body: JSON.stringify({ message }),
  sqs: undefined,
});
