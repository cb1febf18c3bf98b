import type { Plan } from '../../../plan/plan';
import { queueArnOfPath } from '../../../rehearse/sqs/queue-url';
import type { Affected } from '../../affected';
import type { Finding } from '../../finding';
import type { SynthesizedApi, SynthesizedRoute } from './web-socket-plan';

/** A finding as far as the thing itself tells it; the rest is the same for most. */
export type Told = Omit<Finding, 'cause' | 'fix'> & Partial<Pick<Finding, 'cause' | 'fix'>>;

/** Who notices a defect of an API, and what clients and consumers see of it. */
export interface Circumstances {
  readonly api: SynthesizedApi;
  /** `WebSocket API dev-websocket-reply` */
  readonly subject: string;
  /** `clients of WebSocket API dev-websocket-reply` */
  readonly clients: string;
  /** Who answers the messages: `function dev-websocket-reply`. */
  readonly consumers: string;
  /** The command that brings the stack back. */
  readonly deploy: string;
  /** For the AWS CLI. */
  readonly region: string;
  /** Whether messages go to a FIFO queue. */
  readonly fifo: boolean;
}

export function circumstancesOf(plan: Plan, api: SynthesizedApi, affected: Affected): Circumstances {
  const integrations = api.routes.flatMap(({ integration }) => integration ?? []);
  const queueArns = integrations.flatMap(({ uri }) => {
    const path = /:sqs:path(\/.+)$/.exec(uri ?? '')?.[1];
    return path === undefined ? [] : [queueArnOfPath(plan, path)];
  });
  const subject = `WebSocket API ${api.name}`;
  const senders = integrations.flatMap(({ credentialsArn }) =>
    credentialsArn === undefined ? [] : affected.as(credentialsArn),
  );
  const consumers = queueArns
    .flatMap((queueArn) => affected.at(queueArn))
    .filter(({ kind }) => kind === 'function' || kind === 'pipe');
  return {
    api,
    subject,
    clients: `clients of ${named(senders) || subject}`,
    consumers: named(consumers) || 'whoever takes them from the queue',
    deploy: `npx cdktf deploy ${plan.stackId}`,
    region: plan.region,
    fifo: queueArns.some((queueArn) => queueArn.endsWith('.fifo')),
  };
}

const named = (actors: readonly { readonly name: string }[]) =>
  [...new Set(actors.map(({ name }) => name))].join(' and ');

export const finding = ({ deploy }: Circumstances, told: Told): Finding => ({
  cause: 'It was changed in the console or by another tool.',
  fix: `${deploy} restores it; what was meant belongs in environments/.`,
  ...told,
});

/** What a message route's clients and its consumer see. */
export interface Seen {
  /** API Gateway gives up before it asks the integration's service. */
  readonly notSent: string;
  /** SQS answers with `error`, which the words after it may explain. */
  readonly refused: (error: string) => string;
}

/**
 * The frame is that of AWS's documentation; what a one-way route tells its client when the service answers
 * an error is in none.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html
 */
export const seenAt = ({ routeKey }: SynthesizedRoute, { clients }: Circumstances): Seen =>
  routeKey === '$connect'
    ? {
        notSent: cannotConnect(clients),
        refused: (error) => `${cannotConnect(clients)}: the service answers ${error}`,
      }
    : {
        notSent: `${clients} get ${frame('Internal server error')} for each message, and nothing is queued`,
        refused: (error) =>
          `SQS answers ${error}: no message of ${clients} is queued, and no reply comes. Whether ` +
          'API Gateway tells the client of such an error is not documented: expect silence',
      };

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html */
export const cannotConnect = (clients: string) =>
  `${clients} cannot connect: the handshake fails with an HTTP error, 500 as a rule; AWS documents ` +
  'only that there is no connection';

export const frame = (message: string) => `{"message":"${message}","connectionId":…,"requestId":…}`;
