import type { Surroundings } from '../rehearse/api-gateway/surroundings';
import { type WebSocketApi, webSocketApisOf } from '../rehearse/api-gateway/websocket-api';
import { acceptMessage, type WebSocketOutcome } from '../rehearse/api-gateway/websocket-message';
import type { Plan } from '../rehearse/plan/plan';
import { attempted, type Example, type Step } from './example';
import { messageDetails, shortened } from './wording';

/** As API Gateway writes them. */
const connectionId = 'L0SM9cOFvHcCIhw=';

const grouped = '{"MessageGroupId":"test","data":"hello world"}';
const groupless = '{"data":"hello world"}';

/** Sends the message of the worked example to every WebSocket API of a plan, and one without a group. */
export const webSocketExamples = (plan: Plan, surroundings: () => Surroundings): readonly Example[] =>
  webSocketApisOf(plan).map((api) => example(plan, api, surroundings()));

function example(plan: Plan, api: WebSocketApi, surroundings: Surroundings): Example {
  const send = (body: string) => acceptMessage(api, { connectionId, body }, surroundings);
  return {
    stackId: plan.stackId,
    way: api.routes
      .map(({ routeKey, integration }) => `${routeKey} → ${integration.path.split('/')[2]}`)
      .join(', '),
    steps: [
      attempted(grouped, () =>
        queued(grouped, send(grouped), groupFromBody(send(groupless)) ? 'test' : undefined),
      ),
      attempted(groupless, () => {
        const outcome = send(groupless);
        return groupFromBody(outcome) ? refused(groupless, outcome) : queued(groupless, outcome, undefined);
      }),
    ],
    notes: [],
  };
}

/** Where the group is not taken from the body, a message without one is as good as any. */
const groupFromBody = (groupless: WebSocketOutcome) => groupless.sqs === undefined;

function queued(body: string, { requestId, sqs }: WebSocketOutcome, group: string | undefined): Step {
  const message = sqs?.sent?.message;
  if (!message)
    return { held: false, title: body, outcome: 'not queued', details: [shortened(sqs?.body ?? '')] };
  const whole = message.body === body;
  const attribute = (name: string) => message.attributes.find((candidate) => candidate.name === name)?.value;
  return {
    held:
      whole &&
      attribute('connectionId') === connectionId &&
      attribute('requestId') === requestId &&
      (group === undefined || message.messageGroupId === group),
    title: body,
    outcome: `queued ${whole ? 'byte for byte' : 'with ANOTHER BODY'}`,
    details: messageDetails(message),
  };
}

const refused = (body: string, { toClient, sqs }: WebSocketOutcome): Step => ({
  held: toClient !== undefined && sqs === undefined,
  title: body,
  outcome: 'refused and nothing queued',
  details: [`client gets ${shortened(toClient ?? '')}`],
});
