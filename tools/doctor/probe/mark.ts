import { randomBytes } from 'node:crypto';

/**
 * Names for one message, each of which says what it is and is like no other: letters, digits and hyphens alone, which
 * SQS's ids, S3's keys and most patterns of schemas take. The second is for fields that are short.
 */
export function newMarks(now: number): readonly [string, string] {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const random = randomBytes(6).toString('hex');
  return [`${markPrefix}${time}-${random}`, `${markPrefix}${random}`];
}

/** What every mark begins with. */
export const markPrefix = 'doctor-probe-';
