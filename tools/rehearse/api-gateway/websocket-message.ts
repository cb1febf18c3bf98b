import { NotSimulated } from '../../not-simulated';
import type { SqsAnswer } from '../sqs/query-protocol';
import { contextVariable } from './context-variable';
import { noParameters } from './request-parameters';
import { callSqs } from './sqs-integration';
import type { Surroundings } from './surroundings';
import type { WebSocketApi, WebSocketRoute } from './websocket-api';
import { acknowledgementOf } from './websocket-response';

export interface WebSocketMessage {
  readonly connectionId: string;
  readonly body: string;
}

export interface WebSocketOutcome {
  readonly requestId: string;
  /** What API Gateway refuses the message with by itself; nothing when it goes its way. */
  readonly toClient: string | undefined;
  /** What a two-way route answers once SQS has. */
  readonly acknowledgement?: string;
  /** Undefined where API Gateway did not ask SQS. */
  readonly sqs: SqsAnswer | undefined;
}

/** In bytes. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const maximumMessageSize = 128 * 1024;

/**
 * A message through a WebSocket API: its route, the route's model, and what the integration makes of it.
 * What the client of a one-way route is told when SQS refuses its message is not documented: nothing is, here.
 */
export function acceptMessage(
  api: WebSocketApi,
  { connectionId, body }: WebSocketMessage,
  surroundings: Surroundings,
): WebSocketOutcome {
  const requestId = surroundings.ids();
  if (Buffer.byteLength(body) > maximumMessageSize) {
    throw new NotSimulated(api.address, 'a message above 128 KB, which ends its connection,');
  }
  const refusal = (message: string): WebSocketOutcome => ({
    requestId,
    toClient: JSON.stringify({ message, connectionId, requestId }),
    sqs: undefined,
  });
  const route = selectRoute(api, body);
  if (!route) return refusal('Forbidden');
  if (!satisfiesModel(route, body)) return refusal('Bad request body');
  const { integration, templateSelectionExpression } = route;
  const template =
    templateSelectionExpression === undefined
      ? undefined
      : integration.templates.get(selected(templateSelectionExpression, body, integration.address) ?? '');
  if (template === undefined) {
    throw new NotSimulated(integration.address, 'a message for which no template is selected');
  }
  const request = { body, params: noParameters, context: contextVariable({ connectionId, requestId }) };
  const sqs = callSqs(integration, template, request, surroundings);
  if (!sqs) return refusal('Internal server error');
  const acknowledgement =
    route.responses && acknowledgementOf(route, route.responses, sqs, { connectionId, requestId });
  return { requestId, toClient: undefined, sqs, ...(acknowledgement !== undefined && { acknowledgement }) };
}

function selectRoute({ routeSelectionExpression, routes, address }: WebSocketApi, body: string) {
  const key = selected(routeSelectionExpression, body, address);
  return (
    routes.find(({ routeKey }) => routeKey === key) ?? routes.find(({ routeKey }) => routeKey === '$default')
  );
}

/** A message whose expression selects no model is refused. */
function satisfiesModel(
  { address, modelSelectionExpression, models }: WebSocketRoute,
  body: string,
): boolean {
  if (modelSelectionExpression === undefined) return true;
  const model = models.get(selected(modelSelectionExpression, body, address) ?? '');
  return model !== undefined && model.fault(body) === undefined;
}

/**
 * What a selection expression gives for a message: a fixed text, in which a dollar sign is escaped, or a top-level
 * field of the body.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */
function selected(expression: string, body: string, where: string): string | undefined {
  const field = /^\$\{?request\.body\.(\w+)\}?$/.exec(expression)?.[1];
  if (field !== undefined) return topLevelField(body, field);
  const fixed = expression.replace(/^\\\$/, '');
  if (fixed.includes('$')) throw new NotSimulated(where, `the selection expression ${expression}`);
  return expression.startsWith('\\$') ? `$${fixed}` : fixed;
}

function topLevelField(body: string, field: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body);
    const found = value !== null && typeof value === 'object' ? Object.entries(value) : [];
    return found.find(([key, inner]) => key === field && typeof inner === 'string')?.[1] as
      | string
      | undefined;
  } catch {
    return undefined;
  }
}
