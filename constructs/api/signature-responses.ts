import type { GatewayResponse } from './gateway-responses';

const said = (type: string, status: string, message: string): GatewayResponse => ({
  type,
  status,
  template: `{"message":"${message}","requestId":"$context.requestId"}`,
});

/**
 * The answers where authorizers check signatures. AUTHORIZER_FAILURE and AUTHORIZER_CONFIGURATION_ERROR are answered as
 * every other 5xx is: the sender tries again.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const signatureResponses: readonly GatewayResponse[] = [
  said(
    'ACCESS_DENIED',
    '403',
    'This address may not call this API, or the signature does not fit the request',
  ),
  // Without one of the headers that an authorizer needs it is not asked.
  said('UNAUTHORIZED', '401', 'X-Signature, X-Timestamp and X-Body-Sha256 are needed'),
];
