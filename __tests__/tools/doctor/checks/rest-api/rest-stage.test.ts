import type { Deployment, MethodSetting, Stage } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { withAnswer } from '../../recorded';
import {
  apiIds,
  changed,
  changedByHand,
  deploymentIds,
  descriptionOf,
  findingsOf,
  fromConsole,
  intact,
  key,
  withStage,
} from './rest-recorded';

const stage = {
  at: 'dev-callback-receiver: aws_api_gateway_stage.stage',
  subject: 'stage v1 of REST API dev-callback-receiver',
};
const settings = { ...stage, at: 'dev-callback-receiver: aws_api_gateway_method_settings.stage_settings' };
const callers = 'callers of POST /v1/bizppurio/delivery-results';
const made = '2026-11-21T12:23:05.000Z';

const withSettings = (change: MethodSetting, path = '*/*') =>
  changed<readonly Stage[]>('dev', '/stages', (stages) =>
    stages.map((one) => ({
      ...one,
      methodSettings: {
        ...one.methodSettings,
        [path]: { ...one.methodSettings?.['*/*'], ...change },
      },
    })),
  );

describe('a stage', () => {
  it('that does not exist is one finding', async () => {
    const answers = changed('dev', '/stages', () => []);
    expect(await findingsOf('dev', answers)).toEqual([
      expect.objectContaining({
        ...stage,
        code: 'stage-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen:
          `${callers} get HTTP 403 {"message":"Forbidden"}, API Gateway's answer to a stage that it ` +
          'does not know, and nothing is queued',
      }),
    ]);
  });

  it('that was not synthesized is an open door', async () => {
    const answers = changed<readonly Stage[]>('dev', '/stages', (stages) => [
      ...stages,
      { stageName: 'test', deploymentId: 'olddev0' },
    ]);
    expect(await findingsOf('dev', answers)).toEqual([
      expect.objectContaining({
        at: 'dev-callback-receiver: aws_api_gateway_rest_api.api',
        subject: 'stage test of REST API dev-callback-receiver',
        code: 'stage-extra',
        severity: 'warning',
        deployed: 'deployment olddev0',
        fix:
          `aws apigateway delete-stage --rest-api-id ${apiIds.dev} --stage-name test --region ` +
          'ap-northeast-2; if it was meant, it belongs in environments/.',
      }),
    ]);
  });

  it('that someone has deployed from the console serves that', async () => {
    expect(await findingsOf('dev', fromConsole('dev', intact.dev))).toEqual([
      {
        ...stage,
        code: 'stage-deployment',
        severity: 'error',
        problem: "it serves another configuration than this commit's, deployed on 2026-11-21T13:00:00.000Z",
        synthesized: `deployment ${deploymentIds.dev} of ${made}, ${descriptionOf('dev')}`,
        deployed: 'deployment dep3 of 2026-11-21T13:00:00.000Z, without a description',
        seen:
          `what ${callers} post is let in, checked, turned into messages and answered by the ` +
          "configuration of that deployment, whatever the API's settings show",
        cause:
          `The synthesized configuration is deployed as ${deploymentIds.dev}, and someone has deployed ` +
          'the API from the console since.',
        fix:
          'npx cdktf deploy dev-callback-receiver, or at once: aws apigateway update-stage ' +
          `--rest-api-id ${apiIds.dev} --stage-name v1 --patch-operations ` +
          `op=replace,path=/deploymentId,value=${deploymentIds.dev} --region ap-northeast-2`,
      },
    ]);
  });

  it('that someone has moved back serves what was', async () => {
    const old = {
      id: 'olddev0',
      description: 'dev-callback-receiver, configuration 0',
      createdDate: new Date('2026-11-20T08:00:00Z'),
    };
    const answers = new Map([
      ...withStage('dev', { deploymentId: 'olddev0' }),
      [key('dev', '/deployments/olddev0'), old],
    ]);
    expect(await findingsOf('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'stage-deployment',
        problem: "it serves another configuration than this commit's, deployed on 2026-11-20T08:00:00.000Z",
        cause:
          `The synthesized configuration is deployed as ${deploymentIds.dev}, and someone has moved ` +
          'the stage back to an older deployment.',
      }),
    ]);
  });

  it.each([
    ['dev-callback-receiver, configuration 1', 'This commit was not deployed, or a later one was.'],
    [
      undefined,
      'The API was deployed from the console, or by another tool: Terraform gives its deployments a ' +
        'description.',
    ],
  ])('whose deployment is described as %s', async (description, cause) => {
    const { id, ...all } = { id: deploymentIds.dev, list: key('dev', '/deployments') };
    const changedOne = (one: Deployment) => (one.id === id ? { ...one, description } : one);
    const listed = withAnswer<readonly Deployment[]>(intact.dev, all.list, (list) => list.map(changedOne));
    const answers = withAnswer<Deployment>(listed, key('dev', `/deployments/${id}`), changedOne);
    expect(await findingsOf('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'stage-deployment',
        synthesized: descriptionOf('dev'),
        cause,
        fix: 'npx cdktf deploy dev-callback-receiver',
      }),
    ]);
  });

  it('whose deployment is gone serves nothing', async () => {
    const gone = new Map([
      ...withStage('dev', { deploymentId: 'gone00' }),
      [key('dev', '/deployments/gone00'), null],
    ]);
    expect(await findingsOf('dev', gone)).toEqual([
      expect.objectContaining({
        code: 'stage-deployment',
        problem: 'it serves the deployment gone00, which is gone',
        seen: `${callers} get HTTP 403 {"message":"Forbidden"} or 500, and nothing is queued`,
      }),
    ]);
    expect(await findingsOf('dev', withStage('dev', { deploymentId: undefined }))).toEqual([
      expect.objectContaining({ code: 'stage-deployment', problem: 'it serves no deployment' }),
    ]);
  });

  it('of whose API there is a newer deployment is a warning', async () => {
    const answers = withStage('dev', { deploymentId: deploymentIds.dev }, fromConsole('dev', intact.dev));
    expect(await findingsOf('dev', answers)).toEqual([
      expect.objectContaining({
        ...stage,
        code: 'stage-newer-deployment',
        severity: 'warning',
        problem: 'the API has a deployment after the one that it serves',
        deployed: 'deployment dep3 of 2026-11-21T13:00:00.000Z, without a description',
        fix:
          `aws apigateway delete-deployment --rest-api-id ${apiIds.dev} --deployment-id dep3 --region ` +
          'ap-northeast-2',
      }),
    ]);
  });

  it('with a canary treats some requests otherwise, and defects reach those', async () => {
    const answers = withStage('dev', { canarySettings: { percentTraffic: 10, deploymentId: 'olddev0' } });
    const canary = expect.objectContaining({
      ...stage,
      code: 'stage-canary',
      severity: 'error',
      problem: '10 of 100 requests go to a canary',
      deployed: expect.stringMatching(/^deployment olddev0 of 2026-11-20T08:00:00.000Z, /),
      seen:
        `one request of ${callers} is treated so and the next otherwise, by chance: 10 % of them by ` +
        'the configuration of that deployment',
    });
    expect(await findingsOf('dev', answers)).toEqual([canary]);
    const open = withAnswer<object>(answers, key('dev', ''), (api) => ({ ...api, policy: undefined }));
    expect(await findingsOf('dev', open)).toEqual([
      expect.objectContaining({ code: 'resource-policy-missing', severity: 'error' }),
      canary,
    ]);
  });
});

describe('the settings of a stage', () => {
  it.each([
    [
      { throttlingRateLimit: 5 },
      'stage-throttling',
      'error',
      'it takes fewer requests than synthesized (rate limit)',
      `${callers} get HTTP 429 {"message":"Too many requests, try again later",…} more often, and ` +
        'what is refused is not queued; one that does not send again loses it',
    ],
    [
      { throttlingBurstLimit: 0 },
      'stage-throttling',
      'error',
      'it takes fewer requests than synthesized (burst limit)',
      `${callers} get HTTP 429 {"message":"Too many requests, try again later",…} for every request, ` +
        'and what is refused is not queued; one that does not send again loses it',
    ],
    [
      { throttlingRateLimit: 9000 },
      'stage-throttling',
      'warning',
      'it takes more requests than synthesized (rate limit)',
      'nothing: a flood of requests reaches the queue, and takes what the account may do from its other APIs',
    ],
    [
      { throttlingRateLimit: -1 },
      'stage-throttling',
      'warning',
      'it takes more requests than synthesized (rate limit)',
      'nothing: a flood of requests reaches the queue, and takes what the account may do from its other APIs',
    ],
    [
      { dataTraceEnabled: true },
      'stage-data-trace',
      'warning',
      'it writes whole requests to its log',
      'nothing: whoever may read the execution log reads the bodies that callers send',
    ],
    [
      { loggingLevel: 'OFF' },
      'stage-logging-level',
      'warning',
      'it logs executions at another level',
      'callers notice nothing; the execution log says less, or more, than one looks for',
    ],
    [
      { metricsEnabled: false },
      'stage-metrics',
      'warning',
      'it counts its methods otherwise',
      'callers notice nothing; the metrics of single methods are missing, or cost',
    ],
  ])('with %o', async (change, code, severity, problem, seen) => {
    expect(await findingsOf('dev', withSettings(change))).toEqual([
      {
        ...settings,
        ...changedByHand('dev'),
        code,
        severity,
        problem,
        seen,
        synthesized: expect.any(String),
        deployed: expect.any(String),
      },
    ]);
  });

  it.each(['~1bizppurio~1delivery-results/POST', 'bizppurio/delivery-results/POST'])(
    'of one method alone, at %s',
    async (path) => {
      expect(await findingsOf('dev', withSettings({ throttlingRateLimit: 1 }, path))).toEqual([
        expect.objectContaining({
          ...settings,
          code: 'stage-throttling',
          problem:
            'it takes fewer requests than synthesized (rate limit) for POST /v1/bizppurio/delivery-results',
          synthesized: 'rate limit 100',
          deployed: 'rate limit 1',
        }),
      ]);
    },
  );

  it('that are not there leave the account’s limits', async () => {
    expect(await findingsOf('dev', withStage('dev', { methodSettings: {} }))).toEqual([
      expect.objectContaining({
        ...settings,
        code: 'stage-settings-missing',
        severity: 'warning',
        synthesized: 'rate limit 100, burst limit 200, logs ERROR, detailed metrics on',
      }),
    ]);
  });

  it('that cache a POST lose what is posted', async () => {
    const answers = withSettings({ cachingEnabled: true }, '~1bizppurio~1delivery-results/POST');
    expect(await findingsOf('dev', answers)).toEqual([]);
    expect(await findingsOf('dev', withStage('dev', { cacheClusterEnabled: true }, answers))).toEqual([
      expect.objectContaining({
        ...stage,
        code: 'stage-cache',
        severity: 'error',
        problem: 'it answers POST /v1/bizppurio/delivery-results from a cache',
        seen: expect.stringContaining(`${callers} get the 200 of an earlier request`),
      }),
    ]);
  });

  it('say nothing of a cache for all methods: only GET is cached then', async () => {
    const answers = withSettings({ cachingEnabled: true });
    expect(await findingsOf('dev', withStage('dev', { cacheClusterEnabled: true }, answers))).toEqual([]);
  });
});

describe('around a stage', () => {
  const log = 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/apigateway/dev-callback-receiver';

  it.each([
    [
      { webAclArn: 'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/all/1' },
      'stage-web-acl',
      'a web ACL of AWS WAF stands before it',
      /callers of POST \/v1\/bizppurio\/delivery-results whose requests .* get HTTP 403 \{"message":"Forbidden"\}/,
    ],
    [{ tracingEnabled: false }, 'stage-tracing', 'it does not trace requests', /^callers notice nothing/],
    [
      { accessLogSettings: undefined },
      'stage-access-log',
      'it writes no access log',
      /^callers notice nothing/,
    ],
    [
      { accessLogSettings: { destinationArn: `${log}-2`, format: '{}' } },
      'stage-access-log',
      'it writes its access log elsewhere',
      /^callers notice nothing/,
    ],
  ])('with %o', async (change, code, problem, seen) => {
    expect(await findingsOf('dev', withStage('dev', change))).toEqual([
      expect.objectContaining({
        ...stage,
        code,
        severity: 'warning',
        problem,
        seen: expect.stringMatching(seen),
      }),
    ]);
  });

  it('another field of the access log', async () => {
    const answers = changed<readonly Stage[]>('dev', '/stages', ([one]) => [
      {
        ...one,
        accessLogSettings: {
          destinationArn: log,
          format: one?.accessLogSettings?.format?.replace('$context.path', '$context.domainName'),
        },
      },
    ]);
    expect(await findingsOf('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'stage-access-log',
        problem: 'its access log has other fields',
        synthesized: 'path: "$context.path"',
        deployed: 'path: "$context.domainName"',
      }),
    ]);
  });
});
