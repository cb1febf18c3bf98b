import type { WebSocketOutcome } from '../../api-gateway/websocket-message';
import type { WebSocketFlow } from '../../world/flows';
import type { Stage } from '../scenario';

/** A client that has connected. */
export interface Client {
  readonly connectionId: string;
  /** Replies and refusals that it has got, in order. */
  readonly received: readonly string[];
  /** What it was told at once of each message, in order; a route that is one-way tells nothing. */
  readonly acknowledgements: readonly string[];
  readonly send: (body: string) => WebSocketOutcome;
  readonly close: () => void;
  /** Whether neither it nor the gateway has ended the connection. */
  readonly isOpen: () => boolean;
  /** The code with which the gateway has ended the connection. */
  readonly closeCode: () => number | undefined;
}

/** What the reply function sends. */
export interface Reply {
  readonly connectionId: string;
  readonly requestId: string;
  readonly message: string;
}

/** A client as the API wants it: signed where `$connect` asks for that. @param gateway where it arrives */
export function connect(
  { flow, world, check }: Stage<WebSocketFlow>,
  gateway = world.gateways.get(flow.api),
): Client {
  const received: string[] = [];
  const acknowledgements: string[] = [];
  let code: number | undefined;
  const connection = gateway?.connect(
    {
      receive: (data) => (isAcknowledgement(data) ? acknowledgements : received).push(data),
      closed: (closeCode) => {
        code = closeCode;
      },
    },
    { signed: true },
  );
  if (!connection || 'status' in connection) {
    check('a client may connect', false, connection?.body);
    throw new Error(`${flow.api.address}: a signed client was refused`);
  }
  return {
    ...connection,
    received,
    acknowledgements,
    isOpen: () => connection.endsAt() !== undefined,
    closeCode: () => code,
  };
}

/** As a client tells them apart: replies and API Gateway's own refusals have no such field. */
const isAcknowledgement = (data: string): boolean => 'accepted' in JSON.parse(data);

export const repliesOf = ({ received }: Pick<Client, 'received'>): readonly Reply[] =>
  received.map((text) => JSON.parse(text) as Reply);

/** The data of the messages that were answered, in the order of the replies; errors are no replies. */
export const answered = (client: Pick<Client, 'received'>): readonly unknown[] =>
  repliesOf(client).flatMap(({ message }) =>
    message.startsWith('{') ? [(JSON.parse(message) as { readonly data: unknown }).data] : [],
  );

/** Without repetitions: a reply may come twice, after a fault. */
export const firstTimes = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** In milliseconds; API Gateway ends a connection on which nothing is sent for ten minutes. */
const heartbeat = 5 * 60_000;

/** No message that the reply function has to do with, where the API can tell. */
const stillHere = 'still here';

/** Lets time pass until nothing else is on the queue, or for a day; the clients say something now and then. */
export async function passAwake(
  { flow, pass, world }: Stage<WebSocketFlow>,
  ...clients: readonly Client[]
): Promise<void> {
  const queue = world.queue(flow.queueArn);
  for (let beat = 0; beat < 288; beat++) {
    await pass(heartbeat);
    if (queue.messages().every(({ body }) => body === stillHere)) return;
    for (const client of clients) if (client.isOpen()) client.send(stillHere);
  }
}
