import { NotSimulated } from '../../not-simulated';
import type { SqsError } from './errors';

/** What an action gives back, in both of the query protocol's formats. */
export interface ActionResult {
  /** Undefined where it is not known how SQS writes it. */
  readonly json: Readonly<Record<string, unknown>> | undefined;
  readonly xml: string;
}

export interface AnswerFormat {
  readonly action: string;
  readonly requestId: string;
  /** Of a request that accepts `application/json`; all others are answered in XML. */
  readonly json: boolean;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const namespace = 'http://queue.amazonaws.com/doc/2012-11-05/';

/** @param result none for actions that only say that all went well */
export function okAnswer(
  result: ActionResult | undefined,
  { action, requestId, json }: AnswerFormat,
): Answer {
  if (json) {
    if (result && !result.json) throw new NotSimulated('SQS', `an answer to ${action} in JSON`);
    return jsonAnswer(200, {
      [`${action}Response`]: {
        ResponseMetadata: { RequestId: requestId },
        ...(result && { [`${action}Result`]: result.json }),
      },
    });
  }
  return xmlAnswer(
    200,
    `<${action}Response xmlns="${namespace}">${result ? `<${action}Result>${result.xml}</${action}Result>` : ''}<ResponseMetadata>${element('RequestId', requestId)}</ResponseMetadata></${action}Response>`,
  );
}

/** JSON too is still the query protocol: the error has the query protocol's code. */
export function errorAnswer({ status, code, message }: SqsError, { requestId, json }: AnswerFormat): Answer {
  if (json) {
    return jsonAnswer(status, {
      Error: { Code: code, Message: message, Type: 'Sender' },
      RequestId: requestId,
    });
  }
  return xmlAnswer(
    status,
    `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type>${element('Code', code)}${element('Message', message)}<Detail/></Error>${element('RequestId', requestId)}</ErrorResponse>`,
  );
}

/** An element of text; empty where there is no text. */
export const element = (name: string, text: string | undefined): string =>
  text === undefined ? '' : `<${name}>${escaped(text)}</${name}>`;

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    // Read as they are, XML's readers would make a line feed of it.
    .replaceAll('\r', '&#13;');

const jsonAnswer = (status: number, body: unknown): Answer => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify(body),
});

const xmlAnswer = (status: number, body: string): Answer => ({
  status,
  contentType: 'text/xml',
  body: `<?xml version="1.0"?>${body}`,
});
