import type { Model, Route } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import { webSocketApi } from '../../../../../tools/doctor/checks/web-socket-api/web-socket-api';
import { changed, changedIn, findingsServed, fromConsole, intact } from './web-socket-recorded';
import { apiIds, changedByHand, examined, type Name, planOf, withResource } from './web-socket-subjects';

const frame = (message: string) => `{"message":"${message}","connectionId":…,"requestId":…}`;
const clients = (name: Name) => `clients of WebSocket API ${name}-websocket-reply`;
const noConnection = `${clients('prod')} cannot connect: the handshake fails with an HTTP error, 500 as a rule; AWS documents only that there is no connection`;

const defaultRoute = {
  at: 'dev-websocket-reply: aws_apigatewayv2_route.api_default_route',
  subject: 'route $default of WebSocket API dev-websocket-reply',
};
const connectRoute = {
  at: 'prod-websocket-reply: aws_apigatewayv2_route.api_connect_route',
  subject: 'route $connect of WebSocket API prod-websocket-reply',
};

const routed = (name: Name, routeKey: string, change: Partial<Route>) =>
  findingsServed(
    name,
    changedIn<Route>(
      name,
      '/routes',
      ({ RouteKey }) => RouteKey === routeKey,
      () => change,
    ),
  );

const withRoutes = (name: Name, change: (routes: readonly Route[]) => readonly Route[]) =>
  findingsServed(name, changed<readonly Route[]>(name, '/routes', change));

describe('a route that is missing', () => {
  it('leaves messages to nobody', async () => {
    expect(await withRoutes('dev', () => [])).toEqual([
      {
        ...defaultRoute,
        code: 'route-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: `${clients('dev')} get ${frame('Forbidden')} for each message that no other route takes, and nothing is queued`,
        cause: 'The stack was never deployed to the end, or someone has deleted the route.',
        fix: 'npx cdktf deploy dev-websocket-reply',
      },
    ]);
  });

  it('leaves the API open where it was to ask for authorization', async () => {
    expect(
      await withRoutes('prod', (routes) => routes.filter(({ RouteKey }) => RouteKey !== '$connect')),
    ).toMatchObject([
      {
        ...connectRoute,
        code: 'route-missing',
        severity: 'warning',
        seen: 'everyone may connect, though only those with AWS_IAM authorization should: clients notice nothing',
      },
    ]);
  });

  it('is no loss where everyone may connect anyway', async () => {
    const plan = withResource(
      planOf('prod', 'websocket-reply'),
      'aws_apigatewayv2_route',
      'api_connect_route',
      {
        authorization_type: 'NONE',
      },
    );
    const answers = changed<readonly Route[]>('prod', '/routes', (routes) =>
      routes.filter(({ RouteKey }) => RouteKey !== '$connect'),
    );
    const { findings } = await examined(webSocketApi, 'prod', plan, fromConsole('prod', answers));
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'route-missing',
        severity: 'warning',
        seen: 'nothing: without the route everyone may connect and leave as well',
      }),
    );
  });
});

describe('a route that was not synthesized', () => {
  const extra = (route: Route) => withRoutes('dev', (routes) => [...routes, route]);

  it('takes its messages away from the queue', async () => {
    expect(await extra({ RouteKey: 'ping', RouteId: 'r9', Target: 'integrations/i9' })).toEqual([
      {
        at: 'dev-websocket-reply: aws_apigatewayv2_api.api',
        subject: 'WebSocket API dev-websocket-reply',
        code: 'route-extra',
        severity: 'error',
        problem: 'it has a route ping that was not synthesized',
        synthesized: '$default',
        deployed: 'ping, authorization NONE, target integrations/i9',
        seen: `messages of ${clients('dev')} with "action": "ping" go to its integration and not to the queue: they are not answered`,
        cause: 'Someone has added it in the console.',
        fix: `aws apigatewayv2 delete-route --api-id ${apiIds.dev} --route-id r9 --region ap-northeast-2; what was meant belongs in constructs/api/.`,
      },
    ]);
  });

  it('closes the API when it asks for authorization', async () => {
    expect(await extra({ RouteKey: '$connect', AuthorizationType: 'CUSTOM' })).toMatchObject([
      {
        code: 'route-extra',
        severity: 'error',
        seen: `${clients('dev')} who do not pass CUSTOM authorization cannot connect: HTTP 401 or 403`,
      },
    ]);
  });

  it.each([
    ['$connect', `its integration runs as ${clients('dev')} connect; while it fails nobody can`],
    ['$disconnect', `its integration runs as ${clients('dev')} leave`],
  ])('is a warning when it is %s for all', async (RouteKey, seen) => {
    expect(await extra({ RouteKey })).toMatchObject([{ code: 'route-extra', severity: 'warning', seen }]);
  });
});

describe('who may connect', () => {
  it('is everyone where authorization is gone', async () => {
    expect(await routed('prod', '$connect', { AuthorizationType: 'NONE' })).toEqual([
      {
        ...connectRoute,
        ...changedByHand('prod-websocket-reply'),
        code: 'route-authorization',
        severity: 'warning',
        problem: 'everyone may connect',
        synthesized: 'AWS_IAM',
        deployed: 'NONE',
        seen: 'clients notice nothing; whoever knows the address can connect and send messages',
      },
    ]);
  });

  it('is nobody who was told another authorization', async () => {
    expect(await routed('prod', '$connect', { AuthorizationType: 'CUSTOM' })).toMatchObject([
      {
        code: 'route-authorization',
        severity: 'error',
        problem: 'it asks for CUSTOM authorization',
        seen: `${clients('prod')} without CUSTOM authorization cannot connect: HTTP 401 or 403 "Forbidden"`,
      },
    ]);
  });

  it('is nobody without a key where one is asked for', async () => {
    expect(await routed('prod', '$connect', { ApiKeyRequired: true })).toMatchObject([
      { code: 'route-api-key', severity: 'error', synthesized: 'no API key', deployed: 'API key' },
    ]);
  });

  it('is decided by $connect alone', async () => {
    expect(await routed('dev', '$default', { ApiKeyRequired: true })).toEqual([]);
  });
});

describe('what a route checks', () => {
  it('is nothing without a model: SQS refuses, and the client is not told', async () => {
    expect(
      await routed('dev', '$default', { ModelSelectionExpression: undefined, RequestModels: undefined }),
    ).toEqual([
      {
        ...defaultRoute,
        ...changedByHand('dev-websocket-reply'),
        code: 'route-model',
        severity: 'warning',
        problem: 'it does not check messages',
        synthesized: '\\$default of $default: Message',
        deployed: 'no model',
        seen: `a message without the ids that SQS needs gets no ${frame('Bad request body')}: SQS refuses it with MissingParameter or InvalidParameterValue, and its client is not told`,
      },
    ]);
  });

  it.each([
    [{ RequestModels: { $default: 'Other' } }, '\\$default of $default: Other'],
    [{ ModelSelectionExpression: '$request.body.kind' }, '$request.body.kind of $default: Message'],
  ])('against another model refuses good messages: %j', async (change, deployed) => {
    expect(await routed('dev', '$default', change)).toMatchObject([
      {
        code: 'route-model',
        severity: 'error',
        problem: 'it checks messages against another model',
        deployed,
        seen: `${clients('dev')} get ${frame('Bad request body')} for messages that are good, and nothing is queued`,
      },
    ]);
  });
});

describe('a model', () => {
  const model = {
    at: 'dev-websocket-reply: aws_apigatewayv2_model.api_default_route_model',
    subject: 'model Message of WebSocket API dev-websocket-reply',
  };
  const modelled = (change: Partial<Model>) =>
    findingsServed(
      'dev',
      changedIn<Model>(
        'dev',
        '/models',
        () => true,
        () => change,
      ),
    );

  it('that is missing refuses every message', async () => {
    expect(
      await findingsServed(
        'dev',
        changed('dev', '/models', () => []),
      ),
    ).toEqual([
      {
        ...model,
        code: 'model-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: `the route's check finds no model: ${clients('dev')} get ${frame('Bad request body')} for each message, and nothing is queued`,
        cause: 'The stack was never deployed to the end, or someone has deleted the model.',
        fix: 'npx cdktf deploy dev-websocket-reply',
      },
    ]);
  });

  it('with another schema tells the keywords that differ', async () => {
    const schema = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      required: ['MessageGroupId', 'text'],
      properties: { MessageGroupId: { type: 'string', pattern: '^[!-~]{1,128}$' } },
    };
    expect(await modelled({ Schema: JSON.stringify(schema) })).toEqual([
      {
        ...model,
        ...changedByHand('dev-websocket-reply'),
        code: 'model-schema',
        severity: 'error',
        problem: 'its schema is another one',
        synthesized: 'required: ["MessageGroupId"]',
        deployed: 'required: ["MessageGroupId","text"]',
        seen: `where it asks for more, good messages of ${clients('dev')} get ${frame('Bad request body')}; where it asks for less, SQS refuses what it lets through with MissingParameter or InvalidParameterValue, and the client hears nothing of it`,
      },
    ]);
    expect(await modelled({ Schema: 'not JSON' })).toMatchObject([
      { code: 'model-schema', deployed: 'schema: not JSON' },
    ]);
  });

  it('that asks for more alone, or for less, is another one too', async () => {
    const loose = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      type: 'object',
      properties: { MessageGroupId: { type: 'string', pattern: '^[!-~]{1,128}$' } },
    };
    expect(await modelled({ Schema: JSON.stringify(loose) })).toMatchObject([
      { code: 'model-schema', synthesized: 'required: ["MessageGroupId"]', deployed: 'nothing more' },
    ]);
    const strict = { ...loose, required: ['MessageGroupId'], additionalProperties: false };
    expect(await modelled({ Schema: JSON.stringify(strict) })).toMatchObject([
      { code: 'model-schema', synthesized: 'nothing more', deployed: 'additionalProperties: false' },
    ]);
  });

  it('for another content type is a warning', async () => {
    expect(await modelled({ ContentType: 'text/plain' })).toMatchObject([
      {
        code: 'model-content-type',
        severity: 'warning',
        synthesized: 'application/json',
        deployed: 'text/plain',
      },
    ]);
  });
});

describe('what a route answers', () => {
  it('is what SQS said where it is two-way', async () => {
    expect(await routed('dev', '$default', { RouteResponseSelectionExpression: '$default' })).toMatchObject([
      {
        ...defaultRoute,
        code: 'route-response-selection',
        severity: 'warning',
        problem: 'it is two-way',
        synthesized: 'one-way',
        deployed: '$default',
      },
    ]);
  });

  it('is no handshake where $connect is one-way', async () => {
    expect(await routed('prod', '$connect', { RouteResponseSelectionExpression: undefined })).toMatchObject([
      { code: 'route-response-selection', severity: 'error', problem: 'it is one-way', seen: noConnection },
    ]);
  });

  it('needs the route response', async () => {
    const routeId = 'gljmvrkx';
    expect(
      await findingsServed(
        'prod',
        changed('prod', `/routes/${routeId}/routeresponses`, () => []),
      ),
    ).toEqual([
      {
        at: 'prod-websocket-reply: aws_apigatewayv2_route_response.api_connect_route_route_response',
        subject: 'route response $default of the route $connect of WebSocket API prod-websocket-reply',
        code: 'route-response-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: noConnection,
        cause: 'The stack was never deployed to the end, or someone has deleted it.',
        fix: 'npx cdktf deploy prod-websocket-reply',
      },
    ]);
  });
});

describe('the integration of a route', () => {
  it.each([
    ['integrations/gone', 'its target integrations/gone does not exist'],
    [undefined, 'it has no target'],
  ])('may not be there: %s', async (Target, problem) => {
    expect(await routed('dev', '$default', { Target })).toEqual([
      {
        ...defaultRoute,
        ...changedByHand('dev-websocket-reply'),
        code: 'route-target',
        severity: 'error',
        problem,
        seen: `${clients('dev')} get ${frame('Internal server error')} for each message, and nothing is queued`,
      },
    ]);
  });

  it('must have a response', async () => {
    const path = [...intact.dev.keys()].find((asked) => asked.endsWith('/integrationresponses'));
    expect(
      await findingsServed(
        'dev',
        changed('dev', path?.split(apiIds.dev)[1] ?? '', () => []),
      ),
    ).toMatchObject([
      {
        at: 'dev-websocket-reply: aws_apigatewayv2_integration_response.api_default_route_integration_response',
        subject: 'integration response $default of the route $default of WebSocket API dev-websocket-reply',
        code: 'integration-response-missing',
        severity: 'error',
        seen: `AWS wants one for an integration that is no proxy, and does not say what happens without: messages of ${clients('dev')} may fail with "Internal server error" or in silence`,
      },
    ]);
  });
});
