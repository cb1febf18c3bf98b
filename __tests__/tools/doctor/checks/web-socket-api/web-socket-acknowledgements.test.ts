import { expect, it } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { acknowledgementFindings } from '../../../../../tools/doctor/checks/web-socket-api/web-socket-acknowledgements';
import { circumstancesOf } from '../../../../../tools/doctor/checks/web-socket-api/web-socket-circumstances';
import {
  type SynthesizedApi,
  webSocketApisOf,
} from '../../../../../tools/doctor/checks/web-socket-api/web-socket-plan';
import { dev } from '../../../../fixtures/environments/dev';
import { planOf, plansOf } from './web-socket-subjects';

const plans = plansOf({ ...dev, websocketReply: { acknowledgement: true } }, new Map());
const plan = planOf('dev', 'websocket-reply', plans);
const api = webSocketApisOf(plan)[0] as SynthesizedApi;
const [route] = api.routes;
if (!route) throw new Error('no route');
const circumstances = circumstancesOf(plan, api, affectedBy(plans));

const response = (key: string) => {
  const { templates, templateSelection } = route.integration?.responses.find((one) => one.key === key) ?? {};
  return {
    IntegrationResponseKey: key,
    ResponseTemplates: Object.fromEntries(templates ?? []),
    TemplateSelectionExpression: templateSelection,
  };
};

const intact = [response('/2\\d\\d/'), response('$default')];

it('finds nothing where messages are answered as synthesized', () => {
  expect(intact[0]?.ResponseTemplates).toEqual({
    $default: '{"accepted":true,"requestId":"$context.requestId"}',
  });
  expect(acknowledgementFindings(route, intact, circumstances)).toEqual([]);
});

it('tells of a default that accepts what SQS has refused', () => {
  const open = { ...response('$default'), ResponseTemplates: { $default: '{"accepted":true}' } };

  expect(acknowledgementFindings(route, [response('/2\\d\\d/'), open], circumstances)).toMatchObject([
    {
      at: 'dev-websocket-reply: aws_apigatewayv2_integration_response.api_default_route_integration_response',
      subject: 'integration response $default of the route $default of WebSocket API dev-websocket-reply',
      code: 'integration-response-template',
      severity: 'error',
      deployed: '\\$default of $default: {"accepted":true}',
    },
  ]);
});

it('tells of a response that was added', () => {
  const extra = { IntegrationResponseKey: '/4\\d\\d/', TemplateSelectionExpression: undefined };

  expect(acknowledgementFindings(route, [...intact, extra], circumstances)).toMatchObject([
    {
      code: 'integration-response-extra',
      synthesized: '/2\\d\\d/, $default',
      deployed: 'no selection of no template',
    },
  ]);
});

it('leaves a one-way route alone: it answers nothing', () => {
  const oneWay = { ...route, routeResponseSelectionExpression: undefined };

  expect(acknowledgementFindings(oneWay, [{ IntegrationResponseKey: '/x/' }], circumstances)).toEqual([]);
});
