import { NotSimulated } from '../../../not-simulated';
import { contextVariable, overrides } from '../../../rehearse/api-gateway/context-variable';
import {
  responseTemplate,
  selectIntegrationResponse,
} from '../../../rehearse/api-gateway/integration-response';
import { renderMappingTemplate } from '../../../rehearse/api-gateway/mapping-template';
import { noParameters } from '../../../rehearse/api-gateway/request-parameters';
import { errorAnswer } from '../../../rehearse/sqs/answer';
import { badRequest, type SqsError } from '../../../rehearse/sqs/errors';
import type { SynthesizedGatewayResponse } from './rest-plan';

/** A caller's HTTP answer. */
export interface Answer {
  /** Status of the integration response that gives it, which a template may override. */
  readonly from: string;
  readonly status: number;
  /** Nothing where it cannot be said here. */
  readonly body: string | undefined;
}

/** An integration response, synthesized or deployed. */
export interface Response {
  readonly statusCode: string;
  readonly selectionPattern: string | undefined;
  readonly templates: ReadonlyMap<string, string>;
}

export const sqsError = (status: number, code: string, message: string): SqsError => ({
  status,
  code,
  message,
});

/** Without an Action SQS does not know what it is asked. */
export const unknownOperation = sqsError(404, 'UnknownOperationException', '');

export const missingParameter = (name: string): SqsError =>
  badRequest('MissingParameter', `The request must contain the parameter ${name}.`);

export const accessDenied = sqsError(403, 'AccessDenied', 'Access to the resource is denied.');

export const nonExistentQueue = badRequest(
  'AWS.SimpleQueueService.NonExistentQueue',
  'The specified queue does not exist for this wsdl version.',
);

const format = { action: 'SendMessage', requestId: '…', json: true };

/** What SQS's error is as a body; that of an unknown operation is XML whatever is accepted. */
const errorBody = (error: SqsError): string =>
  error === unknownOperation ? '<UnknownOperationException/>\n' : errorAnswer(error, format).body;

/** The answer to an error of SQS; nothing where no response answers and API Gateway fails by itself. */
export const answerToError = (responses: readonly Response[], error: SqsError): Answer | undefined =>
  answerTo(responses, error.status, errorBody(error));

/** The answer to a message that SQS has taken. */
export const answerToSent = (responses: readonly Response[]): Answer | undefined =>
  answerTo(
    responses,
    200,
    JSON.stringify({ SendMessageResponse: { SendMessageResult: { MessageId: '(id of the message)' } } }),
  );

function answerTo(responses: readonly Response[], status: number, body: string): Answer | undefined {
  const chosen = attempt(() =>
    selectIntegrationResponse(
      responses.map(({ statusCode, selectionPattern, templates }) => ({
        address: `integration response ${statusCode}`,
        status: Number(statusCode),
        selectionPattern,
        templates,
      })),
      String(status),
    ),
  );
  if (!chosen) return undefined;
  const context = contextVariable({ requestId: '…' });
  const from = String(chosen.status);
  return (
    attempt(() => {
      const template = responseTemplate(chosen);
      const rendered =
        template === undefined
          ? body
          : renderMappingTemplate(template, { body, params: noParameters, context }, chosen.address);
      const override = overrides(context, 'responseOverride').get('status');
      return { from, status: typeof override === 'number' ? override : chosen.status, body: rendered };
    }) ?? { from, status: chosen.status, body: undefined }
  );
}

function attempt<T>(what: () => T): T | undefined {
  try {
    return what();
  } catch (error) {
    if (error instanceof NotSimulated) return undefined;
    throw error;
  }
}

/** `HTTP 502 {"message":"…"}` */
export const answerText = ({ status, body }: Pick<Answer, 'status' | 'body'>): string =>
  `HTTP ${status}${body === undefined || body === '' ? '' : ` ${body}`}`;

/** What API Gateway answers by itself, without asking the integration's service. */
const own = {
  ACCESS_DENIED: { status: 403, message: 'User: anonymous is not authorized to perform: execute-api:Invoke' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error' },
  API_CONFIGURATION_ERROR: { status: 500, message: 'Internal server error' },
  BAD_REQUEST_BODY: { status: 400, message: 'Invalid request body' },
  BAD_REQUEST_PARAMETERS: { status: 400, message: 'Missing required request parameters' },
  INTEGRATION_TIMEOUT: { status: 504, message: 'Endpoint request timed out' },
  INVALID_API_KEY: { status: 403, message: 'Forbidden' },
  MISSING_AUTHENTICATION_TOKEN: { status: 403, message: 'Missing Authentication Token' },
  THROTTLED: { status: 429, message: 'Too Many Requests' },
  UNAUTHORIZED: { status: 401, message: 'Unauthorized' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type' },
} as const;

export type OwnAnswer = keyof typeof own;

/**
 * API Gateway's own answer as the API customizes it: for its type, else for all of its class.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
export function ownAnswer(responses: readonly SynthesizedGatewayResponse[], type: OwnAnswer): string {
  const { status, message } = own[type];
  const customized =
    responses.find((response) => response.type === type) ??
    responses.find((response) => response.type === (status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'));
  // A message that the template takes from the error is API Gateway's own.
  const said = /"message":"([^"$]*)"/.exec(customized?.templates.get('application/json') ?? '')?.[1];
  return `HTTP ${customized?.statusCode ?? status} {"message":"${said ?? message}",…}`;
}
