import { NotSimulated } from '../../not-simulated';
import { filter } from '../../rehearse/pipe/filter';
import type { PipeRecord } from '../../rehearse/pipe/pipe-record';
import { executeApiHost } from '../../rehearse/world/connections-endpoint';
import { listed } from './archive-object';
import type { Course } from './course';
import { domainAddress } from './domain-address';
import { explainAnswer } from './explain-answer';
import { followToArchive } from './follow-archive';
import { followDelivery } from './follow-delivery';
import { followToQueue } from './follow-to-queue';
import { newMarks } from './mark';
import { type MarkedMessage, markedMessage } from './marked-message';
import { post } from './post';
import { type Counts, countsOf } from './queues';
import { recognised, type SentMessage } from './sent-message';
import type { Surroundings } from './surroundings';
import type { CallbackTarget } from './targets';

/** How long a message is looked for that was probably never queued, in milliseconds. */
const doubtful = 20_000;

const nothing: Counts = { visible: 0, inFlight: 0, all: 0, deadLetters: 0 };

/** Posts one marked message to a callback and follows it. @throws MissingPermission, NotReachable */
export async function probeCallback(
  target: CallbackTarget,
  course: Course,
  surroundings: Surroundings,
): Promise<void> {
  const { consumer, method, queue, settings } = target;
  const { aws, doctor, limits, waiting } = surroundings;
  const lacking = lackingOf(settings, surroundings);
  if (lacking) return course.notSeen('the callback is called', lacking);
  const base = baseUrl(target, course, surroundings);
  if (base === undefined) return;
  const message = await madeUp(target, course, waiting.now());
  if (!message) return;
  // Whatever is missing shows before anything is sent.
  const before = consumer.kind === 'unknown' ? nothing : await countsOf(aws, queue);
  if (!before) return course.failed('the queue exists', `there is no ${queue.name}: ${doctor} tells more`);
  if (consumer.kind === 'archive' && !(await listed(aws, consumer.archive, message.mark ?? ''))) {
    return course.failed('the bucket exists', `there is no ${consumer.archive.bucket}: ${doctor} tells more`);
  }
  const url = `${base}${method.path}`;
  course.doing(`${method.httpMethod} ${url}`);
  const sentAt = waiting.now();
  const headers = new Map([...message.headers, ['Content-Type', message.contentType]]);
  const answer = await post({ method: method.httpMethod, url, headers, body: message.body }, limits.answer);
  const { outcome, detail, arrived } = explainAnswer(answer, { url, allowList: settings.allowList, doctor });
  const accepted = 'the callback is accepted';
  if (outcome === 'ok') course.ok(accepted, detail);
  else if (outcome === 'failed') course.failed(accepted, detail);
  else course.notSeen(accepted, detail);
  if (arrived === 'no') return;
  const sent: SentMessage = {
    message,
    queue,
    before,
    sentAt,
    messageId: 'status' in answer ? messageIdIn(answer.body) : undefined,
    accepted: arrived === 'yes',
    limit: arrived === 'yes' ? limits.arrival : Math.min(limits.arrival, doubtful),
  };
  await follow(target, sent, course, surroundings);
}

/** What the probe does not have of what the callback asks of its senders; nothing where it asks for nothing. */
function lackingOf(
  { apiKey, authorization }: CallbackTarget['settings'],
  { environment, restEndpoint }: Surroundings,
): string | undefined {
  if (authorization?.kind === 'hmac') {
    return 'its requests are signed with a secret that the doctor does not read: post a signed one, as docs/hmac.md has it';
  }
  if (authorization) {
    return `its requests are signed as its senders (${authorization.kind}), which the probe is not: let one of them post`;
  }
  if (apiKey) return 'its senders have an API key, which the probe does not read: let one of them post';
  return environment.callbackReceiver?.privateEndpoint && restEndpoint === undefined
    ? 'it is reached through a VPC endpoint alone: run the probe in that VPC, and give the URL with --rest-endpoint'
    : undefined;
}

/** Where the API's stage is; nothing where it is not, which is told. */
function baseUrl(
  { api, plan, settings }: CallbackTarget,
  course: Course,
  { environment, restEndpoint, doctor }: Surroundings,
): string | undefined {
  if (restEndpoint !== undefined) return restEndpoint;
  const { disableExecuteApiEndpoint, domain } = environment.callbackReceiver ?? {};
  if (disableExecuteApiEndpoint && domain && !domain.mutualTls) return `https://${domainAddress(domain)}`;
  if (disableExecuteApiEndpoint) {
    course.notSeen(
      'the callback is called',
      domain
        ? `only callers with a certificate get through to ${domain.name}: give the URL of a way to it with --rest-endpoint`
        : 'its execute-api endpoint is switched off: give the URL of its custom domain with --rest-endpoint',
    );
    return undefined;
  }
  const id = plan.known.get(`${api.address.slice(api.address.indexOf(' ') + 1)}.id`);
  if (id !== undefined) return `https://${executeApiHost(id, plan)}/${api.stageName}`;
  course.failed(
    'the callback is called',
    `no API for ${settings.name} was found in AWS: ${doctor} tells more`,
  );
  return undefined;
}

async function madeUp(
  target: CallbackTarget,
  course: Course,
  now: number,
): Promise<MarkedMessage | undefined> {
  const what = 'a marked message is made up';
  try {
    const message = await markedMessage(target, newMarks(now));
    const { body, contentType, mark, markedFields } = message;
    const size = `${Buffer.byteLength(body)} bytes of ${contentType}`;
    const { consumer } = target;
    const keyField = consumer.kind === 'archive' ? consumer.archive.messageKeyField : undefined;
    if (keyField !== undefined && !markedFields.includes(keyField)) {
      course.notSeen(
        what,
        `the schema does not let "${keyField}", which names the object in the archive, carry a mark: nothing is ` +
          'sent, since it would stand for a message of someone else',
      );
      return undefined;
    }
    course.mark = mark;
    if (mark === undefined) {
      course.notSeen(
        what,
        `${size}; the schema lets no field carry a mark: it is known by its whole body alone`,
      );
    } else course.ok(what, `${size}, ${mark} in ${markedFields.join(', ') || 'the body'}`);
    return message;
  } catch (error) {
    if (!(error instanceof NotSimulated)) throw error;
    course.notSeen(what, `no body was found that the schema takes: ${error.message}`);
    return undefined;
  }
}

async function follow(
  { consumer, queue }: CallbackTarget,
  sent: SentMessage,
  course: Course,
  surroundings: Surroundings,
): Promise<void> {
  switch (consumer.kind) {
    case 'archive': {
      const { archive, pipe } = consumer;
      if (!isDropped(consumer, sent)) {
        return followToArchive(sent, { archive, pipe: pipe.name }, course, surroundings);
      }
      const who = `the function ${archive.functionName}`;
      return followDelivery(sent, { pipe: pipe.name, who, filtered: true }, course, surroundings);
    }
    case 'subscriber': {
      const { pipe, who } = consumer;
      const filtered = isDropped(consumer, sent);
      return followDelivery(sent, { pipe: pipe.name, who, filtered }, course, surroundings);
    }
    case 'nobody':
      return followToQueue(sent, course, surroundings);
    case 'unknown':
      course.notSeen(
        'the message is taken from the queue',
        `${queue.name} is someone else's, and so is what takes from it: the probe leaves it alone`,
      );
      return course.stays(`the message ${recognised(sent.message)}, on ${queue.name} or with its consumer`);
  }
}

/** A filter that cannot be told apart from a match lets the message through. */
function isDropped(
  { pipe }: { readonly pipe: { readonly filters: readonly string[]; readonly address: string } },
  { message }: SentMessage,
): boolean {
  try {
    return !filter(pipe.filters, pipe.address)({ body: message.body, messageAttributes: {} } as PipeRecord);
  } catch (error) {
    if (error instanceof NotSimulated) return false;
    throw error;
  }
}

/** Where the callback answers with it. */
function messageIdIn(body: string): string | undefined {
  try {
    const { messageId } = JSON.parse(body) as { readonly messageId?: unknown };
    return typeof messageId === 'string' ? messageId : undefined;
  } catch {
    return undefined;
  }
}
