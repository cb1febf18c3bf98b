import type { Message } from '../rehearse/sqs/send-message';

const longest = 108;

/** One line of a report at most. */
export const shortened = (text: string): string =>
  [...text].length <= longest ? text : `${[...text].slice(0, longest - 1).join('')}…`;

export const bytesOf = (text: string): string => `${Buffer.byteLength(text)} bytes`;

/** What of a message is not its body. */
export const messageDetails = ({
  messageGroupId,
  messageDeduplicationId,
  attributes,
}: Message): readonly string[] => [
  ...(messageGroupId === undefined
    ? []
    : [`group ${messageGroupId}, deduplication id ${messageDeduplicationId ?? 'from the body'}`]),
  attributes.map(({ name, value }) => `${name}=${value}`).join(' '),
];
