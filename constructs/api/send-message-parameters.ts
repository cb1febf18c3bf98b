import { canonicalJson } from '../../synthesis/canonical-json';
import { literal } from '../../synthesis/literal';
import type { FieldSource } from './send-message-template';

/** Where an id comes from when a request arrives; the parameter is that value and nothing else. */
export type ParameterSource = Exclude<FieldSource, { readonly body: 'raw' | 'base64' }>;

export interface SendMessageParametersProps {
  readonly queueUrl: string;
  /** Of a FIFO queue, or of a fair standard queue. */
  readonly messageGroupId?: ParameterSource | undefined;
  readonly messageDeduplicationId?: ParameterSource | undefined;
}

/**
 * Attributes of every message of an HTTP API. They are one JSON text into which API Gateway puts the values, and whether
 * it escapes them is not documented: so only values are there that no caller can choose. `contentType`, which messages
 * of a REST API have too, is a header and left out.
 */
export const httpAttributes = [
  { name: 'requestId', type: 'String', variable: 'requestId' },
  { name: 'sourceIp', type: 'String', variable: 'identity.sourceIp' },
  // Milliseconds since 1970.
  { name: 'receivedAt', type: 'Number', variable: 'requestTimeEpoch' },
] as const;

/**
 * The parameters of the integration subtype `SQS-SendMessage`: what stands for each field of SQS's SendMessage. The body
 * is passed on as it was sent.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 *
 * @returns selection expressions, escaped for Terraform
 */
export function sendMessageParameters(props: SendMessageParametersProps): Record<string, string> {
  const { queueUrl, messageGroupId, messageDeduplicationId } = props;
  return {
    QueueUrl: queueUrl,
    MessageBody: '$request.body',
    MessageAttributes: literal(canonicalJson(attributes)),
    ...(messageGroupId && { MessageGroupId: expression(messageGroupId) }),
    ...(messageDeduplicationId && { MessageDeduplicationId: expression(messageDeduplicationId) }),
  };
}

/** Of several variables in one text each is written with braces. */
const attributes = Object.fromEntries(
  httpAttributes.map(({ name, type, variable }) => [
    name,
    { DataType: type, StringValue: `\${context.${variable}}` },
  ]),
);

function expression(source: ParameterSource): string {
  if ('constant' in source) return literal(source.constant);
  if ('bodyField' in source) return `$request.body.${source.bodyField}`;
  if ('header' in source) return `$request.header.${source.header}`;
  return `$context.${source.context}`;
}
