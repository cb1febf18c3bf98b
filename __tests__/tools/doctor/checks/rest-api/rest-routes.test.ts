import type { Deployment, Method, Resource } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { withAnswer } from '../../recorded';
import {
  apiIds,
  changed,
  deploymentIds,
  findingsOf,
  findingsServed,
  fromConsole,
  intact,
  key,
} from './rest-recorded';

const missing = {
  at: 'prod-callback-receiver: aws_api_gateway_method.api_payment_events_route_method',
  subject: 'route POST /v1/payments/events of REST API prod-callback-receiver',
  code: 'route-missing',
  problem: 'it does not exist',
};
const noRoute =
  'callers of POST /v1/payments/events get HTTP 404 {"message":"No such route",…}, and nothing is ' +
  'queued: API Gateway knows no such path and method, which it calls "Missing Authentication Token"';

const withResources = (change: (resources: readonly Resource[]) => readonly Resource[]) =>
  changed<readonly Resource[]>('prod', '/resources', change);

const withoutPayments = withResources((all) => all.filter(({ path }) => path !== '/payments/events'));

const withGet = (method: Method) =>
  withResources((all) =>
    all.map((resource) =>
      resource.path === '/payments'
        ? { ...resource, resourceMethods: { GET: { httpMethod: 'GET', ...method } } }
        : resource,
    ),
  );

type Summary = NonNullable<Deployment['apiSummary']>;

/** Another summary of the deployment that was made in the console. */
const withSummary = (answers: typeof intact.prod, change: (summary: Summary) => Summary | undefined) =>
  withAnswer<Deployment>(fromConsole('prod', answers), key('prod', '/deployments/dep3'), (deployment) => ({
    ...deployment,
    apiSummary: change(deployment.apiSummary ?? {}),
  }));

const withoutPaymentsServed = ({ '/payments/events': _gone, ...rest }: Summary) => rest;

const codesOf = async (answers: typeof intact.prod) =>
  (await findingsOf('prod', answers)).map(({ code, severity }) => `${severity} ${code}`);

describe('a route that is not there', () => {
  it('is one finding, and its parts are none', async () => {
    expect(await findingsOf('prod', withSummary(withoutPayments, withoutPaymentsServed))).toEqual([
      expect.objectContaining({ ...missing, severity: 'error', seen: noRoute }),
      expect.objectContaining({ code: 'stage-deployment' }),
    ]);
  });

  it('is a warning while the deployment that is served has it', async () => {
    expect(await findingsOf('prod', withoutPayments)).toEqual([
      expect.objectContaining({
        ...missing,
        severity: 'warning',
        seen:
          'nothing yet: the deployment that the stage v1 serves is not so. From the next deployment ' +
          `on: ${noRoute}`,
      }),
    ]);
  });

  it('is an error where nothing tells what the deployment has', async () => {
    expect(await codesOf(withSummary(withoutPayments, () => undefined))).toEqual([
      'error route-missing',
      'error stage-deployment',
    ]);
  });

  it('is a warning where the deployment says only that it is of what was synthesized', async () => {
    const answers = withAnswer<Deployment>(
      withoutPayments,
      key('prod', `/deployments/${deploymentIds.prod}`),
      ({ apiSummary: _none, ...deployment }) => deployment,
    );
    expect(await codesOf(answers)).toEqual(['warning route-missing']);
  });

  it('has a path without its method too', async () => {
    const answers = withResources((all) =>
      all.map((resource) =>
        resource.path === '/payments/events' ? { ...resource, resourceMethods: {} } : resource,
      ),
    );
    expect(await codesOf(answers)).toEqual(['warning route-missing']);
  });
});

describe('a route that was not synthesized', () => {
  it('is an open door', async () => {
    const answers = withGet({
      authorizationType: 'NONE',
      methodIntegration: {
        type: 'AWS',
        uri: 'arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/other',
      },
    });
    const served = withSummary(answers, (summary) => ({ ...summary, '/payments': { GET: {} } }));
    expect(await findingsOf('prod', served)).toEqual([
      {
        at: 'prod-callback-receiver: aws_api_gateway_rest_api.api',
        subject: 'route GET /v1/payments of REST API prod-callback-receiver',
        code: 'route-extra',
        severity: 'warning',
        problem: 'it was not synthesized: a door that nobody has reviewed',
        synthesized: 'none',
        deployed:
          'authorization NONE, integration AWS arn:aws:apigateway:ap-northeast-2:sqs:path/444455556666/other',
        seen:
          'nothing, until someone calls it: whoever the resource policy lets in reaches what stands ' +
          "behind it, past the other routes' checks",
        cause:
          'It was added in the console or by another tool; Terraform does not look at what it has ' +
          'not made itself.',
        fix: expect.stringMatching(
          new RegExp(
            `^aws apigateway delete-method --rest-api-id ${apiIds.prod} --resource-id \\w+ --http-method GET --region ap-northeast-2, then deploy`,
          ),
        ),
      },
      expect.objectContaining({ code: 'stage-deployment' }),
    ]);
  });

  it('is none yet while it is not deployed', async () => {
    expect(await findingsServed('prod', withGet({}))).toEqual([
      expect.objectContaining({
        code: 'route-extra',
        deployed: 'authorization NONE, no integration',
        seen: expect.stringMatching(/^nothing yet: /),
      }),
    ]);
  });
});

describe('a deployment with other routes than the API', () => {
  it('is told with what callers get', async () => {
    const answers = withSummary(intact.prod, (summary) => ({
      ...withoutPaymentsServed(summary),
      '/carrier/inbound-sms': { POST: { authorizationType: 'AWS_IAM', apiKeyRequired: false } },
      '/old': { GET: { authorizationType: 'NONE' } },
    }));
    const [finding, ...others] = await findingsOf('prod', answers);
    expect(others).toEqual([]);
    expect(finding?.code).toBe('stage-deployment');
    expect(finding?.seen).toMatch(
      /It lacks routes: callers of POST \/v1\/payments\/events get HTTP 404 \{"message":"No such route",…\}, and nothing is queued\. It asks callers of POST \/v1\/carrier\/inbound-sms for another authorization or API key\. It also has GET \/v1\/old$/,
    );
  });

  it('asks for an API key where the API does not', async () => {
    const answers = withSummary(intact.prod, (summary) => ({
      ...summary,
      '/payments/events': { POST: { authorizationType: 'NONE', apiKeyRequired: true } },
    }));
    const [finding] = await findingsOf('prod', answers);
    expect(finding?.seen).toMatch(
      /settings show\. It asks callers of POST \/v1\/payments\/events for another authorization or API key$/,
    );
  });

  it('says nothing of routes where AWS does not say which it has', async () => {
    const [finding] = await findingsOf(
      'prod',
      withSummary(intact.prod, () => undefined),
    );
    expect(finding?.code).toBe('stage-deployment');
    expect(finding?.seen).toMatch(/settings show$/);
  });
});
