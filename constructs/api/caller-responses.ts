import type { GatewayResponse } from './gateway-responses';

/** What an API asks of its callers beside their address. */
export interface AskedOfCallers {
  /** A signature, by at least one method. */
  readonly signature: boolean;
  /** An API key, by at least one method. */
  readonly apiKey: boolean;
  /** That they come through listed VPC endpoints. */
  readonly endpoint: boolean;
  /** That they pass a web ACL. */
  readonly webAcl: boolean;
}

const said = (type: string, status: string, message: string): GatewayResponse => ({
  type,
  status,
  template: `{"message":"${message}","requestId":"$context.requestId"}`,
});

/**
 * The answers to callers that do not have what is asked, in place of those of the same type where nothing is.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export const callerResponses = (asked: AskedOfCallers): readonly GatewayResponse[] => [
  ...(asked.signature || asked.endpoint
    ? [
        said(
          'ACCESS_DENIED',
          '403',
          `This ${asked.signature && asked.endpoint ? 'role, address or endpoint' : asked.signature ? 'role or address' : 'address or endpoint'} may not call this API`,
        ),
      ]
    : []),
  ...(asked.signature
    ? [
        // API Gateway gives this type both to what does not exist and to a request without a signature.
        said('MISSING_AUTHENTICATION_TOKEN', '403', 'No such route, or the request is not signed'),
        said('INVALID_SIGNATURE', '403', 'The signature does not fit the request'),
        said('EXPIRED_TOKEN', '403', 'The credentials of the signature have expired'),
      ]
    : []),
  ...(asked.apiKey
    ? [
        said('INVALID_API_KEY', '403', 'X-Api-Key is missing, or is no key of this API'),
        said('QUOTA_EXCEEDED', '429', 'The quota of this key is used up, try again in its next period'),
      ]
    : []),
  ...(asked.webAcl ? [said('WAF_FILTERED', '403', 'A rule of the web ACL refuses this request')] : []),
];
