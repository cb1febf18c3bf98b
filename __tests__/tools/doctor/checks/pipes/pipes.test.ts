import type { DescribePipeResponse } from '@aws-sdk/client-pipes';
import { describe, expect, it } from 'vitest';
import { MissingPermission } from '../../../../../tools/doctor/aws/answer-of';
import { pipes } from '../../../../../tools/doctor/checks/pipes/pipes';
import { dev } from '../../../../fixtures/environments/dev';
import { prod } from '../../../../fixtures/environments/prod';
import { variants } from '../../../rehearse/variants';
import { type Answers, recorded, withAnswer } from '../../recorded';
import { examined, ids, known, pipePlan, plansWith } from './pipe-subjects';

const plans = { dev: plansWith(dev, new Map()), prod: plansWith(prod, known) };
const answers = { dev: recorded('pipes-dev'), prod: recorded('pipes-prod') };
const key = (name: string) => `pipes:DescribePipe arn:aws:pipes:ap-northeast-2:${name}`;
const archive = key('111122223333:pipe/dev-delivery-results-archive');
const toServer = key('444455556666:pipe/prod-delivery-results');

const findings = async (environment: 'dev' | 'prod', given: Answers) =>
  (await examined(pipes, plans[environment], given)).findings;

const changed = (
  environment: 'dev' | 'prod',
  change: (answer: DescribePipeResponse) => Partial<DescribePipeResponse>,
) => {
  const of = environment === 'dev' ? archive : toServer;
  return findings(
    environment,
    withAnswer<DescribePipeResponse>(answers[environment], of, (answer) => ({
      ...answer,
      ...change(answer),
    })),
  );
};

const devPipe = {
  at: 'dev-subscriber-pipe: aws_pipes_pipe.delivery_results_archive_pipe',
  subject: 'pipe dev-delivery-results-archive',
};
const prodPipe = {
  at: 'prod-subscriber-pipe: aws_pipes_pipe.delivery_results_pipe',
  subject: 'pipe prod-delivery-results',
};
const waits =
  'the queue dev-delivery-results, which POST /v1/bizppurio/delivery-results fills, grows and the subscriber gets ' +
  "nothing; the alarm on ApproximateAgeOfOldestMessage goes off. Messages wait for the queue's retention, and are " +
  'lost after it';

describe('pipes as they were synthesized', () => {
  it.each(['dev', 'prod'] as const)('are no finding in %s', async (environment) => {
    const { resources, findings } = await examined(pipes, plans[environment], answers[environment]);
    expect({ resources, findings }).toEqual({ resources: environment === 'dev' ? 1 : 2, findings: [] });
  });

  it('may come back in another form: spaces in the template, parameters that are empty, :* of a log group', async () => {
    expect(
      await changed('prod', ({ LogConfiguration: log }) => ({
        TargetParameters: {
          InputTemplate: '{\n  "messageId": <$.messageId>,\n  "data": <$.body>\n}\n',
          HttpParameters: { HeaderParameters: {}, PathParameterValues: [], QueryStringParameters: {} },
        },
        Enrichment: '',
        SourceParameters: { SqsQueueParameters: { BatchSize: 1, MaximumBatchingWindowInSeconds: 0 } },
        LogConfiguration: {
          ...log,
          IncludeExecutionData: [],
          CloudwatchLogsLogDestination: {
            LogGroupArn: `${log?.CloudwatchLogsLogDestination?.LogGroupArn}:*`,
          },
        },
      })),
    ).toEqual([]);
  });

  it('ask for nothing but what is declared, and for all of it', () => {
    for (const environment of ['dev', 'prod'] as const) {
      const declared = pipes.permissions(pipePlan(plans[environment]));
      expect(declared.map(({ action, resource }) => `${action} ${resource}`)).toEqual([
        ...answers[environment].keys(),
      ]);
    }
  });

  it('lets a missing permission through', async () => {
    const refusal = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    await expect(
      findings(
        'dev',
        withAnswer(answers.dev, archive, () => refusal),
      ),
    ).rejects.toThrow(MissingPermission);
  });
});

describe('a pipe that does not work', () => {
  it('does not exist: its queue grows', async () => {
    expect(
      await findings(
        'dev',
        withAnswer(answers.dev, archive, () => null),
      ),
    ).toEqual([
      {
        ...devPipe,
        code: 'pipe-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: waits,
        cause: expect.any(String),
        fix: 'npx cdktf deploy dev-subscriber-pipe',
      },
    ]);
  });

  it('is stopped: the reason is told, and how to start it', async () => {
    expect(
      await changed('dev', () => ({
        CurrentState: 'STOPPED',
        DesiredState: 'STOPPED',
        StateReason: 'Stopped by the service: the target answers 403',
      })),
    ).toEqual([
      {
        ...devPipe,
        code: 'pipe-state',
        severity: 'error',
        problem: 'it is STOPPED: Stopped by the service: the target answers 403',
        seen: waits,
        cause: expect.stringContaining('4xx'),
        fix: 'aws pipes start-pipe --name dev-delivery-results-archive --region ap-northeast-2, once the subscriber takes messages again',
      },
    ]);
  });

  it.each([
    ['STOPPING', 'error', waits, 'start-pipe'],
    ['CREATE_FAILED', 'error', waits, 'npx cdktf deploy'],
    ['CREATE_ROLLBACK_FAILED', 'error', waits, 'npx cdktf deploy'],
    ['START_FAILED', 'error', waits, 'start-pipe'],
    ['UPDATE_FAILED', 'error', 'the old settings hold', 'npx cdktf deploy'],
    ['UPDATE_ROLLBACK_FAILED', 'error', 'the old settings hold', 'npx cdktf deploy'],
    ['STOP_FAILED', 'warning', 'go on delivering', 'start-pipe'],
    ['DELETE_FAILED', 'warning', 'go on delivering', 'start-pipe'],
    ['DELETING', 'error', waits, 'npx cdktf deploy'],
    ['STARTING', 'warning', 'wait until it runs', 'two minutes'],
    ['UPDATING', 'warning', 'wait until it runs', 'two minutes'],
  ] as const)('is %s: %s', async (state, severity, seen, fix) => {
    expect(await changed('dev', () => ({ CurrentState: state, StateReason: 'because' }))).toEqual([
      expect.objectContaining({
        ...devPipe,
        code: 'pipe-state',
        severity,
        problem: `it is ${state}: because`,
        seen: expect.stringContaining(seen),
        fix: expect.stringContaining(fix),
      }),
    ]);
  });
});

describe('a pipe that was changed', () => {
  const queue = 'arn:aws:sqs:ap-northeast-2:111122223333:other';
  const pattern = '{"body":{"DEVICE":["AT"]}}';
  it.each<
    [string, 'dev' | 'prod', Partial<DescribePipeResponse>, string, string, 'error' | 'warning', string]
  >([
    ['takes from another queue', 'dev', { Source: queue }, 'pipe-source', queue, 'error', waits],
    [
      'delivers to another function',
      'dev',
      { Target: 'arn:aws:lambda:ap-northeast-2:111122223333:function:other' },
      'pipe-target',
      'arn:aws:lambda:ap-northeast-2:111122223333:function:other',
      'error',
      'deleted from the queue',
    ],
    [
      'delivers to a destination of before',
      'prod',
      { Target: `${ids.destination.slice(0, -1)}0` },
      'pipe-target',
      `${ids.destination.slice(0, -1)}0`,
      'error',
      'the subscriber gets nothing',
    ],
    [
      'acts as another role',
      'dev',
      { RoleArn: 'arn:aws:iam::111122223333:role/other' },
      'pipe-role',
      'arn:aws:iam::111122223333:role/other',
      'error',
      'AccessDenied',
    ],
    ['enriches', 'dev', { Enrichment: 'arn:e' }, 'pipe-enrichment', 'arn:e', 'error', 'enrichment'],
    [
      'has a filter: it deletes',
      'dev',
      { SourceParameters: { FilterCriteria: { Filters: [{ Pattern: pattern }] } } },
      'pipe-filter',
      pattern,
      'error',
      'are deleted from the queue',
    ],
    [
      'rewrites the body',
      'prod',
      { TargetParameters: { InputTemplate: '{"data":<$.body>}' } },
      'pipe-input-template',
      '{"data":<$.body>}',
      'error',
      'another body than agreed',
    ],
    [
      'lost its template',
      'prod',
      { TargetParameters: {} },
      'pipe-input-template',
      'none',
      'error',
      'another body than agreed',
    ],
    [
      'rewrites records for the archive',
      'dev',
      { TargetParameters: { InputTemplate: '<$.body>' } },
      'pipe-input-template',
      '<$.body>',
      'error',
      'the function gets no SQS records',
    ],
    [
      'delivers batches to a server',
      'prod',
      { SourceParameters: { SqsQueueParameters: { BatchSize: 5 } } },
      'pipe-batch-size',
      '5',
      'error',
      'one message a delivery',
    ],
    [
      'delivers other batches to a function',
      'dev',
      { SourceParameters: { SqsQueueParameters: { BatchSize: 1 } } },
      'pipe-batch-size',
      '1',
      'warning',
      'batches',
    ],
    [
      'waits for batches',
      'dev',
      { SourceParameters: { SqsQueueParameters: { BatchSize: 10, MaximumBatchingWindowInSeconds: 300 } } },
      'pipe-batching-window',
      '300 s',
      'warning',
      'later',
    ],
    [
      'does not wait for the function: a message that it fails on is lost',
      'dev',
      { TargetParameters: { LambdaFunctionParameters: { InvocationType: 'FIRE_AND_FORGET' } } },
      'pipe-invocation-type',
      'FIRE_AND_FORGET',
      'error',
      'is lost',
    ],
    [
      'does not log',
      'dev',
      { LogConfiguration: { Level: 'OFF' } },
      'pipe-log',
      'no log',
      'warning',
      'no trace',
    ],
  ])('%s', async (_what, environment, change, code, deployed, severity, seen) => {
    expect(await changed(environment, () => change)).toEqual([
      expect.objectContaining({
        ...(environment === 'dev' ? devPipe : prodPipe),
        code,
        severity,
        deployed,
        seen: expect.stringContaining(seen),
        fix: `npx cdktf deploy ${environment}-subscriber-pipe restores it; what was meant belongs in environments/`,
      }),
    ]);
  });

  it('logs the messages themselves', async () => {
    expect(
      await changed('dev', ({ LogConfiguration }) => ({
        LogConfiguration: { ...LogConfiguration, IncludeExecutionData: ['ALL'] },
      })),
    ).toEqual([
      expect.objectContaining({
        code: 'pipe-log-payloads',
        severity: 'warning',
        deployed: 'execution data: ALL',
        seen: expect.stringContaining('log-group:/aws/vendedlogs/pipes/dev-delivery-results-archive'),
      }),
    ]);
  });

  it('adds headers: their values, which may be secrets, are not printed', async () => {
    const found = await changed('prod', ({ TargetParameters }) => ({
      TargetParameters: { ...TargetParameters, HttpParameters: { HeaderParameters: { 'X-Token': 'hush' } } },
    }));
    expect(found).toEqual([
      expect.objectContaining({
        code: 'pipe-header',
        synthesized: 'none',
        deployed: 'X-Token: (another value)',
      }),
    ]);
    expect(JSON.stringify(found)).not.toContain('hush');
  });

  it('is not held against a destination that was not found: that is a finding of its own', async () => {
    const unknown = plansWith(prod, new Map());
    expect((await examined(pipes, unknown, answers.prod)).findings).toEqual([]);
  });
});

describe('a filter', () => {
  const environment = variants[Object.keys(variants).find((name) => name.includes('filter,')) ?? ''];
  if (!environment) throw new Error('no variant has a filter');
  const filtered = plansWith(environment, new Map());
  const filterFinding = async (...patterns: readonly string[]) => {
    const only = {
      ...pipePlan(filtered),
      configuration: {
        ...pipePlan(filtered).configuration,
        resource: {
          ...pipePlan(filtered).configuration.resource,
          aws_pipes_pipe: {
            filtered_out_pipe: pipePlan(filtered).configuration.resource?.aws_pipes_pipe?.filtered_out_pipe,
          },
        },
      },
    };
    const account = '111122223333';
    const name = 'dev-filtered-out';
    const base = recorded('pipes-prod').get(toServer) as DescribePipeResponse;
    const answer: DescribePipeResponse = {
      ...base,
      Source: `arn:aws:sqs:ap-northeast-2:${account}:dev-filtered`,
      RoleArn: `arn:aws:iam::${account}:role/${name}-role`,
      LogConfiguration: {
        Level: 'ERROR',
        CloudwatchLogsLogDestination: {
          LogGroupArn: `arn:aws:logs:ap-northeast-2:${account}:log-group:/aws/vendedlogs/pipes/${name}`,
        },
      },
      SourceParameters: {
        SqsQueueParameters: { BatchSize: 1 },
        FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) },
      },
    };
    const given = new Map([
      [`pipes:DescribePipe arn:aws:pipes:ap-northeast-2:${account}:pipe/${name}`, answer],
    ]);
    return (await examined(pipes, [only], given)).findings;
  };
  const own = '{"body":{"tenant":[{"exists":true}]}}';

  it('is the same with other spaces', async () => {
    expect(await filterFinding('{ "body": { "tenant": [ { "exists": true } ] } }')).toEqual([]);
  });

  it('that is gone lets more through', async () => {
    expect(await filterFinding()).toEqual([
      expect.objectContaining({
        code: 'pipe-filter',
        severity: 'warning',
        problem: 'its filter is gone',
        synthesized: own,
        deployed: 'none: all are delivered',
      }),
    ]);
  });

  it('with one more pattern lets more through', async () => {
    expect(await filterFinding(own, '{"body":{"a":[1]}}')).toEqual([
      expect.objectContaining({ code: 'pipe-filter', severity: 'warning' }),
    ]);
  });

  it('with another pattern deletes', async () => {
    expect(await filterFinding('{"body":{"a":[1]}}')).toEqual([
      expect.objectContaining({
        code: 'pipe-filter',
        severity: 'error',
        seen: expect.stringContaining('are deleted from the queue'),
      }),
    ]);
  });
});
