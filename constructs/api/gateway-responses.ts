import { ApiGatewayGatewayResponse } from '@cdktf/provider-aws/lib/api-gateway-gateway-response';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';

export interface GatewayResponse {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
  readonly type: string;
  /** Overrides the status; left out, API Gateway's own stands. */
  readonly status?: string;
  readonly template: string;
}

const ofError = '{"message":$context.error.messageString,"requestId":"$context.requestId"}';
const said = (message: string) => `{"message":"${message}","requestId":"$context.requestId"}`;

const responses: readonly GatewayResponse[] = [
  {
    type: 'BAD_REQUEST_BODY',
    status: '400',
    template:
      '{"message":$context.error.messageString,"validation":"$context.error.validationErrorString","requestId":"$context.requestId"}',
  },
  { type: 'BAD_REQUEST_PARAMETERS', status: '400', template: ofError },
  { type: 'ACCESS_DENIED', status: '403', template: said('This address may not call this API') },
  // What a path or method that does not exist is answered with.
  { type: 'MISSING_AUTHENTICATION_TOKEN', status: '404', template: said('No such route') },
  { type: 'REQUEST_TOO_LARGE', status: '413', template: said('The body is too large') },
  { type: 'UNSUPPORTED_MEDIA_TYPE', status: '415', template: said('This Content-Type is not accepted') },
  { type: 'THROTTLED', status: '429', template: said('Too many requests, try again later') },
  { type: 'DEFAULT_4XX', template: ofError },
  { type: 'DEFAULT_5XX', template: said('Not confirmed as accepted, try again later') },
];

/** Every answer that API Gateway gives by itself, in one JSON shape: `message` and `requestId`. */
export class GatewayResponses extends Construct {
  readonly resources: readonly ITerraformDependable[];

  /** @param more beside the usual ones, or in place of one of the same type */
  constructor(scope: Construct, id: string, restApiId: string, more: readonly GatewayResponse[] = []) {
    super(scope, id);
    const byType = new Map([...responses, ...more].map((response) => [response.type, response]));
    this.resources = [...byType.values()].map(
      ({ type, status, template }) =>
        new ApiGatewayGatewayResponse(this, type.toLowerCase(), {
          restApiId,
          responseType: type,
          ...(status && { statusCode: status }),
          responseTemplates: { 'application/json': template },
        }),
    );
  }
}
