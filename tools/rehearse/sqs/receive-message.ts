import { NotSimulated } from '../../not-simulated';
import { type ActionResult, element } from './answer';
import { invalidValue, type SqsError } from './errors';
import { numberedValues, wholeNumber } from './fields';
import { mostInFlight, overLimit, visibilityTimeoutError } from './limits';
import type { LiveQueue } from './live-queue';
import { attributesDigest } from './message-attributes';
import type { ReceivedMessage } from './received-message';

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 * @throws NotSimulated for a long poll that would have to wait: requests are answered at once here
 */
export function receiveMessage(
  queue: LiveQueue,
  fields: ReadonlyMap<string, string>,
): ActionResult | SqsError {
  if (fields.has('ReceiveRequestAttemptId')) throw new NotSimulated('SQS', 'a ReceiveRequestAttemptId');
  const maxMessages = wholeNumber(fields, 'MaxNumberOfMessages') ?? 1;
  const visibilityTimeoutSeconds = wholeNumber(fields, 'VisibilityTimeout');
  const waitSeconds = wholeNumber(fields, 'WaitTimeSeconds') ?? queue.settings.receiveWaitTimeSeconds;
  const error =
    rangeError('MaxNumberOfMessages', maxMessages, [1, 10], 'Must be between 1 and 10, if provided.') ??
    rangeError('WaitTimeSeconds', waitSeconds, [0, 20], 'Must be >= 0 and <= 20, if provided.') ??
    (visibilityTimeoutSeconds === undefined ? undefined : visibilityTimeoutError(visibilityTimeoutSeconds));
  if (error) return error;
  const messages = queue.receive({
    maxMessages,
    ...(visibilityTimeoutSeconds !== undefined && { visibilityTimeoutSeconds }),
  });
  if (messages.length === 0 && waitSeconds > 0) throw new NotSimulated('SQS', 'a long poll that has to wait');
  // A FIFO queue has no such error.
  if (messages.length === 0 && !queue.settings.fifo && queue.counts().notVisible >= mostInFlight)
    return overLimit;
  return { json: undefined, xml: messages.map((message) => messageXml(message, fields)).join('') };
}

function rangeError(
  parameter: string,
  value: number,
  [lowest, highest]: readonly [number, number],
  reason: string,
): SqsError | undefined {
  return value >= lowest && value <= highest
    ? undefined
    : invalidValue(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

/** With the attributes that were asked for, and no others. */
function messageXml(message: ReceivedMessage, fields: ReadonlyMap<string, string>): string {
  const systemNames = [
    ...numberedValues(fields, 'AttributeName'),
    ...numberedValues(fields, 'MessageSystemAttributeName'),
  ];
  const names = numberedValues(fields, 'MessageAttributeName');
  const attributes = message.messageAttributes.filter(({ name }) =>
    names.some((asked) => asked === 'All' || asked === name || isPrefixOf(asked, name)),
  );
  const system = Object.entries(message.attributes).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  );
  return `<Message>${[
    element('MessageId', message.messageId),
    element('ReceiptHandle', message.receiptHandle),
    element('MD5OfBody', message.md5OfBody),
    element('Body', message.body),
    ...system.map(
      ([name, value]) => `<Attribute>${element('Name', name)}${element('Value', value)}</Attribute>`,
    ),
    ...(attributes.length > 0 ? [element('MD5OfMessageAttributes', attributesDigest(attributes))] : []),
    ...attributes.map(
      ({ name, dataType, value }) =>
        `<MessageAttribute>${element('Name', name)}<Value>${element('StringValue', value)}${element('DataType', dataType)}</Value></MessageAttribute>`,
    ),
  ].join('')}</Message>`;
}

/** `.*` asks for all. */
const isPrefixOf = (asked: string, name: string) =>
  asked.endsWith('.*') && name.startsWith(asked.slice(0, -2));
