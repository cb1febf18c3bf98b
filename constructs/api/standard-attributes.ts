import type { MessageAttribute } from './send-message-template';

/** Attributes of every callback's message: what its sender cannot choose. */
export const standardAttributes: readonly MessageAttribute[] = [
  { name: 'requestId', source: { context: 'requestId' } },
  { name: 'sourceIp', source: { context: 'identity.sourceIp' } },
  // Milliseconds since 1970.
  { name: 'receivedAt', type: 'Number', source: { context: 'requestTimeEpoch' } },
  { name: 'contentType', source: { header: 'Content-Type' } },
];

/** What a message of a binary content type has beside these. */
export const bodyEncoding: MessageAttribute = { name: 'bodyEncoding', source: { constant: 'base64' } };

/** Of a callback whose requests are signed over their body's digest: what the consumer compares the body with. */
export const signedBodyAttribute: MessageAttribute = {
  name: 'bodySha256',
  source: { context: 'authorizer.bodySha256' },
};
