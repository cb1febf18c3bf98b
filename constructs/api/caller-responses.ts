import type { GatewayResponse } from './gateway-responses';

/** What an API asks of its callers beside their address. */
export interface AskedOfCallers {
  /** A signature with the credentials of a role, by at least one method. */
  readonly role: boolean;
  /** A signature that an authorizer checks, by at least one method. */
  readonly hmac: boolean;
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
  ...(asked.role || asked.hmac || asked.endpoint ? [said('ACCESS_DENIED', '403', denied(asked))] : []),
  ...(asked.role
    ? [
        // API Gateway gives this type both to what does not exist and to a request without a signature.
        said('MISSING_AUTHENTICATION_TOKEN', '403', 'No such route, or the request is not signed'),
        said('INVALID_SIGNATURE', '403', 'The signature does not fit the request'),
        said('EXPIRED_TOKEN', '403', 'The credentials of the signature have expired'),
      ]
    : []),
  // Without one of the headers that an authorizer needs it is not asked; where it fails, DEFAULT_5XX answers.
  ...(asked.hmac
    ? [said('UNAUTHORIZED', '401', 'X-Signature, X-Timestamp and X-Body-Sha256 are needed')]
    : []),
  ...(asked.apiKey
    ? [
        said('INVALID_API_KEY', '403', 'X-Api-Key is missing, or is no key of this API'),
        said('QUOTA_EXCEEDED', '429', 'The quota of this key is used up, try again in its next period'),
      ]
    : []),
  ...(asked.webAcl ? [said('WAF_FILTERED', '403', 'A rule of the web ACL refuses this request')] : []),
];

const denied = ({ role, hmac, endpoint }: AskedOfCallers) =>
  [
    `This ${role && endpoint ? 'role, address or endpoint' : role ? 'role or address' : endpoint ? 'address or endpoint' : 'address'} may not call this API`,
    ...(hmac ? ['or the signature does not fit the request'] : []),
  ].join(', ');
