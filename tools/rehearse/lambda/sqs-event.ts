import type { MessageAttribute } from '../sqs/message-attributes';
import type { ReceivedMessage } from '../sqs/received-message';

/**
 * Messages of a queue as Lambda hands them to a function.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event
 */
export const sqsEvent = (batch: readonly ReceivedMessage[], queueArn: string) => ({
  Records: batch.map(({ messageAttributes, ...message }) => ({
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(messageAttributes.map(attribute)),
    ...(message.md5OfMessageAttributes !== undefined && {
      md5OfMessageAttributes: message.md5OfMessageAttributes,
    }),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3],
  })),
});

const attribute = ({ name, dataType, value }: MessageAttribute) => [
  name,
  { stringValue: value, stringListValues: [], binaryListValues: [], dataType },
];
