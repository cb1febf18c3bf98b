import type { Invoke } from '../lambda/invocation';
import type { Pipe } from '../pipe/pipes';
import { down, failing, Subscriber, slow, up } from '../pipe/subscriber';
import type { StoredObject } from '../s3/object-store';
import type { Clock } from '../simulation/clock';
import type { Network, NetworkRequest } from '../simulation/network';
import type { Faults } from '../world/faults';
import type { RequestFault } from '../world/internet';
import type { System } from '../world/system';

/** What a subscriber makes of a delivery. */
export type Behaviour =
  | 'accepts'
  /** It answers with an error, and has not taken the message. */
  | 'fails'
  /** It takes the message, and its answer is too late. */
  | 'slow'
  /** It cannot be connected to. */
  | 'unreachable';

/** A message that a subscriber has taken. */
export interface Taken {
  readonly messageId: string;
  /** As it arrived. */
  readonly content: string;
  /** Whether it holds all of a message's body. */
  readonly carries: (body: string) => boolean;
}

/** The other end of a pipe, and what is to happen there. */
export interface SubscriberControl {
  /** Decides about each delivery from now on. @default all are accepted */
  readonly behave: (decide: (delivery: { readonly messageId: string }) => Behaviour) => void;
  /** In the order in which they came; a message that came twice is there twice. */
  readonly taken: readonly Taken[];
}

/** The subscribers of all pipes of a system. */
export interface Subscribers {
  readonly servers: ReadonlyMap<string, Network>;
  readonly functions: ReadonlyMap<string, Invoke>;
  /** What goes wrong in a run, with what subscribers that are functions of the system are told to do. */
  readonly faults: (others: Faults) => Faults;
  /** An object was written to a bucket. */
  readonly stored: (object: StoredObject) => void;
  readonly control: (pipeArn: string) => SubscriberControl;
}

/** The ready archive function writes what it gets to a bucket: there its messages are taken, or not. */
export function subscribersOf({ pipes, functions: made }: System, clock: Clock): Subscribers {
  const ends = new Map(pipes.map((pipe) => [pipe.arn, new End()]));
  const endOf = ({ arn }: Pipe) => ends.get(arn) as End;
  const servers = new Map<string, Network>();
  const functions = new Map<string, Invoke>();
  const buckets = new Map<string, End>();
  for (const pipe of pipes) {
    const { target } = pipe;
    if (target.kind === 'api-destination') {
      const { authorization } = target.destination.connection;
      if (authorization.kind === 'oauth') servers.set(authorization.endpoint.host, tokenServer(clock));
      // Destinations of one host have paths of their own.
      const { host } = new URL(target.destination.endpoint);
      const others = servers.get(host);
      servers.set(host, serverAt(target.destination.endpoint, endOf(pipe), clock, others));
      continue;
    }
    const own = made.find(({ arn }) => arn === target.functionArn);
    const same = pipes.filter(
      (other) => other.target.kind === 'lambda' && other.target.functionArn === target.functionArn,
    );
    if (!own) functions.set(target.functionArn, functionAt(ends, same));
    const bucket = own?.variables.get('BUCKET_NAME');
    if (bucket !== undefined) buckets.set(bucket, endOf(pipe));
  }
  return {
    servers,
    functions,
    faults: (others) => ({
      ...others,
      s3: (request) => bucketFault(request, buckets) ?? others.s3?.(request),
    }),
    stored({ bucket, metadata, body }) {
      const content = body.toString();
      buckets.get(bucket)?.taken.push({
        messageId: metadata.get('message-id') ?? '',
        content,
        carries: (sent) => sent === content,
      });
    },
    control(pipeArn) {
      const end = ends.get(pipeArn);
      if (!end) throw new Error(`no pipe ${pipeArn}`);
      return end;
    },
  };
}

class End implements SubscriberControl {
  readonly taken: Taken[] = [];
  decide: (delivery: { readonly messageId: string }) => Behaviour = () => 'accepts';

  behave(decide: (delivery: { readonly messageId: string }) => Behaviour): void {
    this.decide = decide;
  }
}

/** In milliseconds: of a token server, and what is too late for an API destination. */
const quickAnswer = 20;
const lateAnswer = 8_000;

const serverBehaviours = {
  accepts: up,
  fails: failing(500),
  slow: slow(lateAnswer),
  unreachable: down,
} as const;

function serverAt(endpoint: string, end: End, clock: Clock, others: Network | undefined): Network {
  const { pathname } = new URL(endpoint);
  const server = new Subscriber({
    clock,
    behave(request) {
      const content = request.body.toString();
      const messageId = messageIdIn(content);
      const behaviour = end.decide({ messageId });
      if (behaviour === 'accepts' || behaviour === 'slow') {
        end.taken.push({ messageId, content, carries: carriedBy(content) });
      }
      return serverBehaviours[behaviour];
    },
  });
  return (request, reply) =>
    others && request.path.split('?')[0] !== pathname
      ? others(request, reply)
      : server.network(request, reply);
}

/** Deliveries name their message, unless the input template leaves it out. */
export const messageIdIn = (content: string): string =>
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(content)?.[0] ?? content;

/** Gives out access tokens. https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
const tokenServer =
  (clock: Clock): Network =>
  (_request, reply) =>
    clock.after(quickAnswer, () =>
      reply({
        status: 200,
        headers: new Map([['content-type', 'application/json']]),
        body: Buffer.from('{"access_token":"made-up","token_type":"Bearer","expires_in":3600}'),
      }),
    );

/** The body is within the content: as JSON where it is JSON, else as text. */
const carriedBy = (content: string) => (body: string) => {
  const value = parsed(body);
  return content.includes(value === undefined ? JSON.stringify(body) : JSON.stringify(value));
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface DeliveredRecord {
  readonly messageId?: string;
  readonly body?: string;
  readonly eventSourceARN?: string;
}

/**
 * A function that someone else owns, at the end of one or several pipes: it reports what it did not take. What an input
 * template made says no longer which queue it is from, and counts as the first pipe's.
 */
const functionAt =
  (ends: ReadonlyMap<string, End>, pipes: readonly Pipe[]): Invoke =>
  async (payload) => {
    const deliveries = (payload as readonly DeliveredRecord[]).map((record) => {
      const content = JSON.stringify(record);
      const pipe = pipes.find(({ sourceArn }) => sourceArn === record.eventSourceARN) ?? pipes[0];
      const end = ends.get(pipe?.arn ?? '') as End;
      const messageId = record.messageId ?? messageIdIn(content);
      return { end, messageId, content, body: record.body, behaviour: end.decide({ messageId }) };
    });
    const behaves = (behaviour: Behaviour) =>
      deliveries.filter((delivery) => delivery.behaviour === behaviour);
    if (behaves('unreachable').length > 0) return { kind: 'throttled' };
    for (const { end, messageId, content, body } of [...behaves('accepts'), ...behaves('slow')]) {
      end.taken.push({
        messageId,
        content,
        carries: (sent) => (body === undefined ? carriedBy(content)(sent) : sent === body),
      });
    }
    if (behaves('slow').length > 0) return { kind: 'timed-out' };
    return {
      kind: 'returned',
      payload: {
        batchItemFailures: behaves('fails').map(({ messageId }) => ({ itemIdentifier: messageId })),
      },
    };
  };

function bucketFault(request: NetworkRequest, buckets: ReadonlyMap<string, End>): RequestFault | undefined {
  const end = buckets.get(request.host.split('.s3.')[0] ?? '');
  switch (end?.decide({ messageId: request.headers.get('x-amz-meta-message-id') ?? '' })) {
    case 'fails':
      // An answer that the function does not try again after.
      return { kind: 'refused', response: { status: 400, headers: new Map(), body: Buffer.alloc(0) } };
    case 'slow':
      return { kind: 'answer-lost' };
    case 'unreachable':
      return { kind: 'reset' };
    default:
      return undefined;
  }
}
