import { bodiesOf, isAccepted, post } from '../../../tools/rehearse/scenarios/callback/callers';
import type { Scenario, Stage } from '../../../tools/rehearse/scenarios/scenario';
import { type Client, connect } from '../../../tools/rehearse/scenarios/websocket/clients';
import type { Flow } from '../../../tools/rehearse/world/flows';
import type { System } from '../../../tools/rehearse/world/system';
import { type LoadFigures, measureLoad, warmUp } from './measure-load';

/** A flow of the fixtures, to be put under a load with nothing going wrong. */
export interface MeasuredFlow {
  readonly title: string;
  readonly environment: string;
  readonly of: (system: System) => Flow | undefined;
  readonly load: (measured: (figures: LoadFigures) => void) => Scenario;
}

const clientCount = 20;
const groups = 100;

export const measuredFlows = {
  callback: {
    title: 'dev: callback → queue → pipe → archive function',
    environment: 'dev',
    of: ({ flows }) => flows.find(({ kind }) => kind === 'callback'),
    load: (measured) =>
      loadOf<'callback'>('callback', measured, async (stage) => {
        const bodies = await bodiesOf(stage.flow, warmUp + stage.messages);
        return async (number) => isAccepted(await post(stage, { body: bodies[number] as string }));
      }),
  },
  websocket: {
    title: 'dev: WebSocket → queue → function → reply',
    environment: 'dev',
    of: ({ flows }) => flows.find(({ kind }) => kind === 'websocket'),
    load: (measured) =>
      loadOf<'websocket'>('websocket', measured, async (stage) => {
        const clients = Array.from({ length: clientCount }, () => connect(stage));
        return (number) => {
          const group = number % groups;
          const { send } = clients[group % clientCount] as Client;
          return send(JSON.stringify({ MessageGroupId: `g${group}`, data: number })).sqs?.sent !== undefined;
        };
      }),
  },
  subscription: {
    title: 'prod: queue → pipe → HTTPS subscriber',
    environment: 'prod',
    of: ({ flows }) =>
      flows.find((flow) => flow.kind === 'subscription' && flow.pipe.target.kind === 'api-destination'),
    load: (measured) =>
      loadOf<'subscription'>('subscription', measured, async ({ flow, world }) => (number) => {
        world.putOn(flow.queueArn, `{"number":${number}}`);
        return true;
      }),
  },
} as const satisfies Readonly<Record<string, MeasuredFlow>>;

export type FlowName = keyof typeof measuredFlows;

/** @param sender gives what sends a message and says whether it was accepted */
function loadOf<Kind extends Flow['kind']>(
  kind: Kind,
  measured: (figures: LoadFigures) => void,
  sender: (
    stage: Stage<Extract<Flow, { readonly kind: Kind }>>,
  ) => Promise<(number: number) => boolean | Promise<boolean>>,
): Scenario {
  const load: Scenario<Kind> = {
    id: `${kind}/bench`,
    kind,
    title: 'everything is accepted and delivered',
    async run(stage) {
      const { check, flow, world } = stage;
      const send = await sender(stage);
      const { figures, sent } = await measureLoad(stage, async (number) =>
        check('a message is accepted', await send(number), `not number ${number}`),
      );
      measured(figures);
      const { delivered } = world.account(flow.queueArn);
      check('everything is delivered', delivered === sent, `${delivered} of ${sent}`);
      return `${delivered} delivered`;
    },
  };
  return load as unknown as Scenario;
}
