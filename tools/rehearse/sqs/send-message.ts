import { NotSimulated } from '../../not-simulated';
import { badRequest, invalidValue, missing, type SqsError } from './errors';
import { attributeError, type MessageAttribute, messageAttributes } from './message-attributes';
import type { Queue } from './queue';

/** A message on its way to a queue that takes it. */
export interface OutgoingMessage {
  readonly body: string;
  readonly messageGroupId?: string;
  readonly messageDeduplicationId?: string;
  readonly attributes: readonly MessageAttribute[];
  /** 0 to 900; for this message instead of the queue's. Not on FIFO queues. */
  readonly delaySeconds?: number;
}

/** A message as a queue has taken it. */
export interface Message extends OutgoingMessage {
  readonly messageId: string;
}

const known = /^(?:Action|Version|QueueUrl|MessageBody|MessageGroupId|MessageDeduplicationId|DelaySeconds)$/;

/**
 * What SQS makes of SendMessage's fields; it passes over those that it does not know.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function sendMessage(
  queue: Queue,
  allFields: ReadonlyMap<string, string>,
): OutgoingMessage | SqsError {
  const attributes = messageAttributes(allFields);
  const fields = new Map([...allFields].filter(([name]) => known.test(name)));
  const body = fields.get('MessageBody') ?? '';
  const groupId = fields.get('MessageGroupId');
  const deduplicationId = fields.get('MessageDeduplicationId');
  const delay = fields.get('DelaySeconds');
  const error =
    bodyError(queue, body, attributes) ??
    attributeError(attributes) ??
    idError('MessageGroupId', groupId) ??
    idError('MessageDeduplicationId', deduplicationId) ??
    delayError(queue, delay) ??
    fifoError(queue, groupId, deduplicationId);
  if (error) return error;
  return {
    body,
    attributes,
    ...(groupId !== undefined && { messageGroupId: groupId }),
    ...(deduplicationId !== undefined && { messageDeduplicationId: deduplicationId }),
    // A FIFO queue takes 0, and keeps to its own delay all the same.
    ...(delay !== undefined && !queue.fifo && { delaySeconds: Number(delay) }),
  };
}

const refusedCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

function bodyError(
  queue: Queue,
  body: string,
  attributes: readonly MessageAttribute[],
): SqsError | undefined {
  if (body === '') return missing('MessageBody');
  const texts = [body, ...attributes.flatMap(({ name, dataType, value }) => [name, dataType, value])];
  const size = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (size > queue.maximumMessageSize) {
    return invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${queue.maximumMessageSize} bytes.`,
    );
  }
  if (texts.some((text) => refusedCharacter.test(text))) {
    return badRequest(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
  return undefined;
}

/** 1 to 128 letters, digits and punctuation of ASCII; no spaces. */
const idError = (parameter: string, id: string | undefined): SqsError | undefined =>
  id === undefined || /^[!-~]{1,128}$/.test(id)
    ? undefined
    : invalidValue(
        `Value ${id} for parameter ${parameter} is invalid. Reason: ${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
      );

function delayError(queue: Queue, delay: string | undefined): SqsError | undefined {
  if (delay === undefined || delay === '0') return undefined;
  if (!/^-?\d+$/.test(delay)) throw new NotSimulated('SQS', `the DelaySeconds ${JSON.stringify(delay)}`);
  if (queue.fifo) {
    return invalidValue(
      `Value ${delay} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  }
  return Number(delay) >= 0 && Number(delay) <= 900
    ? undefined
    : invalidValue(
        `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
      );
}

function fifoError(
  queue: Queue,
  groupId: string | undefined,
  deduplicationId: string | undefined,
): SqsError | undefined {
  if (!queue.fifo) {
    return deduplicationId === undefined
      ? undefined
      : invalidValue(
          `Value ${deduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.`,
        );
  }
  if (groupId === undefined) return missing('MessageGroupId');
  if (deduplicationId === undefined && !queue.contentBasedDeduplication) {
    return invalidValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return undefined;
}
