import { describe, expect, it } from 'vitest';
import { permissionsReview } from '../../../../tools/review/permissions/permissions-review';
import { reviewedStack } from '../../../../tools/review/reviewed-stack';
import {
  account,
  allow,
  type Blocks,
  concerns,
  policy,
  queue,
  queueArn,
  type Resources,
  reviewOf,
  role,
  shown,
  together,
  trust,
} from './reviewed';

const orders = queueArn('orders');
const send = allow('sqs:SendMessage', orders);
const deny = {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: orders,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const roles = (base: Resources, head: Resources) => reviewOf(together(base), together(head));

describe('nothing is said', () => {
  it.each<readonly [string, Resources, Resources]>([
    ['where nothing differs', role('sender', send), role('sender', send)],
    [
      'of another id, order and way of writing',
      role('sender', { ...send, Sid: 'A', Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'] }),
      role('sender', {
        ...send,
        Sid: 'B',
        Action: ['SQS:getqueueurl', 'sqs:SendMessage'],
        Resource: [orders],
      }),
    ],
    [
      'of a statement that moves to another policy of the role',
      role('sender', send, allow('sqs:PurgeQueue', orders)),
      {
        ...role('sender', send),
        aws_iam_policy: { more: { name: 'more', policy: policy(allow('sqs:PurgeQueue', orders)) } },
        aws_iam_role_policy_attachment: {
          more: { role: '${aws_iam_role.sender.name}', policy_arn: '${aws_iam_policy.more.arn}' },
        },
      },
    ],
  ])('%s', (_, base, head) => {
    const review = roles(base, {
      ...head,
      aws_iam_role_policy: { ...base.aws_iam_role_policy, ...head.aws_iam_role_policy },
    });
    expect(review).toEqual({ concerns: [], exposure: [], statements: [], unread: [] });
    expect(shown(review)).toEqual([]);
  });

  it('of a policy that another resource holds', () => {
    const [withRole, withPolicy] = [
      role('sender', send).aws_iam_role,
      role('sender', send).aws_iam_role_policy,
    ];
    const moved = { moved: { name: 'moved', role: 'sender', policy: withPolicy?.sender && policy(send) } };
    const review = reviewOf(
      { resource: { aws_iam_role: withRole ?? {}, aws_iam_role_policy: withPolicy ?? {} } },
      { resource: { aws_iam_role: withRole ?? {}, aws_iam_role_policy: moved } },
    );
    expect(review.statements).toEqual([]);
  });
});

describe('a role', () => {
  it('that may do more: what is new, in words, and nothing else', () => {
    const review = roles(
      role('sender', send),
      role('sender', allow(['sqs:SendMessage', 'sqs:ReceiveMessage'], orders)),
    );
    expect(review.concerns).toEqual([
      { level: 'attention', text: 'lets role sender sqs:ReceiveMessage on queue orders' },
    ]);
    expect(review.statements).toMatchObject([
      {
        stackId: 'dev-test',
        owner: { kind: 'role', name: 'sender' },
        change: 'widened',
        before: `Allow sqs:SendMessage on ${orders}`,
        after: `Allow sqs:ReceiveMessage, sqs:SendMessage on ${orders}`,
        gained: [
          {
            who: 'role sender',
            verb: 'may now',
            actions: ['sqs:ReceiveMessage'],
            resources: ['queue orders'],
          },
        ],
        lost: [],
      },
    ]);
    expect(shown(review)).toEqual([
      'role sender | widened | **may now** `sqs:ReceiveMessage` on queue orders',
    ]);
  });

  it('that may do less is no concern, and a flow may break', () => {
    const review = roles(role('sender', send, allow('sqs:PurgeQueue', orders)), role('sender', send));
    expect(review.concerns).toEqual([]);
    expect(shown(review)).toEqual([
      'role sender | removed | **may no longer** `sqs:PurgeQueue` on queue orders',
      'A flow that needs what is no longer allowed breaks; the rehearsal tells.',
    ]);
  });

  it('that is asked for less: the condition that was there', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': account } };
    const trusted = (more: object) => ({
      ...role('sender', send),
      aws_iam_role: {
        sender: { name: 'sender', assume_role_policy: policy(trust('pipes.amazonaws.com', more)) },
      },
    });
    expect(concerns(roles(trusted({ Condition }), trusted({})))).toEqual([
      `lets pipes.amazonaws.com sts:AssumeRole on role sender (until now only where StringEquals aws:SourceAccount = ${account})`,
    ]);
  });

  it('that is new is told as one', () => {
    const review = reviewOf(
      together(),
      together(role('sender', send, allow('kms:Decrypt', `arn:aws:kms:eu-central-1:${account}:key/1`))),
    );
    expect(concerns(review)).toEqual([
      [
        'adds role sender: lambda.amazonaws.com may sts:AssumeRole on it',
        'it may sqs:SendMessage on queue orders',
        `it may kms:Decrypt on arn:aws:kms:eu-central-1:${account}:key/1`,
      ].join('; '),
    ]);
    expect(shown(review)).toHaveLength(1);
  });

  it('that is gone is no concern', () => {
    const review = roles(role('sender', send), {});
    expect(review.concerns).toEqual([]);
    expect(review.statements.map(({ ownerIs, widens }) => [ownerIs, widens])).toEqual([
      ['gone', false],
      ['gone', false],
    ]);
  });

  it('whose boundary goes may do more', () => {
    const bounded = {
      ...role('sender', send),
      aws_iam_policy: { bound: { name: 'bound', policy: policy(allow('sqs:*', '*')) } },
      aws_iam_role: {
        sender: {
          name: 'sender',
          assume_role_policy: policy(trust('lambda.amazonaws.com')),
          permissions_boundary: '${aws_iam_policy.bound.arn}',
        },
      },
    };
    const free = { ...role('sender', send), aws_iam_policy: bounded.aws_iam_policy };
    expect(roles(bounded, free).statements.filter(({ about }) => about === 'boundary')).toMatchObject([
      { change: 'widened', widens: true },
    ]);
    expect(roles(free, bounded).statements.filter(({ about }) => about === 'boundary')).toMatchObject([
      { change: 'narrowed', widens: false, lost: [{ note: 'but for what its boundary allows' }] },
    ]);
  });
});

describe('hardly anyone means to allow', () => {
  it.each<readonly [string, object, string]>([
    ['every action', allow('*', '*'), 'allows every action on *'],
    ['every action of a service', allow('sqs:*', orders), 'allows every action (sqs:*)'],
    ['every resource', allow('s3:PutObject', '*'), 'allows s3:PutObject on every resource'],
    [
      'handing roles on',
      allow('iam:Pass*', 'arn:aws:iam::111122223333:role/a'),
      'allows to hand roles to services (iam:PassRole)',
    ],
    [
      'assuming other roles',
      allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/a'),
      'allows to assume other roles (sts:AssumeRole)',
    ],
    [
      'changing roles',
      allow('iam:AttachRolePolicy', 'arn:aws:iam::111122223333:role/a'),
      'allows to change roles and policies (iam)',
    ],
    [
      'every key',
      allow('kms:Decrypt', 'arn:aws:kms:eu-central-1:111122223333:key/*'),
      'allows to decrypt with every key (kms:Decrypt)',
    ],
    [
      'all but some actions',
      { Effect: 'Allow', NotAction: 'iam:*', Resource: orders },
      'allows everything but iam:*',
    ],
  ])('%s', (_, statement, alarm) => {
    const review = roles(role('sender', send), role('sender', send, statement));
    expect(review.statements.flatMap(({ alarms }) => alarms)).toContain(alarm);
    expect(concerns(review)[0]).toContain(alarm);
    expect(shown(review)[0]).toContain('**Look twice:** role sender');
  });

  it.each([
    ['what AWS defines no resource for', allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*')],
    [
      'the keys behind an alias',
      allow('kms:Decrypt', `arn:aws:kms:eu-central-1:${account}:key/*`, {
        Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } },
      }),
    ],
  ])('but %s is meant', (_, statement) => {
    const review = roles(role('sender', send), role('sender', send, statement));
    expect(review.statements.flatMap(({ alarms }) => alarms)).toEqual([]);
    expect(review.concerns).toHaveLength(1);
  });

  const trusted = (...statements: readonly object[]) => ({
    aws_iam_role: { sender: { name: 'sender', assume_role_policy: policy(...statements) } },
  });

  it('that another service or account assumes a role', () => {
    const review = roles(
      trusted(trust('lambda.amazonaws.com')),
      trusted(trust('lambda.amazonaws.com'), trust('ec2.amazonaws.com'), {
        ...trust(''),
        Principal: { AWS: '444455556666' },
      }),
    );
    expect(review.statements.flatMap(({ alarms }) => alarms)).toEqual([
      'lets ec2.amazonaws.com assume it',
      'lets account 444455556666 assume it',
    ]);
  });

  it('that every token of an identity provider assumes a role', () => {
    const provider = `arn:aws:iam::${account}:oidc-provider/token.example.com`;
    const web = (Condition: object) => ({
      Effect: 'Allow',
      Principal: { Federated: provider },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition,
    });
    const alarms = (Condition: object) =>
      reviewOf(together(), together(trusted(web(Condition)))).statements.flatMap((one) => one.alarms);
    expect(alarms({ StringEquals: { 'token.example.com:aud': 'sts' } })).toEqual([
      'lets every token of an identity provider assume it, under no condition on its subject',
    ]);
    expect(alarms({ StringLike: { 'token.example.com:sub': '*' } })).toHaveLength(1);
    expect(alarms({ StringLike: { 'token.example.com:sub': 'repo:org/name:*' } })).toEqual([]);
  });

  it('that everyone uses a queue, unless a condition says who', () => {
    const open = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: orders };
    const base = queue('orders', deny);
    const review = roles(base, queue('orders', deny, open));
    expect(review.statements.flatMap(({ alarms }) => alarms)).toEqual([
      'lets everyone use it, under no condition on who',
    ]);
    expect(shown(review)).toContain('queue orders | everyone may now `sqs:SendMessage` on it | ');
    const limited = {
      ...open,
      Condition: { ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:111122223333:a' } },
    };
    expect(roles(base, queue('orders', deny, limited)).statements.flatMap(({ alarms }) => alarms)).toEqual(
      [],
    );
    const anywhere = { ...open, Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } };
    expect(
      roles(base, queue('orders', deny, anywhere)).statements.flatMap(({ alarms }) => alarms),
    ).toHaveLength(1);
  });

  it('that a service invokes a function for anyone', () => {
    const invoked = (more: object) => ({
      aws_lambda_function: { reply: { function_name: 'reply' } },
      aws_lambda_permission: {
        api: {
          action: 'lambda:InvokeFunction',
          function_name: '${aws_lambda_function.reply.function_name}',
          principal: 's3.amazonaws.com',
          ...more,
        },
      },
    });
    const alarms = (head: Resources) =>
      roles({ aws_lambda_function: invoked({}).aws_lambda_function }, head).statements.flatMap(
        (one) => one.alarms,
      );
    expect(alarms(invoked({}))).toEqual([
      'lets s3.amazonaws.com use it for any account, under no condition on its source',
    ]);
    expect(alarms(invoked({ source_account: account }))).toEqual([]);
    expect(roles(invoked({ source_account: account }), invoked({})).statements).toMatchObject([
      { change: 'widened', isPublic: true },
    ]);
  });
});

describe('a denial', () => {
  it('that goes lets someone do something', () => {
    const review = roles(queue('orders', deny), queue('orders'));
    expect(concerns(review)).toEqual([
      'no longer refuses everyone sqs:* on queue orders where Bool aws:SecureTransport = false',
    ]);
  });

  it('that goes with its queue lets nobody do anything', () => {
    expect(roles(queue('orders', deny), {})).toMatchObject({ concerns: [], statements: [] });
  });
});

describe('the same of several owners', () => {
  const names = Array.from({ length: 40 }, (_, index) => `queue-${index}`);
  const all = (actions: readonly string[]) =>
    names.map((name) =>
      queue(name, {
        Effect: 'Allow',
        Principal: { AWS: account },
        Action: actions,
        Resource: queueArn(name),
      }),
    );
  const review = roles(
    (together(...all(['sqs:SendMessage'])).resource ?? {}) as Resources,
    (together(...all(['sqs:SendMessage', 'sqs:PurgeQueue'])).resource ?? {}) as Resources,
  );

  it('is one row with all their names, and one concern', () => {
    const rows = shown(review);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatch(
      /^40 alike: queue queue-0, .*queue queue-39 \| widened \| its own account .* \*\*may now\*\* `sqs:PurgeQueue` on it$/,
    );
    expect(concerns(review)).toEqual([
      `lets its own account ${account} sqs:PurgeQueue on each of queue queue-0, queue queue-1, queue queue-2 and 37 more`,
    ]);
  });

  it('is not what one of them may do by a wildcard', () => {
    const both = (...resources: readonly string[]) =>
      (together(
        ...resources.map((name, at) => role(`sender-${at}`, allow('sqs:SendMessage', queueArn(name)))),
      ).resource ?? {}) as Resources;
    expect(
      shown(roles(both('a', 'b'), both('orders-*', 'c'))).filter((row) => row.includes('changed')),
    ).toHaveLength(2);
    expect(
      shown(roles(both('a', 'b'), both('c', 'd'))).filter((row) => row.includes('changed')),
    ).toHaveLength(1);
  });

  it('is every statement in the data', () => {
    expect(review.statements).toHaveLength(40);
  });
});

describe('what cannot be read', () => {
  const attached = (arn: string) => ({
    ...role('sender', send),
    aws_iam_role_policy_attachment: { more: { role: 'sender', policy_arn: arn } },
  });

  it('of an AWS-managed policy is named', () => {
    const review = roles(role('sender', send), attached('arn:aws:iam::aws:policy/AmazonSQSFullAccess'));
    expect(review.statements).toMatchObject([
      { change: 'added', unread: true, after: 'the AWS-managed policy AmazonSQSFullAccess' },
    ]);
    expect(concerns(review)).toEqual([
      'leaves open what the policies of role sender allow: added is the AWS-managed policy AmazonSQSFullAccess, whose meaning is not known here',
    ]);
  });

  it('of a statement with an unknown operator does not hide the others', () => {
    const strange = { ...send, Condition: { StringAlmost: { 'aws:SourceAccount': '1' } } };
    const review = roles(role('sender', send), role('sender', strange, allow('sqs:PurgeQueue', orders)));
    expect(review.statements.map(({ change, unread }) => [change, unread])).toEqual([
      ['changed', false],
      ['added', true],
    ]);
    expect(review.statements[0]?.lost[0]?.note).toBe('unless the statement that is not known here says so');
    expect(roles(role('sender', strange), role('sender', strange)).statements).toEqual([]);
  });

  it.each<readonly [string, (value: string) => Blocks]>([
    [
      'a local',
      (value) => ({
        locals: { who: value },
        ...together({
          ...role('a'),
          aws_iam_role_policy: { a: { role: 'a', policy: '${jsonencode(local.who)}' } },
        }),
      }),
    ],
    [
      'the role’s name',
      (value) => ({
        locals: { who: value },
        ...together({ aws_iam_role_policy: { a: { role: '${local.who}', policy: policy(send) } } }),
      }),
    ],
    [
      'a list of what is made',
      (value) =>
        together({ aws_iam_role_policy: { a: { for_each: [value], role: 'a', policy: policy(send) } } }),
    ],
    [
      'a document of several',
      (value) => ({
        data: { aws_iam_policy_document: { a: { statement: { actions: [value] } } } },
        ...together({
          aws_iam_role_policy: { a: { role: 'a', policy: '${data.aws_iam_policy_document.a[0].json}' } },
        }),
      }),
    ],
    [
      'a statement of a document',
      (value) => ({
        data: {
          aws_iam_policy_document: {
            a: {
              statement: [
                { actions: ['sqs:SendMessage'], resources: [orders] },
                { not_actions: [value], resources: [orders] },
              ],
            },
          },
        },
        ...together({
          aws_iam_role_policy: { a: { role: 'a', policy: '${data.aws_iam_policy_document.a.json}' } },
        }),
      }),
    ],
    [
      'an element of a document',
      (value) => ({
        data: { aws_iam_policy_document: { a: { source_policy_documents: [value] } } },
        ...together({
          aws_iam_role_policy: { a: { role: 'a', policy: '${data.aws_iam_policy_document.a.json}' } },
        }),
      }),
    ],
    ['a module', (value) => ({ module: { a: { source: value } } })],
    [
      'a policy of a type that is not known',
      (value) =>
        together({
          aws_ecr_repository_policy: {
            a: {
              policy: policy({
                Principal: '*',
                ...allow('ecr:*', '*'),
                Sid: 'A',
                Condition: { Strange: { a: value } },
              }),
            },
          },
        }),
    ],
  ])('differs with %s, and is told', (_, blocks) => {
    const [one, other] = [blocks('one'), blocks('other')];
    expect(reviewOf(one, one).statements).toEqual([]);
    expect(reviewOf(one, other).statements.some(({ widens }) => widens)).toBe(true);
    expect(reviewOf(one, other).concerns.length).toBeGreaterThan(0);
  });

  it('of a whole stack is said, and nothing else', () => {
    const head = { ...together(role('sender', send)), provider: { aws: [] } };
    expect(reviewOf(together(role('sender')), head)).toEqual({
      concerns: [
        {
          level: 'attention',
          text: 'has a stack, dev-test, that could not be read: who may do what there is not reviewed',
        },
      ],
      exposure: [],
      statements: [],
      unread: ['dev-test'],
    });
  });
});

it('several environments are each told with their own account and region', () => {
  const stack = (id: string, region: string, accountId: string, head: boolean) => {
    const statement = {
      ...allow('sqs:SendMessage', `arn:aws:sqs:${region}:${accountId}:orders`),
      Principal: { AWS: accountId },
    };
    const resource = {
      ...queue('orders', ...(head ? [statement] : [])),
      ...role(
        `${id}-sender`,
        ...(head ? [allow('sqs:SendMessage', `arn:aws:sqs:${region}:${accountId}:orders`)] : [send]),
      ),
    };
    const provider = { aws: [{ region, allowed_account_ids: [accountId] }] };
    return reviewedStack(id, { provider, resource }, '', undefined);
  };
  const version = (name: string, head: boolean) => ({
    name,
    stacks: [stack('dev', 'eu-central-1', account, head), stack('prod', 'us-east-1', '444455556666', head)],
  });
  const review = permissionsReview({ base: version('main', false), head: version('head', true) });
  expect(concerns(review)).toContain('lets its own account 444455556666 sqs:SendMessage on queue orders');
  expect(concerns(review)).toContain('lets role prod-sender sqs:SendMessage on queue orders');
});

it('a policy of its own account’s key that is not written is the one that AWS writes', () => {
  const key = (more: object) => ({
    aws_kms_key: { key: { description: 'k', ...more } },
    aws_kms_alias: { key: { name: 'alias/k', target_key_id: '${aws_kms_key.key.key_id}' } },
  });
  const written = policy({ Effect: 'Allow', Principal: { AWS: account }, Action: 'kms:*', Resource: '*' });
  expect(roles(key({}), key({ policy: written })).statements).toEqual([]);
  const open = policy({
    Effect: 'Allow',
    Principal: { AWS: '444455556666' },
    Action: 'kms:Decrypt',
    Resource: '*',
  });
  const [gained] = roles(key({}), key({ policy: open })).statements.filter(({ widens }) => widens);
  expect(gained).toMatchObject({
    owner: { kind: 'key', name: 'alias/k' },
    alarms: ['lets account 444455556666 use it'],
  });
});

it.each([
  ['aws_s3_bucket', 'bucket', 'aws_s3_bucket_policy', 'bucket', 'bucket', 'id'],
  ['aws_sns_topic', 'name', 'aws_sns_topic_policy', 'arn', 'topic', 'arn'],
  ['aws_secretsmanager_secret', 'name', 'aws_secretsmanager_secret_policy', 'secret_arn', 'secret', 'arn'],
  ['aws_sqs_queue', 'name', 'aws_sqs_queue_policy', 'queue_url', 'queue', 'id'],
])('%s: its policy is its owner’s, inline or by itself', (type, name, policyType, of, kind, reference) => {
  const open = policy({ Principal: { AWS: '444455556666' }, ...allow('sqs:SendMessage', '*') });
  const plain = { [type]: { a: { [name]: 'store' } } };
  const apart = { ...plain, [policyType]: { a: { [of]: `\${${type}.a.${reference}}`, policy: open } } };
  const inline = { [type]: { a: { [name]: 'store', policy: open } } };
  expect(roles(plain, apart).statements).toMatchObject([
    { owner: { kind, name: 'store' }, ownerIs: 'there', change: 'added' },
  ]);
  expect(roles(apart, inline).statements).toEqual([]);
});
