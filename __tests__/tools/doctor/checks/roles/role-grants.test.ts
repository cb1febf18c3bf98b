import { describe, expect, it } from 'vitest';
import { roles } from '../../../../../tools/doctor/checks/roles/roles';
import { type Answers, withAnswer } from '../../recorded';
import {
  answersOf,
  examined,
  keyArn,
  keyIds,
  told,
  type WrittenStatement,
  withAttributes,
  withGrants,
  without,
  withStatements,
} from '../queues/queue-subjects';

const dev = answersOf('dev', 'roles', 'queues');
const prod = answersOf('prod', 'roles', 'queues', 'keys');
const arn = (name: string) =>
  `arn:aws:iam::${name.startsWith('dev') ? '111122223333' : '444455556666'}:role/${name}`;
const queueArn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results';
const sender = 'dev-delivery-results-to-queue';
const findings = async (stackId: string, answers: Answers) =>
  (await examined(roles, stackId, answers)).findings;
const lacking = async (stackId: string, name: string, ...actions: readonly string[]) =>
  findings(stackId, withGrants(stackId.startsWith('dev') ? dev : prod, arn(name), without(...actions)));

const refused =
  'SQS answers AccessDenied: callers of POST /v1/bizppurio/delivery-results get 502 {"message":"Not accepted, try again later"}';
const growing =
  'the queue grows, the alarm on ApproximateAgeOfOldestMessage goes off, and messages are lost once they are older than the queue keeps them';

/** The queue no longer names the sender. */
const closed = (answers: Answers) =>
  withAttributes(answers, queueArn, ({ Policy }) => ({
    Policy: withStatements(Policy, (statements) => statements.filter(({ Sid }) => !Sid?.endsWith('Sends'))),
  }));

describe('sqs:SendMessage', () => {
  const cannot = withGrants(dev, arn(sender), without('sqs:SendMessage'));

  it('is lacking, and the queue lets the role send all the same', async () => {
    expect(await findings('dev-callback-receiver', cannot)).toEqual([
      {
        at: 'dev-callback-receiver: aws_iam_role_policy.delivery_results_sender_grants',
        subject: `role ${sender}`,
        code: 'role-grant-send',
        severity: 'warning',
        problem: 'it may not do sqs:SendMessage',
        synthesized: `Allow sqs:SendMessage on ${queueArn}`,
        deployed: 'nothing that allows sqs:SendMessage',
        seen: `nothing yet: the policy of queue dev-delivery-results allows it all the same; without that, ${refused}`,
        cause: `Its policy ${sender} was changed in the console or by another tool`,
        fix: 'npx cdktf deploy dev-callback-receiver restores it; what was meant belongs in environments/',
      },
    ]);
  });

  it('is lacking in both halves', async () => {
    expect(await findings('dev-callback-receiver', closed(cannot))).toMatchObject([
      { code: 'role-grant-send', severity: 'error', seen: refused },
    ]);
  });

  it('is lacking where the queue does not exist', async () => {
    const answers = withAnswer(cannot, `sqs:GetQueueUrl ${queueArn}`, () => null);
    expect(await findings('dev-callback-receiver', answers)).toMatchObject([{ severity: 'error' }]);
  });

  it('is denied by another statement, which is one finding even where the queue allows it', async () => {
    const deny = { Effect: 'Deny', Action: 'sqs:Send*', Resource: '*' };
    const answers = withGrants(dev, arn(sender), (statements) => [...statements, deny]);
    expect(await findings('dev-callback-receiver', answers)).toMatchObject([
      {
        code: 'role-grant-send',
        severity: 'error',
        seen: refused,
        deployed: 'Deny sqs:Send* on *',
        cause:
          'A denial wins over every permission. Someone has added it in the console or with another tool',
      },
    ]);
  });

  it('is not touched by a denial of other actions, which is a warning', async () => {
    const deny = { Effect: 'Deny', Action: 'sqs:PurgeQueue', Resource: '*' };
    const answers = withGrants(dev, arn(sender), (statements) => [...statements, deny]);
    expect(await findings('dev-callback-receiver', answers)).toMatchObject([
      {
        code: 'role-grant-extra',
        severity: 'warning',
        deployed: 'Deny sqs:PurgeQueue on *',
        seen: 'nothing: it was granted nothing of what is denied',
      },
    ]);
  });

  it('is allowed on another queue alone', async () => {
    const answers = withGrants(closed(dev), arn(sender), (statements) =>
      statements.map((statement) => ({ ...statement, Resource: `${queueArn}-other` })),
    );
    expect((await findings('dev-callback-receiver', answers)).map(({ code }) => code)).toEqual([
      'role-grant-send',
      'role-grant-extra',
    ]);
  });

  it('is allowed on a condition that is not known here: the statement is held against the text', async () => {
    const answers = withGrants(closed(dev), arn(sender), (statements) =>
      statements.map((statement) => ({
        ...statement,
        Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } },
      })),
    );
    expect((await findings('dev-callback-receiver', answers)).map(({ code }) => code)).toContain(
      'role-grant-send',
    );
  });

  it('is not lacking while a denial on such a condition leaves it open', async () => {
    const deny = {
      Effect: 'Deny',
      Action: 'sqs:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } },
    };
    const answers = withGrants(closed(dev), arn(sender), (statements) => [...statements, deny]);
    expect((await findings('dev-callback-receiver', answers)).map(({ code }) => code)).toEqual([
      'role-grant-extra',
    ]);
  });

  it('may be allowed by a managed policy, which is not read', async () => {
    const answers = withAnswer(cannot, `iam:ListAttachedRolePolicies ${arn(sender)}`, () => ['PowerUsers']);
    const [finding] = await findings('dev-callback-receiver', answers);
    expect(finding?.cause).toMatch(/, unless its policy PowerUsers allows it$/);
  });

  it('of a WebSocket API leaves clients without an answer', async () => {
    const [finding] = await lacking(
      'dev-websocket-reply',
      'dev-websocket-messages-to-queue',
      'sqs:SendMessage',
    );
    expect(finding?.seen).toContain(
      'SQS answers AccessDenied: clients of WebSocket API dev-websocket-reply get {"message":"Internal server error"} or no answer at all',
    );
  });
});

describe('every other action that is lacking', () => {
  const reply = 'dev-websocket-reply-role';
  const pipe = 'dev-delivery-results-archive-role';
  const writer = 'dev-delivery-results-archive-writer-role';

  it.each([
    [
      'dev-subscriber-pipe',
      pipe,
      ['sqs:ReceiveMessage'],
      'role-grant-receive',
      'error',
      `SQS answers AccessDenied to pipe dev-delivery-results-archive: ${growing}`,
    ],
    [
      'dev-websocket-reply',
      reply,
      ['sqs:GetQueueAttributes'],
      'role-grant-receive',
      'error',
      `SQS answers AccessDenied to function dev-websocket-reply: ${growing}`,
    ],
    [
      'dev-websocket-reply',
      reply,
      ['sqs:DeleteMessage'],
      'role-grant-delete',
      'error',
      'SQS answers AccessDenied when function dev-websocket-reply deletes what was processed: every message comes back and is processed again, until it is in the dead-letter queue',
    ],
    [
      'dev-subscriber-pipe',
      pipe,
      ['lambda:InvokeFunction'],
      'role-grant-invoke',
      'error',
      'Lambda answers AccessDeniedException to pipe dev-delivery-results-archive: the function gets nothing, and messages end in the dead-letter queue',
    ],
    [
      'dev-subscriber-pipe',
      writer,
      ['s3:PutObject'],
      'role-grant-archive',
      'error',
      'S3 answers AccessDenied to function dev-delivery-results-archive-writer: nothing is archived, pipe dev-delivery-results-archive fails with it, messages come back and end in the dead-letter queue',
    ],
    [
      'dev-subscriber-pipe',
      writer,
      ['logs:CreateLogStream', 'logs:PutLogEvents'],
      'role-grant-logs',
      'warning',
      'function dev-delivery-results-archive-writer writes no logs: nobody notices until one is looked for',
    ],
    [
      'dev-callback-receiver',
      'dev-api-gateway-logs',
      ['logs:PutLogEvents'],
      'role-grant-logs',
      'warning',
      'API Gateway writes no logs: nobody notices until one is looked for',
    ],
    [
      'dev-websocket-reply',
      reply,
      ['xray:PutTraceSegments'],
      'role-grant-traces',
      'warning',
      'function dev-websocket-reply is not in the traces of X-Ray',
    ],
    [
      'prod-subscriber-pipe',
      'prod-delivery-results-role',
      ['events:InvokeApiDestination'],
      'role-grant-destination',
      'error',
      'EventBridge answers AccessDeniedException to pipe prod-delivery-results: the subscriber gets nothing, and messages end in the dead-letter queue',
    ],
    [
      'prod-subscriber-pipe',
      'prod-delivery-results-role',
      ['kms:Decrypt'],
      'role-grant-key',
      'error',
      `SQS answers KMS.AccessDeniedException to pipe prod-delivery-results: ${growing}`,
    ],
    [
      'prod-callback-receiver',
      'prod-delivery-results-to-queue',
      ['kms:GenerateDataKey'],
      'role-grant-key',
      'error',
      'SQS answers KMS.AccessDeniedException: callers of POST /v1/bizppurio/delivery-results get 502 {"message":"Not accepted, try again later"}',
    ],
  ] as const)('in %s, %s: %s', async (stackId, name, actions, code, severity, seen) => {
    expect(told(await lacking(stackId, name, ...actions))).toEqual([
      {
        code,
        severity,
        subject: `role ${name}`,
        problem: `it may not do ${actions.join(', ')}`,
        seen,
      },
    ]);
  });

  const connections = (answers: Answers) =>
    withAnswer<{ PolicyName: string }[]>(answers, `iam:GetRolePolicy ${arn(reply)}`, (documents) =>
      documents.filter(({ PolicyName }) => !PolicyName.endsWith('-connections')),
    );
  const silent =
    'API Gateway answers 403 to the replies of function dev-websocket-reply: clients hear nothing, and messages end in the dead-letter queue';

  it('execute-api:ManageConnections, by the API’s id, silences clients', async () => {
    const answers = withGrants(dev, arn(reply), (statements) =>
      statements.map(
        (statement) =>
          JSON.parse(JSON.stringify(statement).replace('uuygmwjb', 'otherapi')) as WrittenStatement,
      ),
    );
    expect(told(await findings('dev-websocket-reply', answers))).toEqual([
      {
        code: 'role-grant-connections',
        severity: 'error',
        subject: `role ${reply}`,
        problem: 'it may not do execute-api:ManageConnections',
        seen: silent,
      },
      expect.objectContaining({ code: 'role-grant-extra' }),
    ]);
  });

  it('with its whole policy is one finding', async () => {
    const found = await findings('dev-websocket-reply', connections(dev));
    expect(found).toMatchObject([
      {
        at: 'dev-websocket-reply: aws_iam_role_policy.reply_role_connections',
        code: 'role-policy-missing',
        severity: 'error',
        problem: `its policy ${reply}-connections does not exist: it may not do execute-api:ManageConnections`,
        seen: silent,
      },
    ]);
  });

  it('that follow from several kinds are told together where the policy is gone', async () => {
    const answers = withAnswer<{ PolicyName: string }[]>(
      dev,
      `iam:GetRolePolicy ${arn(reply)}`,
      (documents) => documents.filter(({ PolicyName }) => PolicyName.endsWith('-connections')),
    );
    const [finding, ...others] = await findings('dev-websocket-reply', answers);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'role-policy-missing',
      severity: 'error',
      problem: `its policy ${reply} does not exist: it may not do logs:CreateLogStream, logs:PutLogEvents, xray:PutTelemetryRecords, xray:PutTraceSegments, sqs:DeleteMessage, sqs:GetQueueAttributes, sqs:ReceiveMessage`,
    });
    expect(finding?.seen).toContain('writes no logs');
    expect(finding?.seen).toContain(growing);
  });

  it('are none where another policy of the role has them, which is a warning', async () => {
    const answers = withAnswer<{ PolicyName: string }[]>(
      withAnswer<string[]>(dev, `iam:ListRolePolicies ${arn(sender)}`, () => ['renamed']),
      `iam:GetRolePolicy ${arn(sender)}`,
      (documents) => documents.map((document) => ({ ...document, PolicyName: 'renamed' })),
    );
    expect(told(await findings('dev-callback-receiver', answers))).toEqual([
      {
        code: 'role-policy-missing',
        severity: 'warning',
        subject: `role ${sender}`,
        problem: `its policy ${sender} does not exist`,
        seen: 'nothing yet: its other policies allow the same',
      },
    ]);
  });

  it('are all lacking where the role has no inline policy at all', async () => {
    const answers = withAnswer(closed(dev), `iam:ListRolePolicies ${arn(sender)}`, () => []);
    expect(told(await findings('dev-callback-receiver', answers))).toEqual([
      {
        code: 'role-policy-missing',
        severity: 'error',
        subject: `role ${sender}`,
        problem: `its policy ${sender} does not exist: it may not do sqs:SendMessage`,
        seen: refused,
      },
    ]);
  });
});

describe('kms actions', () => {
  const key = `kms:GetKeyPolicy ${keyArn(keyIds['prod-callback-receiver'])}`;
  const role = 'prod-delivery-results-role';
  const cannot = withGrants(prod, arn(role), without('kms:Decrypt'));

  it('that the role lacks and the key’s own policy allows it are a warning', async () => {
    const answers = withAnswer<{ Policy: string }>(cannot, key, ({ Policy }) => ({
      Policy: withStatements(Policy, (statements) => [
        ...statements,
        { Effect: 'Allow', Principal: { AWS: arn(role) }, Action: 'kms:Decrypt', Resource: '*' },
      ]),
    }));
    const [finding] = await findings('prod-subscriber-pipe', answers);
    expect(finding).toMatchObject({ code: 'role-grant-key', severity: 'warning' });
    expect(finding?.seen).toMatch(
      /^nothing yet: the policy of key alias\/prod-callback-receiver allows it all the same; without that, SQS answers KMS.AccessDeniedException/,
    );
  });

  it('that the key’s policy leaves to the role are lacking', async () => {
    expect(await findings('prod-subscriber-pipe', cannot)).toMatchObject([{ severity: 'error' }]);
  });

  it('are lacking where the alias points nowhere', async () => {
    const answers = withAnswer(
      cannot,
      'kms:DescribeKey arn:aws:kms:ap-northeast-2:444455556666:key/*',
      () => null,
    );
    expect(await findings('prod-subscriber-pipe', answers)).toMatchObject([{ severity: 'error' }]);
  });

  it('are held against the alias that the grant names', async () => {
    const answers = withGrants(prod, arn(role), (statements) =>
      statements.map(
        (statement) =>
          JSON.parse(
            JSON.stringify(statement).replace('alias/prod-callback-receiver', 'alias/other'),
          ) as WrittenStatement,
      ),
    );
    expect((await findings('prod-subscriber-pipe', answers)).map(({ code }) => code)).toEqual([
      'role-grant-key',
      'role-grant-extra',
    ]);
  });
});
