import { NotSimulated } from '../../not-simulated';

/** What API Gateway answers by itself, by type, with its own status and message. */
const defaults = {
  ACCESS_DENIED: { status: 403, message: '' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error' },
  AUTHORIZER_FAILURE: { status: 500, message: 'Internal server error' },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: '' },
  EXPIRED_TOKEN: { status: 403, message: '' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden' },
  INVALID_SIGNATURE: { status: 403, message: '' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  QUOTA_EXCEEDED: { status: 429, message: 'Limit Exceeded' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  REQUEST_TOO_LARGE: { status: 413, message: 'Request Entity Too Large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type' },
  WAF_FILTERED: { status: 403, message: 'Forbidden' },
} as const;

export type GatewayResponseType = keyof typeof defaults;

/** One as the plan customizes it. */
export interface GatewayResponse {
  readonly address: string;
  readonly status: number | undefined;
  /** For JSON. */
  readonly template: string | undefined;
}

export interface GatewayError {
  readonly type: GatewayResponseType;
  /** @default the type's own */
  readonly message?: string;
  /** Of a body that its model refuses. */
  readonly validationError?: string;
  readonly requestId: string;
}

/**
 * The answer to a request that reaches no integration: what is customized for its type, else for all of its class,
 * else API Gateway's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function gatewayAnswer(
  responses: ReadonlyMap<string, GatewayResponse>,
  error: GatewayError,
): { readonly status: number; readonly body: string } {
  const { status, message } = defaults[error.type];
  const customized = responses.get(error.type) ?? responses.get(status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
  const text = error.message ?? message;
  return {
    status: customized?.status ?? status,
    body: substituted(
      customized?.template ?? '{"message":$context.error.messageString}',
      {
        '$context.requestId': error.requestId,
        '$context.error.message': text,
        '$context.error.messageString': JSON.stringify(text),
        '$context.error.responseType': error.type,
        // It arrives with its quotes escaped.
        '$context.error.validationErrorString': JSON.stringify(error.validationError ?? '').slice(1, -1),
      },
      customized?.address ?? 'gateway response',
    ),
  };
}

/**
 * These templates are no Velocity: only variables are replaced.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/customize-gateway-responses.html
 */
function substituted(template: string, values: Readonly<Record<string, string>>, where: string): string {
  const directive = /#(?:set|if|foreach)\b|\$\{/.exec(template);
  if (directive) throw new NotSimulated(where, `${directive[0]} in a template that is no Velocity`);
  return template.replace(/\$[A-Za-z][\w.]*\w/g, (variable) => {
    const value = values[variable];
    if (value === undefined) throw new NotSimulated(where, variable);
    return value;
  });
}
