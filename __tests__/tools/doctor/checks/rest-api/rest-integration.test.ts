import { describe, expect, it } from 'vitest';
import { changedByHand, findingsServed, withIntegration, withMethod } from './rest-recorded';

const route = '/bizppurio/delivery-results';
const integration = {
  at: 'prod-callback-receiver: aws_api_gateway_integration.api_delivery_results_route_integration',
  subject: 'integration of POST /v1/bizppurio/delivery-results of REST API prod-callback-receiver',
};
const callers = 'callers of POST /v1/bizppurio/delivery-results';
const refused = (error: string) =>
  `${callers} get HTTP 502 {"message":"Not accepted, try again later","requestId":"…"}: SQS answers ` +
  `${error}, and nothing is queued`;
const notSent =
  `${callers} get HTTP 500 {"message":"Not confirmed as accepted, try again later",…}, API Gateway's ` +
  'own "Internal server error", and nothing is queued';

const path = 'arn:aws:apigateway:ap-northeast-2:sqs:path';

describe('an integration', () => {
  it('that is not there is told without its parts', async () => {
    const answers = withMethod(route, () => ({ methodIntegration: undefined }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...integration,
        code: 'integration-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: expect.stringContaining(notSent),
        fix: 'npx cdktf deploy prod-callback-receiver',
      }),
    ]);
  });

  it('that is a mock loses what it acknowledges', async () => {
    const answers = withIntegration(route, () => ({ type: 'MOCK', uri: undefined }));
    expect(await findingsServed('prod', answers)).toEqual([
      {
        ...integration,
        ...changedByHand('prod'),
        code: 'integration-type',
        severity: 'error',
        problem: 'it is of the type MOCK',
        synthesized: 'AWS',
        deployed: 'MOCK',
        seen:
          `SQS is not asked at all: where the mock answers 2xx, what ${callers} post is acknowledged ` +
          `and lost; otherwise ${notSent}`,
      },
    ]);
  });

  it('to another queue sends there, or nowhere', async () => {
    const uri = `${path}/444455556666/prod-payment-events.fifo`;
    expect(
      await findingsServed(
        'prod',
        withIntegration(route, () => ({ uri })),
      ),
    ).toEqual([
      {
        ...integration,
        ...changedByHand('prod'),
        code: 'integration-uri',
        severity: 'error',
        problem: 'it sends to the queue prod-payment-events.fifo',
        synthesized: `${path}/444455556666/prod-delivery-results`,
        deployed: uri,
        seen:
          `${refused('403 AccessDenied, since the role may send to its own queue alone')}. Where there ` +
          'is no such queue SQS answers 400 AWS.SimpleQueueService.NonExistentQueue ' +
          `(QueueDoesNotExist). Where sending succeeds, what ${callers} post reaches pipe ` +
          'prod-payment-events-archive, and pipe prod-delivery-results get nothing',
      },
    ]);
  });

  it.each([
    [
      `${path}/111122223333/prod-delivery-results`,
      'it sends to the queue prod-delivery-results of account 111122223333',
    ],
    [
      'arn:aws:apigateway:us-east-1:sqs:path/444455556666/prod-delivery-results',
      'it sends to the region us-east-1',
    ],
    ['arn:aws:apigateway:ap-northeast-2:sns:action/Publish', 'it asks for something else'],
    [
      'arn:aws:apigateway:ap-northeast-2:kinesis:path/444455556666/prod-delivery-results',
      'it asks for something else',
    ],
  ])('to %s', async (uri, problem) => {
    expect(
      await findingsServed(
        'prod',
        withIntegration(route, () => ({ uri })),
      ),
    ).toEqual([expect.objectContaining({ code: 'integration-uri', problem, deployed: uri })]);
  });

  it('with another method finds no operation', async () => {
    expect(
      await findingsServed(
        'prod',
        withIntegration(route, () => ({ httpMethod: 'GET' })),
      ),
    ).toEqual([
      {
        ...integration,
        ...changedByHand('prod'),
        code: 'integration-method',
        severity: 'error',
        problem: 'it asks with GET',
        synthesized: 'POST',
        deployed: 'GET',
        seen: refused('404 UnknownOperationException'),
        cause: 'SQS reads the action from the form of a POST.',
      },
    ]);
  });

  it('that acts as another role may not send, or cannot act at all', async () => {
    const credentials = 'arn:aws:iam::444455556666:role/prod-payment-events-to-queue';
    expect(
      await findingsServed(
        'prod',
        withIntegration(route, () => ({ credentials })),
      ),
    ).toEqual([
      {
        ...integration,
        ...changedByHand('prod'),
        code: 'integration-credentials',
        severity: 'error',
        problem: 'it acts as another role, that of POST /v1/payments/events',
        synthesized: 'arn:aws:iam::444455556666:role/prod-delivery-results-to-queue',
        deployed: credentials,
        seen:
          `${refused('403 AccessDenied where that role may not send to this queue')}. Where API ` +
          `Gateway cannot assume it, or it does not exist: ${notSent}`,
      },
    ]);
  });

  it('that acts as no role', async () => {
    const answers = withIntegration(route, () => ({ credentials: undefined }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-credentials',
        problem: 'it acts as no role',
        deployed: 'none',
        seen:
          `${notSent}; or the request goes to SQS unsigned, which refuses it with 403 AccessDenied. ` +
          'AWS does not say which',
      }),
    ]);
  });

  it.each([
    [undefined, 'it maps no Content-Type', 'none'],
    ["'application/json'", 'it maps another Content-Type', "'application/json'"],
  ])('with the Content-Type %s is not read by SQS', async (value, problem, deployed) => {
    const requestParameters = {
      ...(value !== undefined && { 'integration.request.header.Content-Type': value }),
    };
    expect(
      await findingsServed(
        'prod',
        withIntegration(route, () => ({ requestParameters })),
      ),
    ).toEqual([
      {
        ...integration,
        ...changedByHand('prod'),
        code: 'integration-content-type',
        severity: 'error',
        problem,
        synthesized: "'application/x-www-form-urlencoded'",
        deployed,
        seen: refused('404 UnknownOperationException'),
        cause: 'Without the content type of a form SQS does not read the body, and finds no Action.',
      },
    ]);
  });

  it.each([
    [
      'integration.request.header.Content-Length',
      'integration.request.header.content-length',
      'error',
      notSent,
    ],
    [
      'integration.request.querystring.Version',
      'integration.request.querystring.Version',
      'warning',
      expect.stringContaining('reads a query string as it reads the form'),
    ],
  ])('that also maps %s', async (name, shown, severity, seen) => {
    const answers = withIntegration(route, ({ requestParameters }) => ({
      requestParameters: { ...requestParameters, [name]: "'1'" },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'integration-parameter',
        severity,
        problem: `it also maps ${shown}`,
        synthesized: 'none',
        deployed: "'1'",
        seen,
      }),
    ]);
  });

  it.each([
    [
      { passthroughBehavior: 'WHEN_NO_MATCH' },
      'integration-passthrough',
      'warning',
      'its passthrough behavior is WHEN_NO_MATCH',
      /where it got HTTP 415 .*a caller can write the whole request by itself.*404 UnknownOperationException/,
    ],
    [
      { passthroughBehavior: 'WHEN_NO_TEMPLATES' },
      'integration-passthrough',
      'warning',
      'its passthrough behavior is WHEN_NO_TEMPLATES',
      /^nothing while there is a mapping template/,
    ],
    [
      { timeoutInMillis: 50 },
      'integration-timeout',
      'warning',
      'it waits for SQS for 50 ms',
      /callers of POST \/v1\/bizppurio\/delivery-results get HTTP 504 .*pipe prod-delivery-results meet it twice/,
    ],
    [
      { contentHandling: 'CONVERT_TO_BINARY' as const },
      'integration-content-handling',
      'error',
      'it converts bodies',
      /pipe prod-delivery-results cannot read them/,
    ],
  ])('with %o', async (change, code, severity, problem, seen) => {
    expect(
      await findingsServed(
        'prod',
        withIntegration(route, () => change),
      ),
    ).toEqual([
      expect.objectContaining({
        ...integration,
        code,
        severity,
        problem,
        seen: expect.stringMatching(seen),
      }),
    ]);
  });
});
