import { methodArn } from './method-arn';
import type { RestApi, RestMethod } from './rest-api';
import type { RestRequest } from './rest-request';

/**
 * What a Lambda authorizer of the type REQUEST is asked: everything of a request but its body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
 */
export function authorizerEvent(api: RestApi, method: RestMethod, request: RestRequest, requestId: string) {
  const { querystring = new Map<string, string>() } = request;
  const lists = (values: ReadonlyMap<string, string>) =>
    Object.fromEntries([...values].map(([name, value]) => [name, [value]]));
  return {
    type: 'REQUEST',
    methodArn: methodArn(api, method),
    resource: method.path,
    path: request.path,
    httpMethod: request.method,
    headers: Object.fromEntries(request.headers),
    multiValueHeaders: lists(request.headers),
    queryStringParameters: Object.fromEntries(querystring),
    multiValueQueryStringParameters: lists(querystring),
    pathParameters: {},
    stageVariables: {},
    requestContext: {
      accountId: api.stageArn.split(':')[4],
      apiId: api.stageArn.split(':')[5]?.split('/')[0],
      httpMethod: request.method,
      identity: { sourceIp: request.sourceIp },
      path: `/${api.stageName}${request.path}`,
      protocol: 'HTTP/1.1',
      requestId,
      requestTimeEpoch: request.timeEpoch,
      resourcePath: method.path,
      stage: api.stageName,
    },
  };
}
