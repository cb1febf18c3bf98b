import { expect, test } from 'vitest';
import { type Configuration, type Plan, readPlan } from '../../../tools/plan/plan';
import { contextVariable } from '../../../tools/rehearse/api-gateway/context-variable';
import { noParameters } from '../../../tools/rehearse/api-gateway/request-parameters';
import { restApisOf } from '../../../tools/rehearse/api-gateway/rest-api';
import { invokeMethod } from '../../../tools/rehearse/api-gateway/rest-integration';
import type { Surroundings } from '../../../tools/rehearse/api-gateway/surroundings';
import { webSocketApisOf } from '../../../tools/rehearse/api-gateway/websocket-api';
import { acceptMessage } from '../../../tools/rehearse/api-gateway/websocket-message';
import { idSource } from '../../../tools/rehearse/simulation/ids';
import { environments } from '../../fixtures/environments';
import { plansOf } from './synthesized-plans';

const plans = new Map(plansOf(environments).map(({ plan }) => [plan.stackId, plan]));
const receiver = plans.get('dev-callback-receiver') as Plan;
const reply = plans.get('dev-websocket-reply') as Plan;

const integrationsOf = (plan: Plan) => [
  ...restApisOf(plan).flatMap(({ methods }) => methods.map(({ integration }) => integration)),
  ...webSocketApisOf(plan).flatMap(({ routes }) => routes.map(({ integration }) => integration)),
];

/** SQS to which API Gateway never gets, since it may not assume the role. */
function unassumable(): Surroundings & { readonly asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  const sqs = (_: unknown, credentials: string | undefined) => {
    asked.push(credentials);
    return undefined;
  };
  return { ids: idSource('test'), sqs, asked };
}

test('each integration calls SQS as a role of its stack', () => {
  for (const plan of plans.values()) {
    const integrations = integrationsOf(plan);
    expect(integrations.length).toBeGreaterThan(0);
    for (const { credentials } of integrations) {
      expect(credentials).toMatch(
        new RegExp(`^arn:aws:iam::${plan.accountId}:role/${plan.stackId.split('-')[0]}-.`),
      );
    }
  }
});

test('a REST API that cannot assume its role is not configured well', () => {
  const [method] = restApisOf(receiver).flatMap(({ methods }) => methods);
  if (!method) throw new Error('there is no method');
  const surroundings = unassumable();
  const integration = { ...method.integration, templates: new Map([['application/json', '{}']]) };

  const answer = invokeMethod(
    { ...method, integration },
    { body: '{}', params: noParameters, context: contextVariable({}) },
    surroundings,
  );

  expect(answer).toEqual({ type: 'API_CONFIGURATION_ERROR' });
  expect(surroundings.asked).toEqual([method.integration.credentials]);
});

test('a client of a WebSocket API that cannot assume its role is told of an error', () => {
  const [api] = webSocketApisOf(reply);
  if (!api) throw new Error('there is no API');
  const surroundings = unassumable();

  const { toClient, sqs } = acceptMessage(
    api,
    { connectionId: 'c', body: '{"MessageGroupId":"g"}' },
    surroundings,
  );

  expect(JSON.parse(toClient ?? '').message).toBe('Internal server error');
  expect(sqs).toBeUndefined();
  expect(surroundings.asked).toEqual([api.routes[0]?.integration.credentials]);
});

test.each([
  [receiver, '"credentials":"', 'aws_api_gateway_integration'],
  [reply, '"credentials_arn":"', 'aws_apigatewayv2_integration'],
])('credentials that are no role’s are not simulated', (plan, attribute, type) => {
  const json = JSON.stringify(plan.configuration);
  const changed = json.replace(new RegExp(`${attribute}[^"]*"`), `${attribute}arn:aws:iam::*:user/*"`);
  expect(changed).not.toBe(json);

  const other = readPlan(plan.stackId, JSON.parse(changed) as Configuration);
  expect(() => integrationsOf(other)).toThrow(type);
  expect(() => integrationsOf(other)).toThrow('the credentials arn:aws:iam::*:user/* is not simulated');
});
