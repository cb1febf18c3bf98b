import type { SQSRecord } from 'aws-lambda';
import { messageKeyOf } from '../../../lambda-src/archive-to-s3/message-key';
import { objectKeyFor } from '../../../lambda-src/archive-to-s3/object-key';
import { deleted, got, listed, type StoredMessage } from './archive-object';
import type { Course } from './course';
import { type Counts, countsOf, countsTold } from './queues';
import { recognised, type SentMessage } from './sent-message';
import type { Surroundings } from './surroundings';
import type { Archive } from './targets';
import { poll } from './waiting';

/** How much earlier S3's clock may say that an object was written, in milliseconds. */
const clockSkew = 5 * 60_000;

/** A message that is delivered while it is being deleted is written again. */
const mostVersions = 5;

/** Waits for the object of a message, compares it, and deletes it. */
export async function followToArchive(
  sent: SentMessage,
  { archive, pipe }: { readonly archive: Archive; readonly pipe: string },
  course: Course,
  { aws, waiting, doctor }: Surroundings,
): Promise<void> {
  const what = 'the message is archived';
  const key = objectKeyOf(sent, archive);
  const place = `s3://${archive.bucket}/${key ?? `${archive.keyPrefix}<its message id>`}`;
  course.ifInterrupted(() => cleanUp(sent, archive, key, course, aws));
  let complete = true;
  const found = await poll(
    waiting,
    sent.limit,
    async () => {
      const objects = await listed(aws, archive, key ?? archive.keyPrefix);
      complete = objects?.complete ?? true;
      const keys = (objects?.objects ?? []).filter((object) =>
        key === undefined ? mayBe(object, sent) : object.Key === key,
      );
      for (const { Key = '' } of keys) {
        const stored = await got(aws, archive, Key);
        if (stored && (key !== undefined || isSame(stored, sent))) return stored;
      }
      return undefined;
    },
    (seconds) => course.doing(`waiting for ${place}, ${seconds} s`),
  );
  if (!found) {
    const counts = await countsOf(aws, sent.queue);
    course.ifInterrupted();
    const beyond = complete ? '' : ' The bucket holds more objects than were looked through.';
    if (!sent.accepted) {
      return course.notSeen(
        what,
        `nothing came to ${place} either: it was not queued, as far as can be seen`,
      );
    }
    course.failed(
      what,
      `nothing at ${place} after ${sent.limit / 1000} s.${beyond} ${whereabouts(counts, sent, pipe, archive)} ` +
        `${doctor} compares the pipe, the function and their roles`,
    );
    return course.stays(
      `the message ${recognised(sent.message)}, on ${sent.queue.name} or its dead-letter queue; when the pipe takes ` +
        `it after all, it is at ${place}`,
    );
  }
  const seconds = Math.round((waiting.now() - sent.sentAt) / 100) / 10;
  course.ok(what, `s3://${archive.bucket}/${found.key} after ${seconds} s`);
  if (isSame(found, sent)) course.ok('it is byte for byte what was sent', `${found.body.length} bytes`);
  else course.failed('it is byte for byte what was sent', difference(found, sent));
  await deleteAll(found, archive, course, aws);
  course.ifInterrupted();
}

function objectKeyOf({ message, messageId }: SentMessage, archive: Archive): string | undefined {
  const { messageKeyField: field, keyPrefix } = archive;
  if (field === undefined) return messageId === undefined ? undefined : objectKeyFor(messageId, keyPrefix);
  return objectKeyFor(messageKeyOf({ body: message.body } as SQSRecord, field), keyPrefix);
}

const isSame = ({ body }: StoredMessage, { message }: SentMessage): boolean =>
  body.equals(Buffer.from(message.body));

const mayBe = (
  { Size, LastModified }: { readonly Size?: number | undefined; readonly LastModified?: Date | undefined },
  { message, sentAt }: SentMessage,
): boolean =>
  Size === Buffer.byteLength(message.body) && (LastModified?.getTime() ?? 0) >= sentAt - clockSkew;

function difference({ body }: StoredMessage, { message }: SentMessage): string {
  const sent = Buffer.from(message.body);
  const at = sent.findIndex((byte, index) => body[index] !== byte);
  const from = Math.max(0, (at < 0 ? sent.length : at) - 20);
  const part = (bytes: Buffer) => JSON.stringify(bytes.subarray(from, from + 60).toString());
  return (
    `${sent.length} bytes were sent, ${body.length} are stored; they differ from byte ${at < 0 ? sent.length : at} ` +
    `on: ${part(sent)} became ${part(body)}`
  );
}

async function deleteAll(
  first: StoredMessage,
  archive: Archive,
  course: Course,
  aws: Surroundings['aws'],
): Promise<void> {
  let stored: StoredMessage | undefined = first;
  for (let count = 0; stored && count < mostVersions; count++) {
    await deleted(aws, archive, stored);
    const version = stored.versionId === undefined ? '' : `, version ${stored.versionId}`;
    course.cleaned(`s3://${archive.bucket}/${stored.key}${version}`);
    const left = await listed(aws, archive, stored.key);
    const again = left?.objects.some(({ Key }) => Key === first.key);
    const next: StoredMessage | undefined = again ? await got(aws, archive, first.key) : undefined;
    stored = next?.body.equals(first.body) ? next : undefined;
  }
}

/** Of what the queue holds now, as an explanation. */
function whereabouts(
  now: Counts | undefined,
  { before, queue }: SentMessage,
  pipe: string,
  { functionName }: Archive,
): string {
  if (!now) return `The queue ${queue.name} is gone.`;
  const told = `The queue ${queue.name} holds ${countsTold(now)} (before: ${countsTold(before)}).`;
  if (now.deadLetters > before.deadLetters) {
    return `${told} A message was given up: the function ${functionName} failed on it each time, its log says why.`;
  }
  if (now.inFlight > before.inFlight) {
    return `${told} The pipe ${pipe} has taken it, and the function ${functionName} has not finished it: its log says why.`;
  }
  if (now.all > before.all)
    return `${told} Nobody takes it: the pipe ${pipe} does not run, or may not receive.`;
  return `${told} It has left the queue: another consumer takes from it too, or a filter of the pipe has deleted it.`;
}

/** Deletes the object if it is there by now. */
async function cleanUp(
  { message, queue }: SentMessage,
  archive: Archive,
  key: string | undefined,
  course: Course,
  aws: Surroundings['aws'],
): Promise<void> {
  const place = key === undefined ? `s3://${archive.bucket}` : `s3://${archive.bucket}/${key}`;
  const stays = (why: string) =>
    course.stays(`the message ${recognised(message)}, on ${queue.name} or in ${place}: ${why}`);
  if (key === undefined) return stays('its object was not looked for');
  try {
    const stored = await got(aws, archive, key);
    if (!stored) return stays('it was not there yet');
    await deleted(aws, archive, stored);
    course.cleaned(`s3://${archive.bucket}/${key}`);
  } catch (error) {
    stays((error as Error).message);
  }
}
