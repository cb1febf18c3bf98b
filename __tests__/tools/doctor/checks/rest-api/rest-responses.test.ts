import type { Integration, IntegrationResponse } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { findingsServed, withIntegration, withMethod } from './rest-recorded';

const route = '/payments/events';
const at = (status: string) =>
  'prod-callback-receiver: ' +
  `aws_api_gateway_integration_response.api_payment_events_route_integration_response_${status}`;
const subject = 'integration responses of POST /v1/payments/events of REST API prod-callback-receiver';
const own = `HTTP 500 {"message":"Not confirmed as accepted, try again later",…}, by API Gateway itself`;
const accepted = 'SQS\'s 200: HTTP 200 {"messageId":"(id of the message)"}';

const withResponses = (
  change: (responses: Record<string, IntegrationResponse>) => Record<string, IntegrationResponse>,
) =>
  withIntegration(route, ({ integrationResponses = {} }: Integration) => ({
    integrationResponses: change(integrationResponses),
  }));

describe('integration responses', () => {
  it('that answer 200 by default acknowledge callbacks that SQS refused', async () => {
    const answers = withResponses(({ '200': ok }) => ({ '200': { ...ok, selectionPattern: undefined } }));
    expect(await findingsServed('prod', answers)).toEqual([
      {
        at: at('502'),
        subject,
        code: 'integration-response-acknowledges',
        severity: 'error',
        problem: 'they answer 2xx to what SQS has refused',
        synthesized: expect.stringMatching(
          /^SQS's 404 UnknownOperationException, 403 AccessDenied, 400 AWS\.SimpleQueueService\.NonExistentQueue, 400 KMS\.AccessDeniedException, 500 InternalError, 503 ServiceUnavailable: HTTP 502 \{"message":"Not accepted, try again later","requestId":"…"\}/,
        ),
        deployed: expect.stringContaining('403 AccessDenied'),
        seen:
          'nothing, and that is the harm: callers of POST /v1/payments/events take what SQS refused, ' +
          'such as with AccessDenied, for accepted and do not send it again. It is lost, and pipe ' +
          'prod-payment-events-archive never see it',
        cause:
          'The integration response 200 has no selection pattern, and answers whatever no other one ' +
          'matches. The integration response 502 was deleted.',
        fix: 'npx cdktf deploy prod-callback-receiver restores it; what was meant belongs in environments/.',
      },
    ]);
  });

  it('whose pattern takes in errors acknowledge those', async () => {
    const answers = withResponses(({ '200': ok, ...rest }) => ({
      ...rest,
      '200': { ...ok, selectionPattern: '[24]\\d{2}' },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-response-acknowledges',
        severity: 'error',
        cause: 'It was changed in the console or by another tool.',
      }),
    ]);
  });

  it('that answer an error to what was taken make callers send it again', async () => {
    const answers = withResponses(({ '200': _gone, ...rest }) => rest);
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        at: at('200'),
        subject,
        code: 'integration-response-refuses',
        severity: 'error',
        problem: 'they answer an error to what SQS has taken',
        synthesized: accepted,
        deployed: 'SQS\'s 200: HTTP 502 {"message":"Not accepted, try again later","requestId":"…"}',
        seen:
          'callers of POST /v1/payments/events send again what is queued already, and pipe ' +
          'prod-payment-events-archive meet it several times',
        cause: 'The integration response 200 was deleted.',
      }),
    ]);
  });

  it('that answer 4xx where sending again would help lose what could not be taken', async () => {
    const answers = withMethod(route, ({ methodIntegration, methodResponses }) => ({
      methodResponses: { ...methodResponses, '400': { statusCode: '400' } },
      methodIntegration: {
        ...methodIntegration,
        integrationResponses: {
          ...methodIntegration?.integrationResponses,
          '400': { statusCode: '400', selectionPattern: '4\\d{2}', responseTemplates: {} },
        },
      },
    }));
    const findings = await findingsServed('prod', answers);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['integration-response-final', 'error'],
      ['integration-response', 'warning'],
    ]);
    expect(findings[0]?.problem).toBe('they answer 4xx where sending again would help');
    expect(findings[0]?.seen).toBe(
      'callers of POST /v1/payments/events that take a 4xx for final give up what SQS could not take ' +
        'for the moment: it is lost to pipe prod-payment-events-archive',
    );
    expect(findings[0]?.deployed).toContain("SQS's 404 UnknownOperationException: HTTP 400");
  });

  it('that lack the default leave errors to API Gateway', async () => {
    const answers = withResponses(({ '502': _gone, ...rest }) => rest);
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        at: at('502'),
        code: 'integration-response',
        severity: 'warning',
        problem: 'they answer otherwise',
        deployed: expect.stringMatching(/InvalidMessageContents: HTTP 500 .*by API Gateway itself$/),
        cause: 'The integration response 502 was deleted.',
      }),
    ]);
  });

  it('whose method response is gone fail, though the message is queued', async () => {
    const answers = withMethod(route, ({ methodResponses = {} }) => {
      const { '200': _gone, ...rest } = methodResponses;
      return { methodResponses: rest };
    });
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-response-refuses',
        synthesized: accepted,
        deployed: `SQS's 200: ${own}`,
        cause: 'The method response 200 was deleted, which the integration response 200 needs.',
      }),
    ]);
  });

  it('with another template are a warning', async () => {
    const answers = withResponses(({ '200': ok, ...rest }) => ({
      ...rest,
      '200': { ...ok, responseTemplates: { 'application/json': '{"ok":true}' } },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-response',
        severity: 'warning',
        synthesized: accepted,
        deployed: 'SQS\'s 200: HTTP 200 {"ok":true}',
      }),
    ]);
  });

  it('with a template that is not understood here are told too', async () => {
    const answers = withResponses(({ '502': bad = {}, ...rest }) => ({
      ...rest,
      '502': { ...bad, responseTemplates: { 'application/json': '$util.parseJson($input.body).x.y()' } },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-response',
        deployed: expect.stringContaining('HTTP 502'),
      }),
    ]);
  });
});
