import { NotSimulated } from '../../not-simulated';
import type { ReceivedMessage } from '../sqs/received-message';

/**
 * A message as a pipe hands it on.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html
 */
export interface PipeRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: ReceivedMessage['attributes'];
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  readonly md5OfMessageAttributes?: string;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** What a filter and an input template find in place of the body. */
export type Body =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'json'; readonly text: string; readonly value: object }
  /** JSON, and neither an object nor an array: whether Pipes take it for JSON or for text is not known. */
  | { readonly kind: 'scalar'; readonly text: string };

/** @param queueArn of the queue that it was received from */
export function pipeRecord(message: ReceivedMessage, queueArn: string): PipeRecord {
  const { messageId, receiptHandle, body, attributes, messageAttributes, md5OfBody } = message;
  return {
    messageId,
    receiptHandle,
    body,
    attributes,
    messageAttributes: Object.fromEntries(
      messageAttributes.map(({ name, dataType, value }) => [
        name,
        { stringValue: value, stringListValues: [], binaryListValues: [], dataType },
      ]),
    ),
    ...(message.md5OfMessageAttributes !== undefined && {
      md5OfMessageAttributes: message.md5OfMessageAttributes,
    }),
    md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

/**
 * A body is parsed where it is JSON.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html#input-transform-implicit
 */
export function parsedBody(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null
      ? { kind: 'json', text, value }
      : { kind: 'scalar', text };
  } catch {
    return { kind: 'text', text };
  }
}

/** @throws NotSimulated for a body of which it is not known whether Pipes parse it */
export function parsedOrText(body: Body, where: string): unknown {
  if (body.kind === 'scalar') {
    throw new NotSimulated(where, `the body ${shortened(body.text)}, JSON that is no object and no array,`);
  }
  return body.kind === 'json' ? body.value : body.text;
}

/** For messages. */
export const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
