import type { GatewayResponse } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { changed, changedByHand, findingsServed, withGatewayResponse } from './rest-recorded';

const response = (type: string) => ({
  at: `prod-callback-receiver: aws_api_gateway_gateway_response.api_gateway_responses_${type.toLowerCase()}`,
  subject: `gateway response ${type} of REST API prod-callback-receiver`,
});

describe('a gateway response', () => {
  it('that was reset is API Gateway’s own', async () => {
    const answers = withGatewayResponse('MISSING_AUTHENTICATION_TOKEN', {
      defaultResponse: true,
      statusCode: '403',
      responseTemplates: { 'application/json': '{"message":$context.error.messageString}' },
    });
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...response('MISSING_AUTHENTICATION_TOKEN'),
        code: 'gateway-response-missing',
        severity: 'warning',
        problem: "it is API Gateway's own",
        deployed: 'not customized',
        seen: expect.stringContaining('403 "Missing Authentication Token" for a path that does not exist'),
      }),
    ]);
  });

  it('that answers 2xx loses what was refused', async () => {
    expect(await findingsServed('prod', withGatewayResponse('DEFAULT_5XX', { statusCode: '200' }))).toEqual([
      {
        ...response('DEFAULT_5XX'),
        ...changedByHand('prod'),
        code: 'gateway-response',
        severity: 'error',
        problem: 'it answers 200',
        synthesized: expect.stringContaining("API Gateway's own status"),
        deployed: expect.stringContaining('status 200'),
        seen:
          'callers whose requests API Gateway refuses or fails with DEFAULT_5XX get HTTP 200 and take ' +
          'them for accepted: nothing is queued, and nobody sends them again. They are lost',
      },
    ]);
  });

  it.each([
    ['another status', { statusCode: '404' }],
    ['another template', { responseTemplates: { 'application/json': '{}' } }],
    ['a header', { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } }],
  ])('with %s is a warning', async (_what, change) => {
    expect(await findingsServed('prod', withGatewayResponse('ACCESS_DENIED', change))).toEqual([
      expect.objectContaining({
        ...response('ACCESS_DENIED'),
        code: 'gateway-response',
        severity: 'warning',
        problem: 'it answers otherwise',
        seen:
          'callers that are refused with ACCESS_DENIED get another answer; what is accepted stays the ' +
          'same',
      }),
    ]);
  });

  it.each([
    ['429', 'warning', 'it is customized, which was not synthesized'],
    ['200', 'error', 'it answers 200'],
  ])('that was not synthesized and answers %s', async (statusCode, severity, problem) => {
    const answers = withGatewayResponse('QUOTA_EXCEEDED', { statusCode, defaultResponse: false });
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        at: 'prod-callback-receiver: aws_api_gateway_rest_api.api',
        subject: 'gateway response QUOTA_EXCEEDED of REST API prod-callback-receiver',
        code: 'gateway-response-extra',
        severity,
        problem,
        synthesized: 'not customized',
        fix: expect.stringContaining('--rest-api-id hxqpqdwtke --response-type QUOTA_EXCEEDED'),
      }),
    ]);
  });

  it('that AWS does not list is as little customized', async () => {
    const answers = changed<readonly GatewayResponse[]>('prod', '/gatewayresponses', (all) =>
      all.filter(({ responseType }) => responseType !== 'THROTTLED'),
    );
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({ ...response('THROTTLED'), code: 'gateway-response-missing' }),
    ]);
  });
});
