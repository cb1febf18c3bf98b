/** What a caller gets for a message that SQS has taken. */
export type AcceptedResponse = 'empty' | 'message-id';

/**
 * A template that prints nothing. The empty string would not do: API Gateway takes it for no template at all, and
 * passes SQS's answer on.
 */
const nothing = '#set($nothing = "")';

const messageId = '{"messageId":"$input.path(\'$.SendMessageResponse.SendMessageResult.MessageId\')"}';

/** SQS's error codes that a caller can do something about, as far as a request can cause them. */
export const callersFault = ['InvalidMessageContents', 'InvalidParameterValue', 'MissingParameter'];

/** A condition of Velocity: SQS's answer has one of these codes. */
export const saysAnyOf = (codes: readonly string[]) =>
  codes.map((code) => `$input.body.contains("${code}")`).join(' || ');

/** SQS says this of a message above the queue's `max_message_size`, attributes included. */
const tooLarge = 'must be shorter than';

/**
 * The answer to whatever is not a 2xx from SQS: 502, so that the caller tries again, unless the message itself is at
 * fault. The text of the error is searched, not parsed, since SQS answers some errors in XML.
 */
const refused = [
  `#if($input.body.contains("${tooLarge}"))`,
  '#set($context.responseOverride.status = 413)',
  '{"message":"The body is larger than the queue takes","requestId":"$context.requestId"}',
  `#elseif(${saysAnyOf(callersFault)})`,
  '#set($context.responseOverride.status = 400)',
  '{"message":"The queue cannot take this message","requestId":"$context.requestId"}',
  '#else',
  '{"message":"Not accepted, try again later","requestId":"$context.requestId"}',
  '#end',
].join('');

export interface IntegrationResponse {
  readonly statusCode: string;
  /** Matches SQS's HTTP status; without one it answers whatever no other matches. */
  readonly selectionPattern?: string;
  readonly template: string;
}

/**
 * Fail closed: only SQS's 2xx becomes a 2xx. The one without a pattern is a 502, since a default of 200 would
 * acknowledge callbacks that SQS has refused.
 */
export const integrationResponses = (accepted: AcceptedResponse): readonly IntegrationResponse[] => [
  {
    statusCode: '200',
    selectionPattern: '2\\d{2}',
    template: accepted === 'empty' ? nothing : messageId,
  },
  { statusCode: '502', template: refused },
];
