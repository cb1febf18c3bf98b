import type { Deployment, GetStageResponse } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it } from 'vitest';
import {
  asServed,
  type ServedStage,
} from '../../../../../tools/doctor/checks/web-socket-api/web-socket-serving';
import type { Finding } from '../../../../../tools/doctor/finding';
import { withAnswer } from '../../recorded';
import {
  changed,
  changedIn,
  descriptionOf,
  findingsOf,
  fromConsole,
  intact,
  key,
} from './web-socket-recorded';
import { apiIds, changedByHand } from './web-socket-subjects';

const stage = {
  at: 'dev-websocket-reply: aws_apigatewayv2_stage.stage',
  subject: 'stage v1 of WebSocket API dev-websocket-reply',
};
const clients = 'clients of WebSocket API dev-websocket-reply';
const byHand = changedByHand('dev-websocket-reply');
const synthesized = descriptionOf('dev');

const staged = (change: (stage: GetStageResponse) => Partial<GetStageResponse>) =>
  findingsOf(
    'dev',
    changed<GetStageResponse>('dev', '/stages/v1', (answer) => ({ ...answer, ...change(answer) })),
  );

describe('the deployment that a stage serves', () => {
  it('is told by the hash of the configuration in its description', () => {
    expect(synthesized).toMatch(/^dev-websocket-reply, configuration [0-9a-f]{64}$/);
  });

  it('of an older commit is another configuration', async () => {
    expect(await staged(() => ({ DeploymentId: 'dep1dev' }))).toEqual([
      {
        ...stage,
        code: 'stage-deployment',
        severity: 'error',
        problem: "it serves another configuration than this commit's",
        synthesized,
        deployed: `dev-websocket-reply, configuration ${'0'.repeat(64)} (dep1dev, 2026-11-20T08:00:00.000Z)`,
        seen: `what ${clients} send is routed, checked and turned into messages by the configuration of that deployment, whatever the API's settings show`,
        cause:
          'The synthesized configuration is deployed as dep2dev, and someone has moved the stage off it or deployed from the console.',
        fix: `npx cdktf deploy dev-websocket-reply, or at once: aws apigatewayv2 update-stage --api-id ${apiIds.dev} --stage-name v1 --deployment-id dep2dev --region ap-northeast-2`,
      },
    ]);
  });

  it('from before this commit leads to a deploy', async () => {
    const answers = changed<readonly Deployment[]>('dev', '/deployments', (all) =>
      all.map((one) => ({ ...one, Description: 'dev-websocket-reply, configuration f00' })),
    );
    expect(await findingsOf('dev', answers)).toMatchObject([
      {
        code: 'stage-deployment',
        deployed: 'dev-websocket-reply, configuration f00 (dep2dev, 2026-11-21T12:47:29.000Z)',
        cause: 'This commit was not deployed, or a later one was.',
        fix: 'npx cdktf deploy dev-websocket-reply',
      },
    ]);
  });

  it('made in the console has no description', async () => {
    const answers = changed<readonly Deployment[]>('dev', '/deployments', (all) =>
      all.map(({ Description: _description, ...one }) => one),
    );
    expect(await findingsOf('dev', answers)).toMatchObject([
      {
        code: 'stage-deployment',
        deployed: '(no description) (dep2dev, 2026-11-21T12:47:29.000Z)',
        cause:
          'The API was deployed from the console, or by another tool: Terraform gives its deployments a description.',
      },
    ]);
  });

  it('may be gone', async () => {
    const answers = changed<readonly Deployment[]>('dev', '/deployments', () => []);
    expect(await findingsOf('dev', answers)).toEqual([
      {
        ...stage,
        code: 'stage-deployment',
        severity: 'error',
        problem: 'it serves the deployment dep2dev, which is gone',
        synthesized,
        deployed: 'dep2dev',
        seen: `${clients} cannot connect: AWS says that a stage without a deployment cannot be called, not with which HTTP error`,
        cause: 'The deployment was deleted, or was never made: a deploy stopped halfway.',
        fix: 'npx cdktf deploy dev-websocket-reply',
      },
    ]);
  });

  it('may never have been made', async () => {
    expect(await staged(() => ({ DeploymentId: undefined }))).toMatchObject([
      { code: 'stage-deployment', problem: 'it serves no deployment', deployed: 'no deployment' },
    ]);
  });

  it('is a warning where the API has a newer one that nobody serves', async () => {
    const answers = withAnswer<GetStageResponse>(
      fromConsole('dev', intact.dev),
      key('dev', '/stages/v1'),
      (answer) => ({ ...answer, DeploymentId: 'dep2dev' }),
    );
    expect(await findingsOf('dev', answers)).toEqual([
      {
        ...stage,
        code: 'stage-newer-deployment',
        severity: 'warning',
        problem: 'the API has a deployment after the one that it serves',
        synthesized: `${synthesized} (dep2dev, 2026-11-21T12:47:29.000Z)`,
        deployed: '(no description) (dep3, 2026-11-21T13:00:00.000Z)',
        seen: 'nothing: the stage serves what was synthesized; who made the newer deployment believes that it is served',
        cause: 'Someone has deployed the API from the console, and the stage was set back since.',
        fix: `aws apigatewayv2 delete-deployment --api-id ${apiIds.dev} --deployment-id dep3 --region ap-northeast-2`,
      },
    ]);
  });

  it('changes by itself with auto deploy', async () => {
    expect(await staged(() => ({ AutoDeploy: true }))).toEqual([
      {
        ...stage,
        ...byHand,
        code: 'stage-auto-deploy',
        severity: 'warning',
        problem: 'it deploys every change by itself',
        synthesized: 'deployed by Terraform',
        deployed: 'auto deploy',
        seen: `nothing while nobody changes the API; a change in the console reaches ${clients} at once, half done`,
      },
    ]);
  });
});

describe('what differs in the API', () => {
  const oneWay = (answers = intact.dev) =>
    withAnswer<readonly object[]>(answers, key('dev', '/models'), () => []);

  it('is no error as long as the stage serves the deployment of what was synthesized', async () => {
    const [finding, ...others] = await findingsOf('dev', oneWay());
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'model-missing', severity: 'warning' });
    expect(finding?.seen).toMatch(
      /^nothing yet: the stage v1 still serves the deployment of the synthesized configuration\. From the next deployment on: the route's check/,
    );
  });

  it.each([
    ['serves another deployment', { DeploymentId: 'dep1dev' }],
    ['deploys every change by itself', { AutoDeploy: true }],
  ])('is an error at once where the stage %s', async (_what, change) => {
    const answers = withAnswer<object>(oneWay(), key('dev', '/stages/v1'), (answer) => ({
      ...answer,
      ...change,
    }));
    const [finding] = await findingsOf('dev', answers);
    expect(finding).toMatchObject({ code: 'model-missing', severity: 'error' });
    expect(finding?.seen).toMatch(/^the route's check/);
  });
});

it('what differs in an API of several stages is seen on the one that serves another deployment', () => {
  const limits = { dataTraceEnabled: false, detailedMetricsEnabled: false, loggingLevel: 'OFF' };
  const staged = (name: string, serves: string): ServedStage => ({
    synthesized: {
      address: name,
      name,
      deploymentDescription: 'synthesized',
      autoDeploy: false,
      accessLog: undefined,
      defaultRouteSettings: limits,
    },
    deployed: { StageName: name, DeploymentId: serves },
    deployments: [
      { DeploymentId: 'd1', Description: 'synthesized' },
      { DeploymentId: 'd2', Description: 'other' },
    ],
  });
  const finding: Finding = {
    ...stage,
    ...byHand,
    code: 'model-missing',
    severity: 'error',
    problem: 'it does not exist',
    seen: 'silence',
  };
  expect(asServed([finding], [staged('v1', 'd1'), staged('v2', 'd2')])).toEqual([finding]);
  expect(asServed([finding], [])).toEqual([finding]);
  expect(asServed([finding], [staged('v1', 'd1'), staged('v2', 'd1')])).toMatchObject([
    { severity: 'warning', seen: expect.stringMatching(/^nothing yet: the stage v1, v2 still serves/) },
  ]);
});

describe('a stage', () => {
  it('that does not exist is one finding', async () => {
    expect(
      await findingsOf(
        'dev',
        changed('dev', '/stages/v1', () => null),
      ),
    ).toEqual([
      {
        ...stage,
        code: 'stage-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: `${clients} cannot connect: the handshake gets HTTP 403; replies on connections that are still open fail`,
        cause: 'The stack was never deployed to the end, or someone has deleted the stage.',
        fix: 'npx cdktf deploy dev-websocket-reply',
      },
    ]);
  });

  it('that lets fewer messages through refuses some', async () => {
    expect(
      await staged(({ DefaultRouteSettings }) => ({
        DefaultRouteSettings: { ...DefaultRouteSettings, ThrottlingRateLimit: 5 },
      })),
    ).toEqual([
      {
        ...stage,
        ...byHand,
        code: 'stage-throttling',
        severity: 'error',
        problem: 'it takes fewer messages than synthesized (rate limit)',
        synthesized: 'rate limit 100',
        deployed: 'rate limit 5',
        seen: `more messages and connections of ${clients} are refused than before: HTTP 429 as they connect, "Too Many Requests" on a connection; what is refused is not queued`,
      },
    ]);
  });

  it('that lets more through is a warning', async () => {
    expect(
      await staged(({ DefaultRouteSettings }) => ({
        DefaultRouteSettings: { ...DefaultRouteSettings, ThrottlingBurstLimit: 5000 },
      })),
    ).toMatchObject([
      {
        code: 'stage-throttling',
        severity: 'warning',
        problem: 'it takes more messages than synthesized (burst limit)',
        synthesized: 'burst limit 200',
        deployed: 'burst limit 5000',
      },
    ]);
  });

  it('may stop one route alone', async () => {
    const [finding, ...others] = await staged(() => ({
      RouteSettings: { $default: { ThrottlingRateLimit: 0 } },
    }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'stage-throttling',
      severity: 'error',
      problem: 'it takes fewer messages than synthesized (rate limit) for the route $default',
      deployed: 'rate limit 0',
    });
    expect(finding?.seen).toMatch(/^all messages and connections of clients of .+ are refused: HTTP 429/);
  });

  it('that logs messages shows them to whoever reads the log', async () => {
    expect(
      await staged(({ DefaultRouteSettings }) => ({
        DefaultRouteSettings: { ...DefaultRouteSettings, DataTraceEnabled: true },
      })),
    ).toEqual([
      {
        ...stage,
        ...byHand,
        code: 'stage-data-trace',
        severity: 'warning',
        problem: 'it writes whole messages to its log',
        synthesized: 'no data trace',
        deployed: 'data trace',
        seen: 'whoever may read the execution log reads what clients send; nothing else changes',
      },
    ]);
  });

  it('that logs or counts otherwise is a warning', async () => {
    expect(
      await staged(({ DefaultRouteSettings }) => ({
        DefaultRouteSettings: {
          ...DefaultRouteSettings,
          LoggingLevel: 'OFF',
          DetailedMetricsEnabled: false,
        },
      })),
    ).toMatchObject([
      {
        code: 'stage-logging',
        severity: 'warning',
        problem: 'it logs executions at another level',
        synthesized: 'ERROR',
        deployed: 'OFF',
      },
      {
        code: 'stage-logging',
        severity: 'warning',
        problem: 'it counts its routes otherwise',
        synthesized: 'detailed metrics on',
        deployed: 'detailed metrics off',
      },
    ]);
  });

  it('without its access log leaves refused messages untold', async () => {
    expect(await staged(() => ({ AccessLogSettings: undefined }))).toEqual([
      {
        ...stage,
        ...byHand,
        code: 'stage-access-log',
        severity: 'warning',
        problem: 'it writes no access log',
        synthesized: 'arn:aws:logs:ap-northeast-2:111122223333:log-group:/aws/apigateway/dev-websocket-reply',
        deployed: 'no access log',
        seen: 'clients notice nothing; whoever looks for a refused message in the access log does not find it there',
      },
    ]);
  });

  it('whose access log has other fields tells only those', async () => {
    expect(
      await staged(({ AccessLogSettings: log }) => ({
        AccessLogSettings: {
          ...log,
          Format: log?.Format?.replace(
            '"sourceIp":"$context.identity.sourceIp"',
            '"user":"$context.identity.user"',
          ),
        },
      })),
    ).toMatchObject([
      {
        code: 'stage-access-log',
        problem: 'its access log has other fields',
        synthesized: 'sourceIp: "$context.identity.sourceIp"',
        deployed: 'user: "$context.identity.user"',
      },
    ]);
  });
});

it('a deployment in a list of two is found whatever their order', async () => {
  expect(
    await findingsOf(
      'dev',
      changed<readonly Deployment[]>('dev', '/deployments', (all) => all.toReversed()),
    ),
  ).toEqual([]);
  expect(
    await findingsOf(
      'dev',
      changedIn<Deployment>(
        'dev',
        '/deployments',
        () => true,
        () => ({ AutoDeployed: true }),
      ),
    ),
  ).toEqual([]);
});
