import type { Api } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { MissingPermission } from '../../../../../tools/doctor/aws/answer-of';
import { webSocketApi } from '../../../../../tools/doctor/checks/web-socket-api/web-socket-api';
import type { Plan } from '../../../../../tools/plan/plan';
import { recorded, withAnswer } from '../../recorded';
import { changed, changedIn, findingsOf, findingsServed, intact, key } from './web-socket-recorded';
import {
  apiIds,
  apiKey,
  changedByHand,
  covers,
  environments,
  examined,
  planOf,
  withResource,
} from './web-socket-subjects';

const api = {
  at: 'dev-websocket-reply: aws_apigatewayv2_api.api',
  subject: 'WebSocket API dev-websocket-reply',
};

describe('a WebSocket API as it was synthesized', () => {
  it.each(environments)('is no finding in %s', async (name) => {
    const plan = planOf(name, 'websocket-reply');
    expect(await examined(webSocketApi, name, plan, intact[name])).toEqual({
      resources: name === 'dev' ? 7 : 11,
      findings: [],
    });
  });

  it('may come back in another form', async () => {
    const answers = [
      changedIn<{ RouteKey: string }>(
        'prod',
        '/routes',
        ({ RouteKey }) => RouteKey === '$default',
        () => ({
          AuthorizationType: undefined,
          ApiKeyRequired: undefined,
          RouteResponseSelectionExpression: '',
        }),
      ),
      changedIn<{ IntegrationType: string; RequestParameters?: object }>(
        'prod',
        '/integrations',
        () => true,
        ({ IntegrationType }) =>
          IntegrationType === 'MOCK'
            ? { IntegrationMethod: 'POST', RequestTemplates: { '200': '{ "statusCode": 200 }\n' } }
            : {
                RequestParameters: {
                  'integration.request.header.content-type': "'application/x-www-form-urlencoded'",
                },
              },
      ),
      changedIn<{ Schema: string }>(
        'prod',
        '/models',
        () => true,
        ({ Schema }) => ({
          Schema: JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(Schema)).reverse()), null, 2),
        }),
      ),
      changed<{ AccessLogSettings: { DestinationArn: string; Format: string } }>(
        'prod',
        '/stages/v1',
        (stage) => ({
          ...stage,
          AutoDeploy: false,
          AccessLogSettings: {
            DestinationArn: `${stage.AccessLogSettings.DestinationArn}:*`,
            Format: JSON.stringify(JSON.parse(stage.AccessLogSettings.Format), null, 1),
          },
        }),
      ),
    ];
    for (const given of answers) expect(await findingsServed('prod', given)).toEqual([]);
  });

  it('is of no concern to a stack without one', async () => {
    const plan = planOf('dev', 'subscriber-pipe');
    expect(webSocketApi.permissions(plan)).toEqual([]);
    expect(await examined(webSocketApi, 'dev', plan, new Map())).toEqual({ resources: 0, findings: [] });
  });

  it.each(environments)('asks in %s for nothing but what is declared, and for all of it', (name) => {
    const declared = webSocketApi
      .permissions(planOf(name, 'websocket-reply'))
      .map(({ action, resource }) => `${action} ${resource}`);
    const asked = [...intact[name].keys()];
    expect(asked.filter((one) => !declared.some((permission) => covers(permission, one)))).toEqual([]);
    expect(declared.filter((permission) => !asked.some((one) => covers(permission, one)))).toEqual([]);
    expect(declared).toContain(
      'apigateway:GET arn:aws:apigateway:ap-northeast-2::/apis/*/integrations/*/integrationresponses',
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
    seen: 'clients of WebSocket API dev-websocket-reply cannot connect: the address they know names nothing, its host is not found or answers HTTP 403',
    cause:
      'The stack was never deployed, or someone has deleted the API; one made again has another address.',
    fix: 'npx cdktf deploy dev-websocket-reply, and give clients the new address',
  };

  it('is one finding, and nothing below it is asked for', async () => {
    const others = withAnswer<readonly Api[]>(intact.dev, apiKey(''), (apis) =>
      apis.filter(({ ApiId }) => ApiId !== apiIds.dev),
    );
    const plan: Plan = { ...planOf('dev', 'websocket-reply'), known: new Map() };
    const onlyApis = new Map([...others].filter(([asked]) => asked === apiKey('')));
    expect((await examined(webSocketApi, 'dev', plan, onlyApis)).findings).toEqual([missing]);
  });

  it('is found too when it goes while the doctor looks', async () => {
    const onlyApis = new Map([[apiKey(''), []]]);
    const plan = planOf('dev', 'websocket-reply');
    expect((await examined(webSocketApi, 'dev', plan, onlyApis)).findings).toEqual([missing]);
  });
});

describe('an API as a whole', () => {
  it('whose name another one bears is told apart by its id', async () => {
    const answers = withAnswer<readonly Api[]>(intact.dev, apiKey(''), (apis) =>
      apis.map((one) => (one.ApiId === apiIds.dev ? one : { ...one, Name: 'dev-websocket-reply' })),
    );
    expect(await findingsOf('dev', answers)).toEqual([
      {
        ...api,
        code: 'api-duplicate',
        severity: 'warning',
        problem: `2 APIs bear its name; it is the newest, ${apiIds.dev}, that is compared here`,
        deployed: `${apiIds.dev}, made 2026-11-21T12:47:28.000Z\nzz1another, made 2026-11-20T09:00:00.000Z`,
        seen: 'nothing, or silence: clients of WebSocket API dev-websocket-reply that still know the address of an older one get no replies from function dev-websocket-reply, which answers on the connections of one API only',
        cause: 'A deploy that had lost its state has made another; API Gateway does not mind equal names.',
        fix: 'aws apigatewayv2 delete-api --api-id zz1another --region ap-northeast-2',
      },
    ]);
  });

  it('whose address is switched off lets nobody connect', async () => {
    const answers = withAnswer<readonly Api[]>(intact.dev, apiKey(''), (apis) =>
      apis.map((one) => ({ ...one, DisableExecuteApiEndpoint: true })),
    );
    expect(await findingsOf('dev', answers)).toEqual([
      {
        ...api,
        ...changedByHand('dev-websocket-reply'),
        code: 'api-endpoint-disabled',
        severity: 'error',
        problem: 'its own address is switched off',
        synthesized: 'execute-api endpoint on',
        deployed: 'execute-api endpoint off',
        seen: 'clients of WebSocket API dev-websocket-reply cannot connect: the handshake is refused with an HTTP error, 403 or 404; what function dev-websocket-reply answers may not reach them either',
      },
    ]);
  });

  it('whose address should be out of service is a way around its domain', async () => {
    const plan = withResource(planOf('dev', 'websocket-reply'), 'aws_apigatewayv2_api', 'api', {
      disable_execute_api_endpoint: true,
    });
    const { findings } = await examined(webSocketApi, 'dev', plan, intact.dev);
    expect(findings).toEqual([
      {
        ...api,
        ...changedByHand('dev-websocket-reply'),
        code: 'api-endpoint',
        severity: 'warning',
        problem: 'its own address is on',
        synthesized: 'execute-api endpoint off',
        deployed: 'execute-api endpoint on',
        seen: 'nothing: clients can connect without its custom domain',
      },
    ]);
  });

  it('that selects routes by another expression is a warning where one route takes all', async () => {
    const answers = withAnswer<readonly Api[]>(intact.dev, apiKey(''), (apis) =>
      apis.map((one) => ({ ...one, RouteSelectionExpression: '$request.body.type' })),
    );
    expect(await findingsOf('dev', answers)).toEqual([
      {
        ...api,
        ...changedByHand('dev-websocket-reply'),
        code: 'api-route-selection',
        severity: 'warning',
        problem: 'it selects routes by another expression',
        synthesized: '$request.body.action',
        deployed: '$request.body.type',
        seen: 'messages for which no route is selected go to $default; where that is the only one, nothing changes',
      },
    ]);
  });
});

it('an API with routes of its own that selects them otherwise sends messages astray', async () => {
  const plan = withResource(planOf('dev', 'websocket-reply'), 'aws_apigatewayv2_route', 'api_default_route', {
    route_key: 'say',
  });
  const answers = withAnswer<readonly Api[]>(intact.dev, apiKey(''), (apis) =>
    apis.map((one) => ({ ...one, RouteSelectionExpression: '$request.body.type' })),
  );
  expect((await examined(webSocketApi, 'dev', plan, answers)).findings).toContainEqual(
    expect.objectContaining({ code: 'api-route-selection', severity: 'error' }),
  );
});

it('has recordings that hold no secret', () => {
  for (const name of environments) {
    const text = JSON.stringify([...recorded(`web-socket-api-${name}`)]);
    expect(text).not.toMatch(/secret|password|metadata/i);
  }
});
