import type { SQSRecord } from 'aws-lambda';

export interface Reply {
  readonly connectionId: string;
  /** What goes over the connection; the order of its keys is part of the contract. */
  readonly data: string;
}

/** The reply to a record. @throws when it lacks one of the attributes that the WebSocket API's integration sets. */
export function replyTo(record: SQSRecord): Reply {
  const connectionId = requiredAttribute(record, 'connectionId');
  const requestId = requiredAttribute(record, 'requestId');
  return { connectionId, data: JSON.stringify({ connectionId, requestId, message: record.body }) };
}

/** The ids of a record as far as it has them. */
export function idsOf(record: SQSRecord) {
  return {
    messageId: record.messageId,
    connectionId: record.messageAttributes.connectionId?.stringValue,
    requestId: record.messageAttributes.requestId?.stringValue,
  };
}

function requiredAttribute(record: SQSRecord, name: string): string {
  const value = record.messageAttributes[name]?.stringValue;
  if (value) return value;
  throw new Error(
    `the message attribute "${name}" is missing: the WebSocket API's integration sets it, so this message came ` +
      'another way; it goes to the dead-letter queue',
  );
}
