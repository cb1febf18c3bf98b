import { hash } from 'node:crypto';
import { type ActionResult, element } from './answer';
import { attributesDigest } from './message-attributes';
import type { Message } from './send-message';

/** What SendMessage gives back. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export function sentResult(
  { messageId, body, attributes }: Message,
  sequenceNumber: string | undefined,
): ActionResult {
  const bodyDigest = hash('md5', body);
  const digest = attributes.length > 0 ? attributesDigest(attributes) : undefined;
  return {
    json: {
      MD5OfMessageAttributes: digest ?? null,
      MD5OfMessageBody: bodyDigest,
      MD5OfMessageSystemAttributes: null,
      MessageId: messageId,
      SequenceNumber: sequenceNumber ?? null,
    },
    xml: [
      element('MessageId', messageId),
      element('MD5OfMessageBody', bodyDigest),
      element('MD5OfMessageAttributes', digest),
      element('SequenceNumber', sequenceNumber),
    ].join(''),
  };
}
