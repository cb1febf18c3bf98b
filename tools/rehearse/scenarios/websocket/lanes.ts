import type { WebSocketOutcome } from '../../api-gateway/websocket-message';
import type { WebSocketFlow } from '../../world/flows';
import type { Stage } from '../scenario';
import { answered, type Client, connect, firstTimes } from './clients';
import { groupingOf, isOrdered, messagesOf } from './messages';

/** Messages that wait for each other and, as far as the route groups them, for no others. */
export interface Lane {
  readonly name: string;
  readonly client: Client;
  readonly send: (data: unknown) => WebSocketOutcome;
}

/** A lane a name: a group of one client where the body says the group, else a client of its own. */
export function lanesOf(stage: Stage<WebSocketFlow>, names: readonly string[]): readonly Lane[] {
  const message = messagesOf(stage);
  const shared = groupingOf(stage).by === 'connection' ? undefined : connect(stage);
  return names.map((name) => {
    const client = shared ?? connect(stage);
    return { name, client, send: (data) => client.send(message(name, data)) };
  });
}

/** Whether no lane waits for another. */
export const areIndependent = (stage: Stage<WebSocketFlow>): boolean => groupingOf(stage).by !== 'constant';

export const clientsOf = (lanes: readonly Lane[]): readonly Client[] => [
  ...new Set(lanes.map(({ client }) => client)),
];

/** The data of all messages of the lanes that were answered, each once. */
export const answeredIn = (lanes: readonly Lane[]): readonly unknown[] =>
  clientsOf(lanes).flatMap((client) => firstTimes(answered(client)));

/** Sends messages by turns, each with its lane and its number in it. @returns how many */
export function sendByTurns(lanes: readonly Lane[], each: number): number {
  for (let number = 0; number < each; number++) {
    for (const lane of lanes) lane.send(`${lane.name}/${number}`);
  }
  return lanes.length * each;
}

/** Whether all that `sendByTurns` sent was answered, each lane in its order. */
export function checkByTurns(stage: Stage<WebSocketFlow>, lanes: readonly Lane[], each: number): void {
  const { check } = stage;
  const seen = answeredIn(lanes).map(String);
  const sent = lanes.length * each;
  check('every message is answered', seen.length === sent, `${seen.length} of ${sent}`);
  for (const { name } of isOrdered(stage) ? lanes : []) {
    const numbers = seen.filter((data) => data.startsWith(`${name}/`)).map((data) => data.split('/')[1]);
    const inOrder = numbers.every((number, index) => Number(number) === index);
    check(`group ${name} is in order`, inOrder, numbers.join(' '));
  }
}
