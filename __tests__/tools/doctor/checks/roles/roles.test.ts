import type { Role } from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { roles } from '../../../../../tools/doctor/checks/roles/roles';
import { type Answers, withAnswer } from '../../recorded';
import {
  answersOf,
  asked,
  coverage,
  examined,
  planOf,
  told,
  type WrittenStatement,
  withGrants,
  without,
  withStatements,
} from '../queues/queue-subjects';

const dev = answersOf('dev', 'roles', 'queues');
const prod = answersOf('prod', 'roles', 'queues', 'keys');
const arn = (name: string) =>
  `arn:aws:iam::${name.startsWith('dev') ? '111122223333' : '444455556666'}:role/${name}`;

const sender = 'dev-delivery-results-to-queue';
const growing =
  'the queue grows, the alarm on ApproximateAgeOfOldestMessage goes off, and messages are lost once they are older than the queue keeps them';

const changedRole = (answers: Answers, name: string, change: (role: Role) => Partial<Role>) =>
  withAnswer<{ Role: Role }>(answers, `iam:GetRole ${arn(name)}`, ({ Role }) => ({
    Role: { ...Role, ...change(Role) },
  }));
const findings = async (stackId: string, answers: Answers) =>
  (await examined(roles, stackId, answers)).findings;

describe('roles as they were synthesized', () => {
  it.each([
    ['dev-callback-receiver', 2],
    ['dev-websocket-reply', 2],
    ['dev-subscriber-pipe', 2],
    ['prod-callback-receiver', 3],
    ['prod-websocket-reply', 2],
    ['prod-subscriber-pipe', 3],
  ])('are no finding in %s', async (stackId, resources) => {
    const answers = stackId.startsWith('dev') ? dev : prod;
    expect(await examined(roles, stackId, answers)).toEqual({ resources, findings: [] });
  });

  it('may be split over statements and policies in another way', async () => {
    const split = (statements: readonly WrittenStatement[]) =>
      statements.flatMap((statement) =>
        [statement.Action]
          .flat()
          .map((Action, index) => ({ ...statement, Action, Sid: `${statement.Sid}${index}` })),
      );
    const answers = withGrants(dev, arn('dev-websocket-reply-role'), split);
    expect(await findings('dev-websocket-reply', answers)).toEqual([]);
  });

  it('are asked about with exactly the declared permissions', async () => {
    for (const [stackId, answers] of [
      ['dev-callback-receiver', withGrants(dev, arn(sender), without('sqs:SendMessage'))],
      ['dev-subscriber-pipe', dev],
      ['prod-subscriber-pipe', withGrants(prod, arn('prod-delivery-results-role'), without('kms:Decrypt'))],
    ] as const) {
      expect(coverage(roles, stackId, await asked(roles, stackId, answers))).toEqual({
        refused: [],
        unused: [],
      });
    }
  });
});

describe('a role that does not exist', () => {
  it.each([
    [
      'dev-callback-receiver',
      sender,
      'error',
      'callers of POST /v1/bizppurio/delivery-results get 500 from API Gateway itself, whose log says that it has no permission to assume the role',
    ],
    [
      'dev-callback-receiver',
      'dev-api-gateway-logs',
      'warning',
      'no REST or WebSocket API of the account in this region writes logs',
    ],
    [
      'dev-websocket-reply',
      'dev-websocket-messages-to-queue',
      'error',
      'clients of WebSocket API dev-websocket-reply get {"message":"Internal server error"} or no answer at all',
    ],
    [
      'dev-websocket-reply',
      'dev-websocket-reply-role',
      'error',
      `function dev-websocket-reply cannot be invoked (AccessDeniedException: Lambda cannot assume the role): ${growing}`,
    ],
    [
      'dev-subscriber-pipe',
      'dev-delivery-results-archive-writer-role',
      'error',
      `function dev-delivery-results-archive-writer cannot be invoked (AccessDeniedException: Lambda cannot assume the role): pipe dev-delivery-results-archive fails with it, ${growing}`,
    ],
    [
      'dev-subscriber-pipe',
      'dev-delivery-results-archive-role',
      'error',
      `pipe dev-delivery-results-archive stops: ${growing}`,
    ],
  ])('in %s: %s', async (stackId, name, severity, seen) => {
    expect(
      told(
        await findings(
          stackId,
          withAnswer(dev, `iam:GetRole ${arn(name)}`, () => null),
        ),
      ),
    ).toEqual([
      { code: 'role-missing', severity, subject: `role ${name}`, problem: 'it does not exist', seen },
    ]);
  });

  it('is told with its place and the way back', async () => {
    const answers = withAnswer(dev, `iam:GetRole ${arn(sender)}`, () => null);
    expect((await findings('dev-callback-receiver', answers))[0]).toMatchObject({
      at: 'dev-callback-receiver: aws_iam_role.delivery_results_sender',
      cause: 'The stack was never deployed to the end, or someone has deleted the role',
      fix: 'npx cdktf deploy dev-callback-receiver; policies of queues that name the role must be set again with it, since a role made again has another unique id',
    });
  });

  it('is in no policy of a queue where it has to do with none', async () => {
    const answers = withAnswer(dev, `iam:GetRole ${arn('dev-api-gateway-logs')}`, () => null);
    expect((await findings('dev-callback-receiver', answers))[0]?.fix).toBe(
      'npx cdktf deploy dev-callback-receiver',
    );
  });

  it('may be gone between two questions', async () => {
    for (const action of ['iam:ListRolePolicies', 'iam:ListAttachedRolePolicies']) {
      const answers = withAnswer(dev, `${action} ${arn(sender)}`, () => null);
      expect((await findings('dev-callback-receiver', answers)).map(({ code }) => code)).toEqual([
        'role-missing',
      ]);
    }
  });
});

describe('the trust policy of a role', () => {
  const trusting = (
    stackId: string,
    name: string,
    change: (statements: readonly WrittenStatement[]) => readonly WrittenStatement[],
  ) =>
    findings(
      stackId,
      changedRole(dev, name, ({ AssumeRolePolicyDocument: document = '' }) => ({
        AssumeRolePolicyDocument: encodeURIComponent(withStatements(decodeURIComponent(document), change)),
      })),
    );
  const pipeRole = 'dev-delivery-results-archive-role';

  it('that names another pipe stops the pipe', async () => {
    const [finding, ...others] = await trusting('dev-subscriber-pipe', pipeRole, (statements) =>
      statements.map((statement) => ({
        ...statement,
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnEquals: { 'aws:SourceArn': 'arn:aws:pipes:ap-northeast-2:111122223333:pipe/other' },
        },
      })),
    );
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      at: 'dev-subscriber-pipe: aws_iam_role.delivery_results_archive_pipe_role',
      subject: `role ${pipeRole}`,
      code: 'role-trust',
      severity: 'error',
      problem: 'its trust policy does not let pipes.amazonaws.com assume it',
      synthesized:
        'Allow sts:AssumeRole to pipes.amazonaws.com where ArnEquals aws:SourceArn = arn:aws:pipes:ap-northeast-2:111122223333:pipe/dev-delivery-results-archive and StringEquals aws:SourceAccount = 111122223333',
      deployed:
        'Allow sts:AssumeRole to pipes.amazonaws.com where ArnEquals aws:SourceArn = arn:aws:pipes:ap-northeast-2:111122223333:pipe/other and StringEquals aws:SourceAccount = 111122223333',
      seen: `pipe dev-delivery-results-archive stops: ${growing}`,
    });
  });

  it.each([
    ['another service', { Principal: { Service: 'lambda.amazonaws.com' } }],
    [
      'a condition that API Gateway does not meet',
      { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } },
    ],
    ['a denial', { Effect: 'Deny' }],
  ])('with %s refuses callers with 500', async (_what, change) => {
    const [finding] = await trusting('dev-callback-receiver', sender, (statements) =>
      statements.map((statement) => ({ ...statement, ...change })),
    );
    expect(finding).toMatchObject({
      code: 'role-trust',
      severity: 'error',
      seen: expect.stringContaining('get 500 from API Gateway itself'),
    });
  });

  it('without its conditions works, on other terms than were reviewed', async () => {
    const found = await trusting('dev-subscriber-pipe', pipeRole, (statements) =>
      statements.map(({ Condition: _condition, ...statement }) => statement),
    );
    expect(told(found)).toEqual([
      {
        code: 'role-trust-extra',
        severity: 'warning',
        subject: `role ${pipeRole}`,
        problem: 'pipes.amazonaws.com may assume it on other terms than were reviewed',
        seen: 'nothing: the services that act as it still may',
      },
    ]);
  });

  it('with conditions that its pipe meets too works', async () => {
    const found = await trusting('dev-subscriber-pipe', pipeRole, (statements) =>
      statements.map((statement) => ({
        ...statement,
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:pipes:ap-northeast-2:111122223333:pipe/dev-*' } },
      })),
    );
    expect(found.map(({ code }) => code)).toEqual(['role-trust-extra']);
  });

  it('that lets another account in says so', async () => {
    const other = { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' };
    const found = await trusting('dev-callback-receiver', sender, (statements) => [...statements, other]);
    expect(found.map(({ code, severity, problem }) => [code, severity, problem])).toEqual([
      ['role-trust-extra', 'warning', 'account 999988887777 may assume it on other terms than were reviewed'],
    ]);
  });

  it('that refuses someone else says so', async () => {
    const other = { Effect: 'Deny', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' };
    const found = await trusting('dev-callback-receiver', sender, (statements) => [...statements, other]);
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['role-trust-deny', 'warning']]);
  });
});

describe('what a role has beyond its grants', () => {
  const policies = `iam:GetRolePolicy ${arn(sender)}`;
  const subject = `role ${sender}`;
  const extra = { Effect: 'Allow', Action: 'sqs:PurgeQueue', Resource: '*' };

  it('in another inline policy', async () => {
    const answers = withAnswer<object[]>(dev, policies, (documents) => [
      ...documents,
      {
        PolicyName: 'debugging',
        PolicyDocument: encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [extra] })),
      },
    ]);
    expect(await findings('dev-callback-receiver', answers)).toEqual([
      {
        at: 'dev-callback-receiver: aws_iam_role.delivery_results_sender',
        subject,
        code: 'role-policy-extra',
        severity: 'warning',
        problem: 'it has another policy, debugging',
        synthesized: 'none',
        deployed: 'Allow sqs:PurgeQueue on *',
        seen: 'nothing: it may do more than was reviewed',
        cause: 'Someone has added it in the console or with another tool',
        fix: 'npx cdktf deploy dev-callback-receiver restores it; what was meant belongs in environments/',
      },
    ]);
  });

  it.each([
    ['another action', extra],
    [
      'all actions',
      {
        Effect: 'Allow',
        Action: 'sqs:*',
        Resource: 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results',
      },
    ],
    ['all resources', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
  ])('in its own policy: %s', async (_what, statement) => {
    const answers = withGrants(dev, arn(sender), (statements) => [...statements, statement]);
    const found = await findings('dev-callback-receiver', answers);
    expect(told(found)).toEqual([
      {
        code: 'role-grant-extra',
        severity: 'warning',
        subject,
        problem: `its policy ${sender} says more than was reviewed`,
        seen: 'nothing: it may do more than was reviewed',
      },
    ]);
    expect(found[0]?.at).toBe('dev-callback-receiver: aws_iam_role_policy.delivery_results_sender_grants');
  });

  it('without a condition', async () => {
    const answers = withGrants(prod, arn('prod-delivery-results-to-queue'), (statements) =>
      statements.map(({ Condition: _condition, ...statement }) => statement),
    );
    const found = await findings('prod-callback-receiver', answers);
    expect(found.map(({ code, deployed }) => [code, deployed])).toEqual([
      [
        'role-grant-extra',
        'Allow kms:Decrypt, kms:GenerateDataKey on arn:aws:kms:ap-northeast-2:444455556666:key/*',
      ],
    ]);
  });

  it('by a managed policy', async () => {
    const answers = withAnswer(dev, `iam:ListAttachedRolePolicies ${arn(sender)}`, () => [
      'AdministratorAccess',
    ]);
    expect(told(await findings('dev-callback-receiver', answers))).toEqual([
      {
        code: 'role-attached-policy',
        severity: 'warning',
        subject,
        problem: 'the managed policy AdministratorAccess is attached to it',
        seen: 'nothing: it may do more than was reviewed, unless the policy denies what it needs',
      },
    ]);
  });

  it('and a boundary that caps it', async () => {
    const boundary = 'arn:aws:iam::111122223333:policy/guardrail';
    const answers = changedRole(dev, sender, () => ({
      PermissionsBoundary: {
        PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
        PermissionsBoundaryArn: boundary,
      },
    }));
    expect(told(await findings('dev-callback-receiver', answers))).toEqual([
      {
        code: 'role-boundary',
        severity: 'warning',
        subject,
        problem: `it has the permissions boundary ${boundary}`,
        seen: 'AWS answers AccessDenied to POST /v1/bizppurio/delivery-results for whatever the boundary does not allow, though its policies do',
      },
    ]);
  });
});

describe('a policy that names an id which AWS would have given', () => {
  const unknown = { ...planOf('dev-websocket-reply'), known: new Map() };

  it('is not compared', async () => {
    expect((await examined(roles, 'dev-websocket-reply', dev, unknown)).findings).toEqual([]);
  });

  it('is told where it is not there at all', async () => {
    const role = arn('dev-websocket-reply-role');
    const answers = withAnswer<{ PolicyName: string }[]>(dev, `iam:GetRolePolicy ${role}`, (documents) =>
      documents.filter(({ PolicyName }) => !PolicyName.endsWith('-connections')),
    );
    const { findings } = await examined(roles, 'dev-websocket-reply', answers, unknown);
    expect(told(findings)).toEqual([
      {
        code: 'role-policy-missing',
        severity: 'error',
        subject: 'role dev-websocket-reply-role',
        problem: 'its policy dev-websocket-reply-role-connections does not exist',
        seen: 'AccessDenied for whatever it grants',
      },
    ]);
  });
});
