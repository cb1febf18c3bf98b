import type { RequestValidator } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { changed, changedByHand, changedIn, findingsServed, withMethod } from './rest-recorded';

const route = '/payments/events';
const method = {
  at: 'prod-callback-receiver: aws_api_gateway_method.api_payment_events_route_method',
  subject: 'route POST /v1/payments/events of REST API prod-callback-receiver',
};
const callers = 'callers of POST /v1/payments/events';

describe('a method', () => {
  it.each([
    ['AWS_IAM', 'HTTP 404 {"message":"No such route",…}'],
    ['CUSTOM', 'HTTP 401 {"message":"Unauthorized",…}'],
  ])('with the authorization %s refuses who does not sign in', async (authorizationType, answer) => {
    expect(
      await findingsServed(
        'prod',
        withMethod(route, () => ({ authorizationType })),
      ),
    ).toEqual([
      {
        ...method,
        ...changedByHand('prod'),
        code: 'method-authorization',
        severity: 'error',
        problem: `its authorization is ${authorizationType}`,
        synthesized: 'NONE',
        deployed: authorizationType,
        seen: `${callers}, who do not sign in, get ${answer}, and nothing is queued`,
      },
    ]);
  });

  it('that asks for an API key refuses who has none', async () => {
    expect(
      await findingsServed(
        'prod',
        withMethod(route, () => ({ apiKeyRequired: true })),
      ),
    ).toEqual([
      expect.objectContaining({
        ...method,
        code: 'method-api-key',
        severity: 'error',
        problem: 'it asks for an API key',
        seen: `${callers} get HTTP 403 {"message":"Forbidden",…}, and nothing is queued`,
      }),
    ]);
  });

  it('without its request validator lets everything through to the queue', async () => {
    const answers = withMethod(route, () => ({ requestValidatorId: undefined }));
    expect(await findingsServed('prod', answers)).toEqual([
      {
        ...method,
        ...changedByHand('prod'),
        code: 'method-validator',
        severity: 'warning',
        problem: 'it has no request validator',
        synthesized: 'body-and-parameters: body checked, parameters checked',
        deployed: 'none: body unchecked, parameters unchecked',
        seen: expect.stringMatching(
          /^bodies of callers of POST \/v1\/payments\/events that break the model are queued, and pipe prod-payment-events-archive meet them.*MissingParameter.*; requests without a required header pass/,
        ),
      },
    ]);
  });

  it('with another validator that checks the same is none', async () => {
    const validator = {
      id: 'other',
      name: 'other',
      validateRequestBody: true,
      validateRequestParameters: true,
    };
    const answers = changed<readonly RequestValidator[]>(
      'prod',
      '/requestvalidators',
      (all) => [...all, validator],
      withMethod(route, () => ({ requestValidatorId: 'other' })),
    );
    expect(await findingsServed('prod', answers)).toEqual([]);
  });

  it('with another validator that checks less is told with its name', async () => {
    const validator = {
      id: 'other',
      name: 'body',
      validateRequestBody: true,
      validateRequestParameters: false,
    };
    const answers = changed<readonly RequestValidator[]>(
      'prod',
      '/requestvalidators',
      (all) => [...all, validator],
      withMethod(route, () => ({ requestValidatorId: 'other' })),
    );
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'method-validator',
        problem: 'its request validator is body',
        deployed: 'body: body checked, parameters unchecked',
        seen:
          'requests without a required header pass: its message attribute is empty, which SQS refuses ' +
          'with 400 InvalidParameterValue',
      }),
    ]);
  });

  it('whose validator checks otherwise is told once, with all routes', async () => {
    const answers = changedIn<RequestValidator>(
      'prod',
      '/requestvalidators',
      () => true,
      () => ({ validateRequestBody: false }),
    );
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        at: 'prod-callback-receiver: aws_api_gateway_request_validator.api_validator',
        subject: 'request validator body-and-parameters of REST API prod-callback-receiver',
        code: 'request-validator',
        severity: 'warning',
        problem: 'it checks otherwise',
        synthesized: 'body checked, parameters checked',
        deployed: 'body unchecked, parameters checked',
        seen: expect.stringContaining(
          'bodies of callers of POST /v1/bizppurio/delivery-results, POST /v1/payments/events and ' +
            'POST /v1/carrier/inbound-sms that break the model are queued',
        ),
      }),
    ]);
  });

  it('that requires a header more refuses requests without it', async () => {
    const answers = withMethod('/carrier/inbound-sms', ({ requestParameters }) => ({
      requestParameters: { ...requestParameters, 'method.request.header.X-Carrier-Id': true },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        code: 'method-required-parameter',
        severity: 'error',
        problem: 'it also requires header x-carrier-id',
        synthesized: 'requires header content-type',
        deployed: 'requires header content-type, header x-carrier-id',
        seen:
          'callers of POST /v1/carrier/inbound-sms that do not send it get HTTP 400 ' +
          '{"message":"Missing required request parameters",…}, and nothing is queued',
      }),
    ]);
  });

  it('that does not require a header sends an empty attribute', async () => {
    const answers = withMethod(route, () => ({
      requestParameters: { 'method.request.header.Content-Type': true },
    }));
    expect(await findingsServed('prod', answers)).toEqual([
      expect.objectContaining({
        ...method,
        code: 'method-optional-parameter',
        severity: 'warning',
        problem: 'it does not require header x-signature',
        seen: expect.stringContaining('SQS answers 400 InvalidParameterValue'),
      }),
    ]);
  });

  it.each([
    [
      {},
      'warning',
      'no model checks its application/json bodies',
      'no model',
      'bodies of callers of POST /v1/payments/events that PaymentEvents would refuse are queued, and ' +
        'pipe prod-payment-events-archive meet them',
    ],
    [
      { 'application/json': 'InboundSms' },
      'error',
      'InboundSms checks its application/json bodies',
      'InboundSms',
      'callers of POST /v1/payments/events whose bodies are good for PaymentEvents and not for ' +
        'InboundSms get HTTP 400 {"message":"Invalid request body",…}, and nothing is queued',
    ],
  ] as const)('with the models %o', async (requestModels, severity, problem, there, seen) => {
    expect(
      await findingsServed(
        'prod',
        withMethod(route, () => ({ requestModels })),
      ),
    ).toEqual([
      expect.objectContaining({
        ...method,
        code: 'method-model',
        severity,
        problem,
        synthesized: 'application/json: PaymentEvents',
        deployed: `application/json: ${there}`,
        seen,
      }),
    ]);
  });

  it('with a model for a content type more', async () => {
    const withModel = (name: string) =>
      withMethod('/carrier/inbound-sms', ({ requestModels }) => ({
        requestModels: { ...requestModels, 'text/plain': name },
      }));
    expect(await findingsServed('prod', withModel('Empty'))).toEqual([]);
    expect(await findingsServed('prod', withModel('Error'))).toEqual([
      expect.objectContaining({
        code: 'method-model',
        severity: 'error',
        problem: 'Error checks its text/plain bodies',
        synthesized: 'text/plain: no model',
      }),
    ]);
  });
});
