import type { SQSRecord } from 'aws-lambda';

/**
 * What identifies a message to its sender: the named field of its JSON body, or without a name SQS's message id.
 * A message that its sender repeats has the same key and so the same object; the later one stands.
 *
 * @throws when the field is missing, or its value can be confused with another's: numbers beyond 2^53 and
 * fractions lose digits when parsed, half of a surrogate pair has no UTF-8 form.
 */
export function messageKeyOf(record: SQSRecord, field: string | undefined): string {
  if (field === undefined) return record.messageId;
  const value = fieldOf(record.body, field);
  if (Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && value !== '' && Buffer.from(value).toString() === value) return value;
  throw new Error(
    `the body's field "${field}" (MESSAGE_KEY_FIELD) is ${kindOf(value)}: it must be a well-formed string that is ` +
      'not empty, or a whole number up to 2^53 - 1',
  );
}

function fieldOf(body: string, field: string): unknown {
  const parsed = parsedJson(body);
  if (typeof parsed?.value !== 'object' || parsed.value === null) {
    throw new Error(`the body is not a JSON object, so it has no field "${field}" (MESSAGE_KEY_FIELD)`);
  }
  return Object.hasOwn(parsed.value, field) ? (parsed.value as Record<string, unknown>)[field] : undefined;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return value === '' ? 'empty' : 'not well-formed Unicode';
  return Array.isArray(value) ? 'an array' : 'an object';
}

/** The value of a JSON text, or nothing when it is not JSON. */
export function parsedJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
