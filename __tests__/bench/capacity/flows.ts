import { bodiesOf, isAccepted, post } from '../../../tools/rehearse/scenarios/callback/callers';
import * as httpCallers from '../../../tools/rehearse/scenarios/http-callback/callers';
import type { Stage } from '../../../tools/rehearse/scenarios/scenario';
import { connect } from '../../../tools/rehearse/scenarios/websocket/clients';
import type {
  CallbackFlow,
  Flow,
  HttpCallbackFlow,
  WebSocketFlow,
} from '../../../tools/rehearse/world/flows';
import type { System } from '../../../tools/rehearse/world/system';

/** Sends one more message. @returns whether SQS has it */
export type Send = () => Promise<boolean>;

/** A flow of the fixtures, from its callers to its consumer. */
export interface CapacityFlow {
  /** As `docs/capacity.md` calls it. */
  readonly title: string;
  readonly environment: string;
  readonly of: (system: System) => Flow | undefined;
  /** @param count how many will be sent at most */
  readonly sender: (stage: Stage, count: number) => Promise<Send>;
}

const groups = 100;

const callbackTo =
  (queueName: string) =>
  ({ flows }: System): Flow | undefined =>
    flows.find(
      ({ kind, queueArn }) =>
        (kind === 'callback' || kind === 'http-callback') && queueArn.endsWith(`:${queueName}`),
    );

async function postingBodies(stage: Stage, count: number): Promise<Send> {
  const bodies = (await bodiesOf(stage.flow as CallbackFlow, count))[Symbol.iterator]();
  return async () =>
    isAccepted(await post(stage as Stage<CallbackFlow>, { body: bodies.next().value as string }));
}

async function postingToHttpApi(stage: Stage, count: number): Promise<Send> {
  const on = stage as Stage<HttpCallbackFlow>;
  const bodies = httpCallers.bodiesOf(on.flow, count)[Symbol.iterator]();
  return async () => httpCallers.isAccepted(httpCallers.post(on, { body: bodies.next().value as string }));
}

async function sendingToGroups(stage: Stage): Promise<Send> {
  const { send } = connect(stage as Stage<WebSocketFlow>);
  let number = 0;
  return async () => {
    number++;
    return (
      send(JSON.stringify({ MessageGroupId: `g${number % groups}`, data: number })).sqs?.sent !== undefined
    );
  };
}

const webSocket = ({ flows }: System) => flows.find(({ kind }) => kind === 'websocket');

export const capacityFlows: readonly CapacityFlow[] = [
  {
    title: 'callback → `s3-archive`',
    environment: 'dev',
    of: callbackTo('dev-delivery-results'),
    sender: postingBodies,
  },
  {
    title: 'callback → HTTPS, 50 a second',
    environment: 'prod',
    of: callbackTo('prod-delivery-results'),
    sender: postingBodies,
  },
  {
    title: 'callback → FIFO → `s3-archive`',
    environment: 'prod',
    of: callbackTo('prod-payment-events.fifo'),
    sender: postingBodies,
  },
  {
    title: 'HTTP API → `s3-archive`',
    environment: 'http',
    of: callbackTo('http-events'),
    sender: postingToHttpApi,
  },
  {
    title: 'WebSocket → FIFO → reply, 10 at once',
    environment: 'dev',
    of: webSocket,
    sender: sendingToGroups,
  },
  {
    title: 'WebSocket → FIFO → reply, 50 at once',
    environment: 'prod',
    of: webSocket,
    sender: sendingToGroups,
  },
];
