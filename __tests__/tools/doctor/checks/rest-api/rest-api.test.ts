import type { Method, RestApi, Stage } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { MissingPermission } from '../../../../../tools/doctor/aws/answer-of';
import { restApi } from '../../../../../tools/doctor/checks/rest-api/rest-api';
import type { Plan } from '../../../../../tools/plan/plan';
import { recorded, withAnswer } from '../../recorded';
import {
  apiIds,
  changed,
  changedByHand,
  changedIn,
  covers,
  environments,
  examined,
  findingsOf,
  findingsServed,
  intact,
  key,
  methodKey,
  planOf,
  restKey,
  withApi,
  withGatewayResponse,
  withMethod,
} from './rest-recorded';

const api = {
  at: 'dev-callback-receiver: aws_api_gateway_rest_api.api',
  subject: 'REST API dev-callback-receiver',
};

describe('a REST API as it was synthesized', () => {
  it.each(environments)('is no finding in %s', async (name) => {
    expect(await examined(name, intact[name])).toEqual({ resources: name === 'dev' ? 22 : 36, findings: [] });
  });

  it.each([
    [
      'of a method, with AWS’s defaults left out',
      withMethod('/payments/events', ({ methodIntegration, ...method }) => ({
        ...method,
        apiKeyRequired: undefined,
        requestParameters: {
          'method.request.header.x-signature': true,
          'method.request.header.content-type': true,
          'method.request.header.x-unused': false,
        },
        methodIntegration: {
          ...methodIntegration,
          timeoutInMillis: undefined,
          requestParameters: {
            'integration.request.header.content-type': "'application/x-www-form-urlencoded'",
          },
        },
      })),
    ],
    [
      'of selection patterns that match the same',
      withMethod('/payments/events', ({ methodIntegration }) => ({
        methodIntegration: {
          ...methodIntegration,
          integrationResponses: {
            '200': { ...methodIntegration?.integrationResponses?.['200'], selectionPattern: '2[0-9][0-9]' },
            '502': { ...methodIntegration?.integrationResponses?.['502'], selectionPattern: '' },
          },
        },
      })),
    ],
    [
      'of a model',
      changedIn<{ schema: string; name: string }>(
        'prod',
        '/models',
        ({ name }) => name === 'PaymentEvents',
        ({ schema }) => {
          const { required, ...rest } = JSON.parse(schema);
          return {
            schema: JSON.stringify(
              { description: 'a payment', ...rest, required: required.reverse() },
              null,
              2,
            ),
          };
        },
      ),
    ],
    [
      'of a stage',
      changed<readonly Stage[]>('prod', '/stages', ([stage]) => [
        {
          ...stage,
          accessLogSettings: {
            destinationArn: `${stage?.accessLogSettings?.destinationArn}:*`,
            format: JSON.stringify(JSON.parse(stage?.accessLogSettings?.format ?? ''), null, 1),
          },
        },
      ]),
    ],
    [
      'of a policy, which need not be escaped',
      changed<RestApi>('prod', '', (one) => ({ ...one, policy: JSON.parse(`"${one.policy}"`) })),
    ],
    ['of a gateway response', withGatewayResponse('THROTTLED', { responseParameters: undefined })],
  ])('may come back in another form: %s', async (_what, answers) => {
    expect(await findingsServed('prod', answers)).toEqual([]);
  });

  it('is of no concern to a stack without one', async () => {
    const plan = planOf('dev', 'subscriber-pipe');
    expect(restApi.permissions(plan)).toEqual([]);
    expect(await examined('dev', new Map(), plan)).toEqual({ resources: 0, findings: [] });
  });

  it.each(environments)('asks in %s for nothing but what is declared, and for all of it', (name) => {
    const declared = restApi.permissions(planOf(name)).map(({ action, resource }) => `${action} ${resource}`);
    const asked = [...intact[name].keys()];
    expect(asked.filter((one) => !declared.some((permission) => covers(permission, one)))).toEqual([]);
    expect(declared.filter((permission) => !asked.some((one) => covers(permission, one)))).toEqual([]);
    expect(declared).toContain(
      'apigateway:GET arn:aws:apigateway:ap-northeast-2::/restapis/*/resources/*/methods/POST',
    );
  });

  it('ends with the permission that is missing', async () => {
    const refused = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const answers = new Map([...intact.dev, [key('dev', '/models'), refused]]);
    await expect(findingsOf('dev', answers)).rejects.toThrow(MissingPermission);
  });
});

describe('an API that is not there', () => {
  const missing = {
    ...api,
    code: 'api-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen:
      'callers of POST /v1/bizppurio/delivery-results reach nothing: the address that they know names ' +
      'no API, its host is not found or answers HTTP 403 {"message":"Forbidden"}',
    cause:
      'The stack was never deployed, or someone has deleted the API; one made again has another address.',
    fix: 'npx cdktf deploy dev-callback-receiver, and give callers the new address',
  };
  const others = withAnswer<readonly RestApi[]>(intact.dev, restKey(''), (apis) =>
    apis.filter(({ id }) => id !== apiIds.dev),
  );
  const onlyApis = new Map([...others].filter(([asked]) => asked === restKey('')));

  it('is one finding, and nothing below it is asked for', async () => {
    const plan: Plan = { ...planOf('dev'), known: new Map() };
    expect((await examined('dev', onlyApis, plan)).findings).toEqual([missing]);
  });

  it('is found too when it goes while the doctor looks', async () => {
    expect(await findingsOf('dev', onlyApis)).toEqual([missing]);
    expect(
      await findingsOf(
        'dev',
        withAnswer(intact.dev, key('dev', ''), () => null),
      ),
    ).toEqual([missing]);
  });
});

describe('an API as a whole', () => {
  it('whose name another one bears is told apart by its id', async () => {
    const answers = withAnswer<readonly RestApi[]>(intact.dev, restKey(''), (apis) =>
      apis.map((one) => ({ ...one, name: 'dev-callback-receiver' })),
    );
    expect(await findingsOf('dev', answers)).toEqual([
      {
        ...api,
        code: 'api-duplicate',
        severity: 'warning',
        problem: `2 APIs bear its name; ${apiIds.dev} is compared here`,
        deployed: `${apiIds.dev}, made 2026-11-21T12:21:50.000Z\nzz1another, made 2026-11-20T09:00:00.000Z`,
        seen: expect.stringContaining(
          'callers of POST /v1/bizppurio/delivery-results may still use the address of another one, ' +
            'https://zz1another.execute-api.ap-northeast-2.amazonaws.com',
        ),
        cause: 'A deploy that had lost its state has made another; API Gateway does not mind equal names.',
        fix:
          'once nobody calls them any more:\naws apigateway delete-rest-api --rest-api-id zz1another ' +
          '--region ap-northeast-2',
      },
    ]);
  });

  it('whose own address is switched off refuses every caller, deployed or not', async () => {
    expect(await findingsOf('dev', withApi('dev', { disableExecuteApiEndpoint: true }))).toEqual([
      {
        ...api,
        ...changedByHand('dev'),
        code: 'api-endpoint',
        severity: 'error',
        problem: 'its own address is switched off',
        synthesized: 'execute-api endpoint on',
        deployed: 'execute-api endpoint off',
        seen:
          'callers of POST /v1/bizppurio/delivery-results get HTTP 403 {"message":"Forbidden"}, from ' +
          'the next change of any stage on at the latest',
      },
    ]);
  });

  it.each([
    [
      { endpointConfiguration: { types: ['PRIVATE' as const] } },
      'api-endpoint-type',
      'error',
      'its endpoint type is PRIVATE',
      'callers of POST /v1/bizppurio/delivery-results cannot reach it any more: a private API is ' +
        'called through a VPC endpoint only',
    ],
    [
      { endpointConfiguration: { types: ['EDGE' as const] } },
      'api-endpoint-type',
      'warning',
      'its endpoint type is EDGE',
      'nothing as long as callers get there; the way that requests take is another one',
    ],
    [
      { endpointConfiguration: { types: ['REGIONAL' as const], ipAddressType: 'dualstack' as const } },
      'api-ip-address-type',
      'error',
      'it is called over IPv4 and IPv6',
      'callers of POST /v1/bizppurio/delivery-results that have IPv6 prefer it, come from addresses ' +
        'that no allow-list names, and get HTTP 403 {"message":"This address may not call this API",…}',
    ],
    [
      { binaryMediaTypes: ['*/*'] },
      'api-binary-media-types',
      'error',
      'it takes other content types for binary',
      expect.stringMatching(
        /404 UnknownOperationException.*callers of POST \/v1\/bizppurio\/delivery-results/,
      ),
    ],
    [
      { minimumCompressionSize: 0 },
      'api-compression',
      'warning',
      'it compresses answers otherwise',
      'callers that ask for compressed answers get them',
    ],
  ])('with %o', async (change, code, severity, problem, seen) => {
    expect(await findingsServed('dev', withApi('dev', change))).toEqual([
      expect.objectContaining({ ...api, code, severity, problem, seen }),
    ]);
  });
  it('that IPv6 does not reach any more shuts out who the allow-list knows so', async () => {
    const endpointConfiguration = { types: ['REGIONAL' as const], ipAddressType: 'ipv4' as const };
    expect(await findingsOf('prod', withApi('prod', { endpointConfiguration }))).toEqual([
      expect.objectContaining({
        code: 'api-ip-address-type',
        severity: 'error',
        problem: 'it is called over IPv4 alone',
        synthesized: 'dualstack',
        seen: expect.stringContaining('that the allow-list knows by IPv6 addresses cannot connect'),
      }),
    ]);
  });
});

it('has a defect that no deployment has yet as a warning: callers notice it from the next one on', async () => {
  const answers = withMethod('/payments/events', () => ({ apiKeyRequired: true }));
  expect(await findingsOf('prod', answers)).toEqual([
    expect.objectContaining({
      code: 'method-api-key',
      severity: 'warning',
      seen:
        'nothing yet: the deployment that the stage v1 serves is not so. From the next deployment on: ' +
        'callers of POST /v1/payments/events get HTTP 403 {"message":"Forbidden",…}, and nothing is ' +
        'queued',
    }),
  ]);
});

it('asks for each route of its own', () => {
  const method = intact.prod.get(key('prod', methodKey('/carrier/inbound-sms'))) as Method;
  expect(Object.keys(method.methodIntegration?.requestTemplates ?? {})).toHaveLength(3);
});

it('has recordings that hold no secret', () => {
  for (const name of environments) {
    expect(JSON.stringify([...recorded(`rest-api-${name}`)])).not.toMatch(/secret|password|metadata/i);
  }
});
