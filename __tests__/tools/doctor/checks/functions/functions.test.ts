import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { functions } from '../../../../../tools/doctor/checks/functions/functions';
import { type Plan, resourcesOf } from '../../../../../tools/plan/plan';
import { type Answers, recorded, withAnswer } from '../../recorded';
import {
  accounts,
  apiIds,
  changedByHand,
  environments,
  examined,
  type Name,
  planOf,
  withResource,
} from '../web-socket-api/web-socket-subjects';

const configuration = (name: Name, fn: string) =>
  `lambda:GetFunctionConfiguration arn:aws:lambda:ap-northeast-2:${accounts[name]}:function:${fn}`;
const concurrency = (name: Name, fn: string) =>
  `lambda:GetFunctionConcurrency arn:aws:lambda:ap-northeast-2:${accounts[name]}:function:${fn}`;

/** As recorded, with the code that is synthesized now deployed. */
function intactOf(name: Name): Answers {
  let answers = recorded(`functions-${name}`);
  for (const stack of ['websocket-reply', 'subscriber-pipe']) {
    const synthesized = resourcesOf(planOf(name, stack), 'aws_lambda_function', {
      reads: ['function_name', 'source_code_hash'],
      ignores: 'the rest',
    });
    for (const { attributes } of synthesized) {
      const key = configuration(name, String(attributes.get('function_name')));
      answers = withAnswer<object>(answers, key, (answer) => ({
        ...answer,
        CodeSha256: attributes.get('source_code_hash'),
      }));
    }
  }
  return answers;
}

const intact = { dev: intactOf('dev'), prod: intactOf('prod') };

const reply = {
  at: 'dev-websocket-reply: aws_lambda_function.reply',
  subject: 'function dev-websocket-reply',
};
const byHand = changedByHand('dev-websocket-reply');
const silence = 'clients of WebSocket API dev-websocket-reply get silence instead of replies';
const waiting = `the queue dev-websocket-messages.fifo, which WebSocket API dev-websocket-reply fills, grows and the alarm on ApproximateAgeOfOldestMessage goes off; ${silence}`;
const failing = `batches fail and come back until maxReceiveCount, then their messages go to the dead-letter queue; ${silence}`;

const replyKey = configuration('dev', 'dev-websocket-reply');
const plan = planOf('dev', 'websocket-reply');

const findingsOf = async (answers: Answers, of: Plan = plan) =>
  (await examined(functions, 'dev', of, answers)).findings;

const changed = (change: Partial<FunctionConfiguration>, of: Plan = plan) =>
  findingsOf(
    withAnswer<object>(intact.dev, replyKey, (answer) => ({ ...answer, ...change })),
    of,
  );

const reserved = (answer: object | null, of: Plan = plan) =>
  findingsOf(
    withAnswer(intact.dev, concurrency('dev', 'dev-websocket-reply'), () => answer),
    of,
  );

const variables = (change: (variables: Record<string, string>) => Record<string, string>, of: Plan = plan) =>
  findingsOf(
    withAnswer<FunctionConfiguration>(intact.dev, replyKey, (answer) => ({
      ...answer,
      Environment: { Variables: change(answer.Environment?.Variables ?? {}) },
    })),
    of,
  );

describe('functions as they were synthesized', () => {
  it.each(environments)('are no finding in %s', async (name) => {
    for (const stack of ['websocket-reply', 'subscriber-pipe']) {
      expect(await examined(functions, name, planOf(name, stack), intact[name])).toEqual({
        resources: 1,
        findings: [],
      });
    }
  });

  it('are no concern of a stack without any', async () => {
    const none = planOf('dev', 'callback-receiver');
    expect(functions.permissions(none)).toEqual([]);
    expect(await examined(functions, 'dev', none, new Map())).toEqual({ resources: 0, findings: [] });
  });

  it('may come back without what Lambda leaves out', async () => {
    const { LoggingConfig: _logging, ...rest } = intact.dev.get(replyKey) as FunctionConfiguration;
    expect(
      await findingsOf(
        withAnswer(intact.dev, replyKey, () => ({
          ...rest,
          State: undefined,
          LastUpdateStatus: undefined,
          Timeout: undefined,
        })),
      ),
    ).toEqual([]);
  });

  it.each(environments)('ask in %s for nothing but what is declared, and for all of it', (name) => {
    const declared = ['websocket-reply', 'subscriber-pipe']
      .flatMap((stack) => functions.permissions(planOf(name, stack)))
      .map(({ action, resource }) => `${action} ${resource}`);
    expect(declared.sort()).toEqual([...intact[name].keys()].sort());
  });

  it('whose variables are not shown are told to be unread, not to have none', async () => {
    const refused = { ErrorCode: 'AccessDeniedException', Message: 'not authorized to perform kms:Decrypt' };
    expect(await changed({ Environment: { Error: refused } })).toEqual([
      expect.objectContaining({
        ...reply,
        code: 'function-variables-unread',
        severity: 'warning',
        problem:
          'its environment variables cannot be read: AccessDeniedException: not authorized to perform kms:Decrypt',
      }),
    ]);
  });
});

it('a function that is missing lets its queue grow', async () => {
  const answers = withAnswer(
    withAnswer(intact.dev, replyKey, () => null),
    concurrency('dev', 'dev-websocket-reply'),
    () => null,
  );
  expect(await findingsOf(answers)).toEqual([
    {
      ...reply,
      code: 'function-missing',
      severity: 'error',
      problem: 'it does not exist',
      seen: waiting,
      cause: 'The stack was never deployed to the end, or someone has deleted the function.',
      fix: 'npx cdktf deploy dev-websocket-reply',
    },
  ]);
});

it('a function behind a pipe names the queue that the pipe reads, and its callers', async () => {
  const key = configuration('dev', 'dev-delivery-results-archive-writer');
  const pipePlan = planOf('dev', 'subscriber-pipe');
  const writer = (change: object) =>
    findingsOf(
      withAnswer<object>(intact.dev, key, (answer) => ({ ...answer, ...change })),
      pipePlan,
    );
  expect(await writer({ State: 'Failed' })).toMatchObject([
    {
      at: 'dev-subscriber-pipe: aws_lambda_function.delivery_results_archive_writer',
      subject: 'function dev-delivery-results-archive-writer',
      seen: 'invocations fail: the queue dev-delivery-results, which POST /v1/bizppurio/delivery-results fills, grows and the alarm on ApproximateAgeOfOldestMessage goes off; callers notice nothing, since their messages are accepted as before',
    },
  ]);
  expect(
    await writer({
      Environment: {
        Variables: {
          BUCKET_NAME: 'dev-delivery-results-archive-111122223333-ap-northeast-2',
          MAX_RECEIVE_COUNT: '480',
          MESSAGE_KEY_FIELD: 'other',
        },
      },
    }),
  ).toContainEqual(
    expect.objectContaining({
      code: 'function-variable',
      severity: 'error',
      problem: 'its environment variable MESSAGE_KEY_FIELD is another one',
    }),
  );
  expect(
    await writer({
      Environment: {
        Variables: { BUCKET_NAME: 'other', MAX_RECEIVE_COUNT: '480', MESSAGE_KEY_FIELD: 'MSGID' },
      },
    }),
  ).toContainEqual(
    expect.objectContaining({
      code: 'function-variable',
      severity: 'error',
      problem: 'its environment variable BUCKET_NAME is another one',
      synthesized: 'dev-delivery-results-archive-111122223333-ap-northeast-2',
      deployed: 'other',
      seen: 'S3 answers AccessDenied, since the role may write to its own bucket alone, or NoSuchBucket: batches fail and come back until maxReceiveCount, then their messages go to the dead-letter queue of the queue that the pipe reads; callers notice nothing, since their messages are accepted as before',
    }),
  );
});

describe('the state of a function', () => {
  it.each([
    [
      { State: 'Failed', StateReasonCode: 'DisabledKMSKey', StateReason: 'The key is disabled' },
      'error',
      'it is Failed: DisabledKMSKey, The key is disabled',
      `invocations fail: ${waiting}`,
    ],
    [
      { State: 'Inactive', StateReasonCode: 'Idle', StateReason: 'The function is inactive' },
      'warning',
      'it is Inactive: Idle, The function is inactive',
      'the first invocation fails and wakes it; SQS delivers that batch again',
    ],
    [
      { State: 'Pending', StateReasonCode: 'Creating' },
      'warning',
      'it is Pending: Creating',
      `until it is Active it cannot be invoked: ${waiting}`,
    ],
  ] as const)('is told with its reason: %j', async (change, severity, problem, seen) => {
    const [finding, ...others] = await changed(change);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ ...reply, code: 'function-state', severity, problem, seen });
    expect(finding?.cause).not.toBe(byHand.cause);
  });

  it('may be that its last change failed', async () => {
    expect(
      await changed({
        LastUpdateStatus: 'Failed',
        LastUpdateStatusReasonCode: 'InvalidConfiguration',
        LastUpdateStatusReason: 'no such role',
      }),
    ).toEqual([
      {
        ...reply,
        fix: byHand.fix,
        code: 'function-update',
        severity: 'error',
        problem: 'its last change is Failed: InvalidConfiguration, no such role',
        seen: 'messages are worked on by what it was before the change, whatever its configuration shows',
        cause: 'What the change names cannot be used: the reason says which.',
      },
    ]);
    expect(await changed({ LastUpdateStatus: 'InProgress' })).toMatchObject([
      { code: 'function-update', severity: 'warning', problem: 'its last change is InProgress' },
    ]);
  });
});

describe('what a function runs', () => {
  it("is other code than the commit's when the hash differs", async () => {
    expect(await changed({ CodeSha256: 'b3RoZXI=' })).toMatchObject([
      {
        ...reply,
        code: 'function-code',
        severity: 'error',
        problem: "it runs other code than this commit's",
        deployed: 'b3RoZXI=',
        seen: `messages are worked on by that code: results may be others, or ${failing}`,
        cause:
          'This commit was not deployed, a later one was, or someone has edited the code in the console.',
      },
    ]);
  });

  it.each([
    [
      { Handler: 'main.run' },
      {
        code: 'function-handler',
        severity: 'error',
        synthesized: 'index.handler',
        deployed: 'main.run',
        seen: `Runtime.ImportModuleError or Runtime.HandlerNotFound where the archive has no such one: ${failing}`,
      },
    ],
    [
      { Runtime: 'nodejs20.x' },
      { code: 'function-runtime', severity: 'warning', synthesized: 'nodejs22.x', deployed: 'nodejs20.x' },
    ],
    [
      { Runtime: 'python3.13' },
      { code: 'function-runtime', severity: 'error', seen: `the code cannot be loaded: ${failing}` },
    ],
    [
      { Role: 'arn:aws:iam::111122223333:role/other' },
      {
        code: 'function-role',
        severity: 'error',
        synthesized: 'arn:aws:iam::111122223333:role/dev-websocket-reply-role',
        seen: `AccessDenied for whatever that role may not do: taking from the queue, so that ${waiting}; or doing its work, so that ${failing}`,
      },
    ],
    [
      { MemorySize: 128 },
      { code: 'function-memory', severity: 'warning', synthesized: '256 MB', deployed: '128 MB' },
    ],
    [
      { Architectures: undefined },
      { code: 'function-architecture', severity: 'warning', synthesized: 'arm64', deployed: 'x86_64' },
    ],
    [
      { TracingConfig: { Mode: 'PassThrough' } },
      { code: 'function-tracing', severity: 'warning', synthesized: 'Active', deployed: 'PassThrough' },
    ],
    [
      { LoggingConfig: { LogFormat: 'Text', LogGroup: '/other' } },
      {
        code: 'function-log-group',
        severity: 'warning',
        synthesized: '/aws/lambda/dev-websocket-reply',
        deployed: '/other',
        seen: 'no log at all: its role may write to its own log group alone',
      },
    ],
    [
      { LoggingConfig: { LogFormat: 'JSON', LogGroup: '/aws/lambda/dev-websocket-reply' } },
      { code: 'function-log-format', severity: 'warning', synthesized: 'Text', deployed: 'JSON' },
    ],
  ] as const)('differs: %j', async (change, finding) => {
    expect(await changed(change as Partial<FunctionConfiguration>)).toMatchObject([
      { ...reply, ...byHand, ...finding },
    ]);
  });

  it('is compared only where the plan says something', async () => {
    const silent = withResource(plan, 'aws_lambda_function', 'reply', {
      logging_config: null,
      tracing_config: null,
      reserved_concurrent_executions: null,
    });
    const other = {
      LoggingConfig: { LogFormat: 'JSON' as const, LogGroup: '/other' },
      TracingConfig: { Mode: 'PassThrough' as const },
    };
    expect(await changed(other, silent)).toEqual([]);
    expect(functions.permissions(silent)).toHaveLength(1);
    expect(await reserved({ ReservedConcurrentExecutions: 0 }, silent)).toEqual([]);
  });
});

describe('the timeout of a function', () => {
  it('ends batches when it is shorter', async () => {
    expect(await changed({ Timeout: 3 })).toEqual([
      {
        ...reply,
        ...byHand,
        code: 'function-timeout',
        severity: 'error',
        problem: 'it has less time for a batch',
        synthesized: '30 s',
        deployed: '3 s',
        seen: `"Task timed out after 3.00 seconds" for batches that need more: ${failing}. What was done in them is done again`,
      },
    ]);
  });

  it('wants a visibility timeout six times as long', async () => {
    expect(await changed({ Timeout: 31 })).toEqual([
      {
        ...reply,
        fix: byHand.fix,
        code: 'function-timeout',
        severity: 'warning',
        problem: 'it has more time for a batch than the queue hides messages for',
        synthesized: '30 s',
        deployed: '31 s',
        seen: 'a batch that was throttled shows again before Lambda has retried it: its receive count rises without a try, and messages reach the dead-letter queue too early',
        cause:
          'The queue hides messages for 180 s; six times 31 s would be 186 s. The timeout was raised in the console.',
      },
    ]);
  });

  it('beyond the visibility timeout has messages worked on twice', async () => {
    expect(await changed({ Timeout: 181 })).toMatchObject([
      {
        code: 'function-timeout',
        severity: 'error',
        seen: 'messages show again while the function still works on them: they are worked on twice, and a FIFO group loses its order. Lambda refuses later changes of the event source mapping with InvalidParameterValueException',
      },
    ]);
    expect(await changed({ Timeout: 180 })).toMatchObject([{ severity: 'warning' }]);
  });

  it('may be longer where the queue allows for it', async () => {
    const shorter = withResource(plan, 'aws_lambda_function', 'reply', { timeout: 10 });
    expect(await changed({ Timeout: 30 }, shorter)).toMatchObject([
      {
        code: 'function-timeout',
        severity: 'warning',
        problem: 'it has more time for a batch',
        seen: 'nothing while the queue hides messages for six times as long',
      },
    ]);
  });
});

describe('environment variables', () => {
  it('that name another API end in silence', async () => {
    expect(
      await variables((all) => ({
        ...all,
        CONNECTIONS_ENDPOINT: 'https://gone123.execute-api.ap-northeast-2.amazonaws.com/v1',
      })),
    ).toEqual([
      {
        ...reply,
        fix: byHand.fix,
        code: 'function-variable',
        severity: 'error',
        problem: 'its environment variable CONNECTIONS_ENDPOINT is another one',
        synthesized: `https://${apiIds.dev}.execute-api.ap-northeast-2.amazonaws.com/v1`,
        deployed: 'https://gone123.execute-api.ap-northeast-2.amazonaws.com/v1',
        seen: `replies are posted to another API or stage, which answers 403 (ForbiddenException or AccessDeniedException), or 410 GoneException as for a client that has left. After 403 ${failing}. After 410 the message counts as done and is deleted: silence, without an alarm`,
        cause: 'An API that is deleted and made again has another id, and the function keeps the old one.',
      },
    ]);
  });

  it('that are missing stop the function where it cannot do without', async () => {
    expect(await variables(({ MAX_RECEIVE_COUNT = '' }) => ({ MAX_RECEIVE_COUNT }))).toMatchObject([
      {
        code: 'function-variable-missing',
        severity: 'error',
        problem: 'its environment variable CONNECTIONS_ENDPOINT is not set',
        deployed: 'not set',
        seen: `the function ends with an error as it starts: ${failing}`,
      },
    ]);
    expect(await variables(({ CONNECTIONS_ENDPOINT = '' }) => ({ CONNECTIONS_ENDPOINT }))).toMatchObject([
      {
        code: 'function-variable-missing',
        severity: 'warning',
        problem: 'its environment variable MAX_RECEIVE_COUNT is not set',
        synthesized: '5',
      },
    ]);
    expect((await changed({ Environment: undefined })).map(({ severity }) => severity)).toEqual([
      'error',
      'warning',
    ]);
  });

  it('with another receive count are told with both', async () => {
    expect(await variables((all) => ({ ...all, MAX_RECEIVE_COUNT: '3' }))).toMatchObject([
      {
        code: 'function-variable',
        severity: 'warning',
        problem: 'its environment variable MAX_RECEIVE_COUNT is another one',
        synthesized: '5',
        deployed: '3',
      },
    ]);
  });

  it('that nobody synthesized are told by name, never by value', async () => {
    const findings = await variables((all) => ({ ...all, Z_TOKEN: 'hush-1', API_KEY: 'hush-2' }));
    expect(findings).toEqual([
      {
        ...reply,
        ...byHand,
        code: 'function-variable-extra',
        severity: 'warning',
        problem: 'it has environment variables that were not synthesized: API_KEY, Z_TOKEN',
        seen: 'nothing, unless one of them changes how Node.js, the AWS SDK or the code behaves; the next deploy takes them away',
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('hush');
  });

  it('that hold the id of an API that is not there are not compared', async () => {
    expect(await findingsOf(intact.dev, { ...plan, known: new Map() })).toEqual([]);
  });

  it('may be written as a list of one block', async () => {
    const listed = withResource(plan, 'aws_lambda_function', 'reply', {
      environment: [{ variables: { MAX_RECEIVE_COUNT: '7' } }],
    });
    expect(await variables(() => ({ MAX_RECEIVE_COUNT: '5' }), listed)).toMatchObject([
      { code: 'function-variable', synthesized: '7', deployed: '5' },
    ]);
  });

  it('that hold a Terraform variable are not compared, and their value is not told', async () => {
    const secret = {
      ...withResource(plan, 'aws_lambda_function', 'reply', {
        environment: { variables: { TOKEN: '${var.token}' } },
      }),
    };
    const of: Plan = {
      ...secret,
      configuration: { ...secret.configuration, variable: { token: { type: 'string', sensitive: true } } },
    };
    expect(await variables(() => ({ TOKEN: 'hush' }), of)).toEqual([]);
    expect(await variables(() => ({}), of)).toMatchObject([
      { code: 'function-variable-missing', synthesized: '(a value)', severity: 'error' },
    ]);
  });
});

describe('reserved concurrency', () => {
  it('of 0 stops the function', async () => {
    expect(await reserved({ ReservedConcurrentExecutions: 0 })).toEqual([
      {
        ...reply,
        ...byHand,
        code: 'function-concurrency',
        severity: 'error',
        problem: 'it is throttled entirely: 0 executions are reserved for it',
        synthesized: '10 reserved',
        deployed: '0 reserved',
        seen: `every invocation ends in 429 TooManyRequestsException: ${waiting}`,
      },
    ]);
  });

  it('below what the event source mapping starts throttles batches', async () => {
    expect(await reserved({ ReservedConcurrentExecutions: 4 })).toMatchObject([
      {
        code: 'function-concurrency',
        severity: 'error',
        problem: 'fewer executions are reserved for it than the 10 that its event source mapping starts',
        deployed: '4 reserved',
      },
    ]);
  });

  it.each([
    [{ ReservedConcurrentExecutions: 40 }, 'another number of executions is reserved for it'],
    [{}, 'no executions are reserved for it'],
  ])('may be another one without harm: %j', async (answer, problem) => {
    expect(await reserved(answer)).toMatchObject([
      { code: 'function-concurrency', severity: 'warning', problem },
    ]);
  });
});
