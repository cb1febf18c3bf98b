import { describe, expect, it } from 'vitest';
import { plannedQueues } from '../../../../../tools/doctor/checks/queues/queue-plan';
import { queues } from '../../../../../tools/doctor/checks/queues/queues';
import type { Plan } from '../../../../../tools/plan/plan';
import { type Answers, withAnswer } from '../../recorded';
import {
  answersOf,
  examined,
  planOf,
  told,
  type WrittenStatement,
  withAttributes,
  withGrants,
  without,
  withQueue,
  withStatements,
} from './queue-subjects';

const stackId = 'dev-callback-receiver';
const dev = answersOf('dev', 'queues', 'roles');
const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results';
const role = 'arn:aws:iam::111122223333:role/dev-delivery-results-to-queue';
const at = plannedQueues(planOf(stackId)).find((queue) => queue.arn === arn)?.policy?.at;
const subject = 'queue dev-delivery-results';
const unique = 'AROARTX3GSDS5MEPFUOBP';

type Change = (statements: readonly WrittenStatement[]) => readonly WrittenStatement[];

const policyWith = (answers: Answers, change: Change) =>
  withAttributes(answers, arn, ({ Policy }) => ({ Policy: withStatements(Policy, change) }));
const findings = async (change: Change, answers = dev) =>
  (await examined(queues, stackId, policyWith(answers, change))).findings;
const isSender = ({ Sid }: WrittenStatement) => Sid?.endsWith('Sends') === true;
const lackingSender: Change = (statements) => statements.filter((statement) => !isSender(statement));
const add =
  (statement: WrittenStatement): Change =>
  (statements) => [...statements, statement];

const cannotSend = withGrants(dev, role, without('sqs:SendMessage'));
const refused =
  'SQS answers AccessDenied: callers of POST /v1/bizppurio/delivery-results get 502 {"message":"Not accepted, try again later"}';
const sends =
  'Allow sqs:SendMessage on arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results to arn:aws:iam::111122223333:role/dev-delivery-results-to-queue';

describe('the statement of the sender', () => {
  it('is missing, and the role’s own policy still lets it send', async () => {
    expect(await findings(lackingSender)).toEqual([
      {
        at,
        subject,
        code: 'queue-policy-sender',
        severity: 'warning',
        problem: 'its policy does not let role dev-delivery-results-to-queue send',
        synthesized: sends,
        deployed: 'none',
        seen: `nothing yet: the role's own policy allows sqs:SendMessage, and within one account one of both is enough; without it, ${refused}`,
        cause:
          'A queue has one policy, which is always set as a whole: the console or another tool has written its own over it',
        fix: 'npx cdktf deploy dev-callback-receiver restores it; what was meant belongs in environments/',
      },
    ]);
  });

  it('is missing with the other half', async () => {
    const [finding, ...others] = await findings(lackingSender, cannotSend);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'queue-policy-sender', severity: 'error', seen: refused });
    expect(finding?.cause).toMatch(
      /The role dev-delivery-results-to-queue may not send by its own policies either: neither half allows it$/,
    );
  });

  it('is missing with the role', async () => {
    const answers = withAnswer(dev, `iam:ListRolePolicies ${role}`, () => null);
    const [finding] = await findings(lackingSender, answers);
    expect(finding).toMatchObject({ severity: 'error' });
    expect(finding?.cause).toContain('The role dev-delivery-results-to-queue does not exist');
  });

  it('is missing, and a managed policy that was not read may allow it', async () => {
    const answers = withAnswer(cannotSend, `iam:ListAttachedRolePolicies ${role}`, () => ['PowerUsers']);
    const [finding] = await findings(lackingSender, answers);
    expect(finding?.cause).toContain('unless its policy PowerUsers allows it');
  });

  const renamed = (Principal: unknown) => (statements: readonly WrittenStatement[]) =>
    statements.map((statement) => (isSender(statement) ? { ...statement, Principal } : statement));

  it.each([
    ['the other half lets it', dev, 'warning'],
    ['the other half does not', cannotSend, 'error'],
  ] as const)('names a role that was deleted and made again; %s', async (_half, answers, severity) => {
    const [finding, ...others] = await findings(renamed({ AWS: unique }), answers);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'queue-policy-deleted-role',
      severity,
      subject,
      problem:
        'its policy names a role that was deleted, where it should let role dev-delivery-results-to-queue send',
      synthesized: sends,
      deployed: sends.replace(role, `${unique}, a role that was deleted`),
    });
    expect(finding?.seen).toContain(refused);
    expect(finding?.cause).toContain('the new one has another id, and the statement means the old one');
  });

  it('names another role in its place, which is none that was deleted', async () => {
    const other = role.replace('to-queue', 'elsewhere');
    expect((await findings(renamed({ AWS: other }))).map(({ code }) => code)).toEqual([
      'queue-policy-sender',
      'queue-policy-extra',
    ]);
  });

  it('is not missing where another one allows it, and a denial takes it back', async () => {
    const change: Change = (statements) => [
      ...statements.map((statement) => (isSender(statement) ? { ...statement, Action: 'sqs:*' } : statement)),
      { Effect: 'Deny', Principal: { AWS: role }, Action: 'sqs:SendMessage', Resource: arn },
    ];
    expect((await findings(change)).map(({ code, severity }) => [code, severity])).toEqual([
      ['queue-policy-extra', 'warning'],
      ['queue-policy-deny', 'error'],
    ]);
  });

  it('lets more happen than was reviewed, which is one finding', async () => {
    const change: Change = (statements) =>
      statements.map((statement) => (isSender(statement) ? { ...statement, Action: 'sqs:*' } : statement));
    expect(told(await findings(change, cannotSend))).toEqual([
      {
        code: 'queue-policy-extra',
        severity: 'warning',
        subject,
        problem: `its policy also lets ${role} do sqs:*`,
        seen: 'nothing: nobody notices who may do more than was reviewed',
      },
    ]);
  });

  it('only with a condition that API Gateway does not meet lets nobody send', async () => {
    const change: Change = (statements) =>
      statements.map((statement) =>
        isSender(statement)
          ? { ...statement, Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } }
          : statement,
      );
    expect((await findings(change, cannotSend)).map(({ code, severity }) => [code, severity])).toEqual([
      ['queue-policy-sender', 'error'],
      ['queue-policy-extra', 'warning'],
    ]);
  });
});

describe('a policy', () => {
  it('is the same in another order, case and form', async () => {
    const change: Change = (statements) =>
      statements
        .map((statement) => ({
          ...statement,
          Sid: `x${statement.Sid}`,
          Action: [statement.Action].flat().map((action) => String(action).replace('sqs:', 'SQS:')),
          ...(statement.Principal === '*' && { Principal: { AWS: '*' } }),
        }))
        .reverse();
    expect(await findings(change)).toEqual([]);
  });

  const gone = (answers: Answers) => withAttributes(answers, arn, () => ({ Policy: undefined }));

  it('that is gone is one finding', async () => {
    expect(told((await examined(queues, stackId, gone(dev))).findings)).toEqual([
      {
        code: 'queue-policy-missing',
        severity: 'warning',
        subject,
        problem: 'it has no policy',
        seen: 'nothing yet: the policies of roles of this account are enough to use it; requests without TLS are not refused',
      },
    ]);
  });

  it('that is gone with the grant of a role refuses callers', async () => {
    expect(told((await examined(queues, stackId, gone(cannotSend))).findings)).toEqual([
      {
        code: 'queue-policy-missing',
        severity: 'error',
        subject,
        problem: 'it has no policy',
        seen: refused,
      },
    ]);
  });

  it('does not refuse requests without TLS', async () => {
    expect(
      told(await findings((statements) => statements.filter(({ Effect }) => Effect === 'Allow'))),
    ).toEqual([
      {
        code: 'queue-policy-tls',
        severity: 'warning',
        subject,
        problem: 'its policy does not refuse requests without TLS',
        seen: 'nothing: whoever may use it may also do so over plain HTTP, where messages can be read on the way',
      },
    ]);
  });

  it.each([
    [
      'nothing',
      (statements: readonly WrittenStatement[]) =>
        statements.filter(({ Sid }) => Sid !== 'AccountOperatesTheQueue'),
    ],
    ['less', without('sqs:ReceiveMessage')],
  ])('lets its account do %s', async (what, change) => {
    expect(told(await findings(change))).toEqual([
      {
        code: 'queue-policy-owner',
        severity: 'warning',
        subject,
        problem: `its policy lets the account that owns it do ${what}`,
        seen: 'nothing, as long as people on call have the permission by policies of their own',
      },
    ]);
  });

  it('lets another account in', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: '999988887777' },
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      Resource: arn,
    };
    const [finding, ...others] = await findings(add(statement));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'queue-policy-extra',
      severity: 'warning',
      problem: 'its policy also lets account 999988887777 do sqs:DeleteMessage, sqs:ReceiveMessage',
      deployed: `Allow sqs:DeleteMessage, sqs:ReceiveMessage on ${arn} to account 999988887777`,
    });
  });

  it.each([
    ['error', 'queue-policy-public', undefined, ''],
    [
      'warning',
      'queue-policy-extra',
      { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:r:a:t' } },
      ' where ArnEquals aws:SourceArn = arn:aws:sns:r:a:t',
    ],
  ] as const)('lets everyone in: %s', async (severity, code, Condition, where) => {
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 'sqs:*',
      Resource: arn,
      ...(Condition && { Condition }),
    };
    const [finding] = await findings(add(statement));
    expect(finding).toMatchObject({
      code,
      severity,
      problem: `its policy also lets everyone do sqs:*${where}`,
    });
  });

  it('still names someone who was deleted', async () => {
    const statement = {
      Effect: 'Allow',
      Principal: { AWS: unique },
      Action: 'sqs:DeleteMessage',
      Resource: arn,
    };
    expect(told(await findings(add(statement)))).toEqual([
      {
        code: 'queue-policy-stale',
        severity: 'warning',
        subject,
        problem: `its policy still names ${unique}, a role that was deleted`,
        seen: 'nothing: nobody has this id any more',
      },
    ]);
  });
});

describe('a denial', () => {
  const denying = (change: Partial<WrittenStatement>) =>
    findings(add({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: arn, ...change }));

  it('that hits sender and consumer says what both see', async () => {
    const outside = { StringNotEquals: { 'aws:PrincipalAccount': '999988887777' } };
    expect(told(await denying({ Condition: outside }))).toEqual([
      {
        code: 'queue-policy-deny',
        severity: 'error',
        subject,
        problem: 'its policy also refuses sqs:* to everyone',
        seen: `${refused}; SQS answers AccessDenied to pipe dev-delivery-results-archive: the queue grows, the alarm on ApproximateAgeOfOldestMessage goes off, and messages are lost once they are older than the queue keeps them`,
      },
    ]);
  });

  it('that hits the sender alone says what callers see', async () => {
    const [finding] = await denying({ Principal: { AWS: role }, Action: 'sqs:Send*' });
    expect(finding).toMatchObject({ severity: 'error', seen: refused });
  });

  it('that hits others is a warning', async () => {
    const [finding] = await denying({ Principal: { AWS: '999988887777' } });
    expect(finding).toMatchObject({
      severity: 'warning',
      seen: 'nothing: none of the flows is among those that it hits',
    });
  });

  it('of requests without TLS hits nobody', async () => {
    const [finding] = await denying({
      Action: 'SQS:*',
      Condition: { Bool: { 'aws:SecureTransport': false } },
      Principal: { AWS: role },
    });
    expect(finding).toMatchObject({
      severity: 'warning',
      seen: expect.stringContaining('none of the flows'),
    });
  });

  it('that depends on what is not known here is a warning that says so', async () => {
    const [finding] = await denying({ Condition: { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } });
    expect(finding).toMatchObject({
      severity: 'warning',
      seen: 'AccessDenied for whom its condition hits, which only AWS can say',
    });
  });
});

describe('a policy that is written', () => {
  const queueName = 'delivery_results_queue';
  const written = plannedQueues(planOf(stackId)).find((queue) => queue.arn === arn)?.policy?.json;
  const { aws_sqs_queue_policy: _apart, ...others } = planOf(stackId).configuration.resource ?? {};
  const planWith = (resources: Record<string, Record<string, unknown>>, policy: string | undefined): Plan =>
    withQueue(
      {
        ...planOf(stackId),
        configuration: { ...planOf(stackId).configuration, resource: { ...others, ...resources } },
      },
      queueName,
      { policy },
    );

  it.each([
    ['at the queue', planWith({}, written), 'aws_sqs_queue.delivery_results_queue'],
    [
      'apart from it',
      planWith(
        {
          aws_sqs_queue_policy: {
            apart: { queue_url: `\${aws_sqs_queue.${queueName}.url}`, policy: written },
          },
        },
        undefined,
      ),
      'aws_sqs_queue_policy.apart',
    ],
  ])('%s is compared, and told there', async (_where, plan, address) => {
    const own = async (answers: Answers) =>
      (await examined(queues, stackId, answers, plan)).findings.filter(
        (finding) => finding.subject === subject,
      );
    expect(await own(dev)).toEqual([]);
    expect(await own(policyWith(dev, lackingSender))).toMatchObject([
      { code: 'queue-policy-sender', at: `${stackId}: ${address}` },
    ]);
  });
});
