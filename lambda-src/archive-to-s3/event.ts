import type { SQSEvent, SQSRecord } from 'aws-lambda';

/** A pipe hands its target the bare array of records, an event source mapping wraps it. */
export type QueueEvent = SQSEvent | readonly SQSRecord[];

/** @throws on anything else, such as records that an input template of the pipe has rewritten. */
export function recordsOf(event: QueueEvent): readonly SQSRecord[] {
  const records: unknown = (event as Partial<SQSEvent> | undefined)?.Records ?? event;
  if (Array.isArray(records) && records.every(isRecord)) return records;
  throw new Error(
    'The event is neither an array of SQS records, as a pipe without an input template delivers it, nor ' +
      '{"Records": [...]}, as an event source mapping does.',
  );
}

function isRecord(record: Partial<SQSRecord> | undefined): record is SQSRecord {
  return (
    typeof record?.messageId === 'string' &&
    typeof record.body === 'string' &&
    typeof record.eventSourceARN === 'string' &&
    typeof record.attributes === 'object'
  );
}
