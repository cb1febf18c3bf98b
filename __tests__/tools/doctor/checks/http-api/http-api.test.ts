import { Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import type { HttpCallbackReceiverSettings } from '../../../../../environments/environment';
import { HttpCallbackReceiverStack } from '../../../../../stacks/http-callback-receiver';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { httpApi } from '../../../../../tools/doctor/checks/http-api/http-api';
import { type Configuration, readPlan } from '../../../../../tools/plan/plan';
import { exampleEnvironment } from '../../../../stacks/example-environment';
import { answering, withAnswer } from '../../recorded';

const settings: HttpCallbackReceiverSettings = {
  cors: { allowOrigins: ['https://shop.example.com'] },
  callbacks: [
    {
      name: 'orders',
      path: '/orders',
      jwt: { issuer: 'https://login.example.com', audience: ['gateway'], scopes: ['orders:write'] },
      queue: { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } },
    },
  ],
};
const stackId = 'test-http-callback-receiver';
const configuration = JSON.parse(
  Testing.synth(new HttpCallbackReceiverStack(Testing.app(), exampleEnvironment, settings)),
) as Configuration;
const plan = readPlan(stackId, configuration, new Map([['aws_apigatewayv2_api.api.id', 'abc123']]));

const key = (path: string) => `apigateway:GET arn:aws:apigateway:ap-northeast-2::/apis${path}`;

const attribute = (name: string) => ({ DataType: 'String', StringValue: `\${context.${name}}` });

/** In the form in which API Gateway answers. */
const intact: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  [
    key(''),
    [
      {
        ApiId: 'abc123',
        Name: stackId,
        ProtocolType: 'HTTP',
        CorsConfiguration: {
          AllowOrigins: ['https://shop.example.com'],
          AllowMethods: ['POST'],
          AllowHeaders: ['content-type', 'authorization'],
          MaxAge: 300,
        },
      },
    ],
  ],
  [
    key('/abc123/routes'),
    [
      {
        RouteKey: 'POST /orders',
        AuthorizationType: 'JWT',
        AuthorizerId: 'a1',
        AuthorizationScopes: ['orders:write'],
        Target: 'integrations/i1',
      },
    ],
  ],
  [
    key('/abc123/integrations'),
    [
      {
        IntegrationId: 'i1',
        IntegrationSubtype: 'SQS-SendMessage',
        PayloadFormatVersion: '1.0',
        CredentialsArn: 'arn:aws:iam::111122223333:role/test-orders-to-queue',
        RequestParameters: {
          QueueUrl: 'https://sqs.ap-northeast-2.amazonaws.com/111122223333/test-orders.fifo',
          MessageBody: '$request.body',
          MessageAttributes: JSON.stringify({
            receivedAt: { ...attribute('requestTimeEpoch'), DataType: 'Number' },
            requestId: attribute('requestId'),
            sourceIp: attribute('identity.sourceIp'),
          }),
          MessageGroupId: 'all',
          MessageDeduplicationId: '$context.requestId',
        },
      },
    ],
  ],
  [
    key('/abc123/authorizers'),
    [
      {
        AuthorizerId: 'a1',
        JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['gateway'] },
      },
    ],
  ],
  [
    key('/abc123/stages/v1'),
    {
      StageName: 'v1',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
    },
  ],
]);

const examined = (answers: ReadonlyMap<string, unknown>) =>
  httpApi.examine({ plan, affected: affectedBy([plan]), aws: answering(answers) });

/** The answers with the first of a list changed. */
const changed = (path: string, change: object) =>
  withAnswer<readonly object[]>(intact, key(path), ([first, ...others]) => [
    { ...first, ...change },
    ...others,
  ]);

describe('an HTTP API', () => {
  it('as it was synthesized is no finding', async () => {
    expect(await examined(intact)).toEqual({ resources: 5, findings: [] });
  });

  it('is read with what the doctor asks permission for', () => {
    const asked = [...intact.keys()].map((one) => one.replace('/abc123/', '/*/')).sort();
    expect(
      httpApi
        .permissions(plan)
        .map(({ action, resource }) => `${action} ${resource}`)
        .sort(),
    ).toEqual(asked);
  });

  it.each<[string, ReadonlyMap<string, unknown>, object]>([
    [
      'is gone',
      withAnswer(intact, key(''), () => []),
      {
        code: 'api-missing',
        severity: 'error',
        fix: expect.stringMatching(/, and give callers the new address$/),
      },
    ],
    ['has lost its address', changed('', { DisableExecuteApiEndpoint: true }), { code: 'api-endpoint' }],
    [
      'tells browsers nothing',
      changed('', { CorsConfiguration: undefined }),
      { code: 'api-cors', severity: 'error' },
    ],
    ['has lost a route', withAnswer(intact, key('/abc123/routes'), () => []), { code: 'route-missing' }],
    [
      'lets everyone in',
      changed('/abc123/routes', { AuthorizationType: 'NONE' }),
      {
        code: 'route-authorization',
        severity: 'error',
        synthesized: 'JWT of https://login.example.com for gateway, scopes orders:write',
        deployed: 'NONE',
        seen: 'whoever knows the address may put messages on the queue',
      },
    ],
    [
      'takes tokens for another audience',
      changed('/abc123/authorizers', {
        JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['other'] },
      }),
      {
        code: 'route-authorization',
        deployed: 'JWT of https://login.example.com for other, scopes orders:write',
      },
    ],
    [
      'asks for no scope',
      changed('/abc123/routes', { AuthorizationScopes: undefined }),
      { code: 'route-authorization' },
    ],
    [
      'calls SQS as another role',
      changed('/abc123/integrations', { CredentialsArn: 'arn:aws:iam::111122223333:role/other' }),
      { code: 'integration-parameters', problem: 'its integration has another role' },
    ],
    [
      'sends another body to another queue',
      changed('/abc123/integrations', {
        RequestParameters: {
          ...(intact.get(key('/abc123/integrations')) as { RequestParameters: object }[])[0]
            ?.RequestParameters,
          MessageBody: '$request.body.text',
        },
      }),
      {
        problem: 'its integration has another MessageBody',
        synthesized: '$request.body',
        deployed: '$request.body.text',
      },
    ],
    [
      'does not serve what is applied',
      withAnswer<object>(intact, key('/abc123/stages/v1'), (stage) => ({ ...stage, AutoDeploy: false })),
      { code: 'stage-auto-deploy' },
    ],
    [
      'is throttled otherwise',
      withAnswer<object>(intact, key('/abc123/stages/v1'), (stage) => ({
        ...stage,
        DefaultRouteSettings: { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 200 },
      })),
      { code: 'stage-throttling', deployed: '1 a second, bursts of 200' },
    ],
    ['has no stage', withAnswer(intact, key('/abc123/stages/v1'), () => null), { code: 'stage-missing' }],
  ])('%s: one finding', async (_what, answers, finding) => {
    const { findings } = await examined(answers);
    expect(findings).toEqual([expect.objectContaining(finding)]);
  });

  it('has a route that nobody synthesized', async () => {
    const more = withAnswer<object[]>(intact, key('/abc123/routes'), (routes) => [
      ...routes,
      { RouteKey: 'GET /debug', AuthorizationType: 'NONE' },
    ]);
    expect((await examined(more)).findings).toMatchObject([{ code: 'route-extra', severity: 'warning' }]);
  });
});

it('its callbacks are who notices what is wrong with a queue or a role', () => {
  expect(affectedBy([plan]).at('arn:aws:sqs:ap-northeast-2:111122223333:test-orders.fifo')).toEqual([
    {
      kind: 'http-callback',
      name: 'POST /v1/orders',
      roleArn: 'arn:aws:iam::111122223333:role/test-orders-to-queue',
      queueArn: 'arn:aws:sqs:ap-northeast-2:111122223333:test-orders.fifo',
    },
  ]);
});
