import { createHash } from 'node:crypto';
import { NotSimulated } from '../../not-simulated';
import { invalidValue, type SqsError } from './errors';

export interface MessageAttribute {
  readonly name: string;
  readonly dataType: string;
  readonly value: string;
}

/** SQS takes both spellings. */
const field = /^MessageAttributes?\.(\d+)\.(Name|Value\.(?:DataType|StringValue|BinaryValue))$/;

/** The attributes of a SendMessage request. @throws NotSimulated for binary values, and for numbers with gaps */
export function messageAttributes(fields: ReadonlyMap<string, string>): readonly MessageAttribute[] {
  const numbered = new Map<number, Map<string, string>>();
  for (const [name, value] of fields) {
    const [, number, part = ''] = field.exec(name) ?? [];
    if (number === undefined) continue;
    const parts = numbered.get(Number(number)) ?? new Map<string, string>();
    if (parts.has(part)) throw new NotSimulated('SQS', `message attribute ${number} in both spellings`);
    numbered.set(Number(number), parts.set(part, value));
  }
  return [...numbered]
    .sort(([a], [b]) => a - b)
    .map(([number, parts], index) => {
      if (number !== index + 1)
        throw new NotSimulated('SQS', `message attribute ${number} without ${index + 1}`);
      const name = parts.get('Name');
      const dataType = parts.get('Value.DataType');
      const value = parts.get('Value.StringValue');
      if (name === undefined || dataType === undefined || value === undefined) {
        throw new NotSimulated('SQS', `message attribute ${number} without name, type or string value`);
      }
      return { name, dataType, value };
    });
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export function attributeError(attributes: readonly MessageAttribute[]): SqsError | undefined {
  if (attributes.length > 10) {
    return invalidValue(
      `Number of message attributes [${attributes.length}] exceeds the allowed maximum [10].`,
    );
  }
  if (new Set(attributes.map(({ name }) => name)).size < attributes.length) {
    return invalidValue('Message attribute names must be unique.');
  }
  for (const { name, dataType, value } of attributes) {
    if (!/^(?!aws\.|amazon\.|\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.-]{1,256}$/i.test(name)) {
      return invalidValue(`Message (user) attribute name '${name}' is invalid.`);
    }
    if (!/^(?:String|Number)(?:\..+)?$/.test(dataType)) {
      return invalidValue(`The type of message (user) attribute '${name}' is invalid.`);
    }
    if (value === '') {
      return invalidValue(
        `Message (user) attribute '${name}' must contain a non-empty value of type '${dataType}'.`,
      );
    }
    if (dataType.startsWith('Number') && !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(value)) {
      return invalidValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
    }
  }
  return undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function attributesDigest(attributes: readonly MessageAttribute[]): string {
  const hash = createHash('md5');
  const add = (text: string) => {
    const bytes = Buffer.from(text);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const { name, dataType, value } of [...attributes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    add(name);
    add(dataType);
    hash.update(Buffer.from([1]));
    add(value);
  }
  return hash.digest('hex');
}
