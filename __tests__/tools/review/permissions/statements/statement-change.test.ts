import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../../../../tools/iam/policy';
import {
  isNarrower,
  isWider,
  statementChanges,
} from '../../../../../tools/review/permissions/statements/statement-change';
import {
  account,
  otherAccount,
  queueArn,
  roleArn,
  statement,
  type WrittenStatement,
} from '../../../iam/policies';

const read = (...all: readonly WrittenStatement[]) =>
  all.length === 0
    ? []
    : parsePolicy({ address: 'policy', json: JSON.stringify({ Version: '2012-10-17', Statement: all }) })
        .statements;
const compare = (base: readonly WrittenStatement[], head: readonly WrittenStatement[]) =>
  statementChanges(read(...base), read(...head), account);
const directions = (base: WrittenStatement, head: WrittenStatement) => {
  const changes = compare([base], [head]);
  return { wider: changes.some(isWider), narrower: changes.some(isNarrower) };
};

const widenings: readonly (readonly [string, WrittenStatement, WrittenStatement])[] = [
  ['an action more', {}, { Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] }],
  ['a wildcard for an action', {}, { Action: 'sqs:Send*' }],
  ['all but some actions for one', {}, { NotAction: 'sqs:ReceiveMessage', Action: undefined }],
  ['a wider resource', {}, { Resource: `${queueArn}*` }],
  ['all but some resources for one', {}, { NotResource: `${queueArn}-dead-letter`, Resource: undefined }],
  [
    'fewer exceptions',
    { NotAction: ['kms:*', 'iam:*'], Action: undefined },
    { NotAction: 'IAM:*', Action: undefined },
  ],
  [
    'another account’s role to another account',
    { Principal: { AWS: `arn:aws:iam::${otherAccount}:role/a` } },
    { Principal: { AWS: otherAccount } },
  ],
  ['everyone for a service', { Principal: { Service: 'pipes.amazonaws.com' } }, { Principal: '*' }],
  ['no condition', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, {}],
  [
    'a value more',
    { Condition: { StringEquals: { 'aws:SourceAccount': '1' } } },
    { Condition: { StringEquals: { 'aws:SourceAccount': ['1', '2'] } } },
  ],
];

describe('a statement that allows more', () => {
  it.each(widenings)('by %s', (_, base, head) => {
    expect(directions(statement(base), statement(head))).toEqual({ wider: true, narrower: false });
    expect(directions(statement(head), statement(base))).toEqual({ wider: false, narrower: true });
  });

  it.each(widenings)('by %s, denies more where it denies', (_, base, head) => {
    const deny = (changes: WrittenStatement) => statement({ ...changes, Effect: 'Deny' });
    expect(directions(deny(base), deny(head))).toEqual({ wider: false, narrower: true });
  });
});

it('those that are excepted are listed: one more is let go, and who may be one of them is not settled', () => {
  const [excepted, more] = [{}, { Service: 'pipes.amazonaws.com' }].map((others) =>
    statement({ NotPrincipal: { AWS: [account, roleArn], ...others } }),
  ) as [WrittenStatement, WrittenStatement];
  expect(directions(more, excepted)).toEqual({ wider: true, narrower: false });
  expect(directions(excepted, more)).toEqual({ wider: false, narrower: true });
  const others = statement({ NotPrincipal: { AWS: account } });
  const toOne = (Principal: object) => statement({ Principal });
  expect(directions(others, toOne({ Service: 'pipes.amazonaws.com' }))).toEqual({
    wider: false,
    narrower: true,
  });
  expect(directions(others, toOne({ AWS: roleArn }))).toEqual({ wider: true, narrower: true });
});

it('the account that owns the resource leaves it to its own policies, and a role of it that is named does not', () => {
  const [own, role] = [account, roleArn].map((AWS) => statement({ Principal: { AWS } })) as [
    WrittenStatement,
    WrittenStatement,
  ];
  expect(directions(own, role)).toEqual({ wider: true, narrower: true });
  expect(directions({ ...own, Effect: 'Deny' }, { ...role, Effect: 'Deny' })).toEqual({
    wider: true,
    narrower: false,
  });
});

it('several statements that each allow a part do not allow what only the whole does', () => {
  const each = (value: string) =>
    statement({ Condition: { 'ForAllValues:StringEquals': { 'x:Tags': value } } });
  const both = statement({ Condition: { 'ForAllValues:StringEquals': { 'x:Tags': ['a', 'b'] } } });
  const excepted = { NotAction: ['sqs:Send*', 'sqs:Receive*'], Action: undefined };
  const others = (...values: readonly WrittenStatement[]) =>
    values.map((one, at) => ({ ...one, Sid: `S${at}` }));
  expect(compare(others(each('a'), each('b')), [both]).some(isWider)).toBe(true);
  expect(compare([statement(excepted)], [statement({ Action: 'sqs:SendMessage' })]).some(isWider)).toBe(true);
});

it('tells every combination that is new', () => {
  const [change] = compare(
    [statement()],
    [statement({ Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'], Resource: [queueArn, `${queueArn}-eu`] })],
  );
  const combinations = change?.added.flatMap(({ actions = [], resources = [] }) =>
    actions.flatMap((action) => resources.map((resource) => `${action} ${resource.split(':').at(-1)}`)),
  );
  expect(combinations?.sort()).toEqual([
    'sqs:GetQueueUrl orders',
    'sqs:GetQueueUrl orders-eu',
    'sqs:SendMessage orders-eu',
  ]);
});

it('tells what is new, and only that', () => {
  const changes = compare(
    [statement({ Action: ['sqs:SendMessage', 'sqs:GetQueueUrl'] })],
    [statement({ Sid: 'Other', Action: ['sqs:GetQueueUrl', 'sqs:DeleteMessage', 'SQS:sendmessage'] })],
  );
  expect(changes).toHaveLength(1);
  expect(changes[0]?.added.map(({ actions, resources }) => ({ actions, resources }))).toEqual([
    { actions: ['sqs:DeleteMessage'], resources: [queueArn] },
  ]);
  expect(changes[0]?.dropped).toEqual([]);
});

it('a statement beside those that were there is one of its own', () => {
  const more = statement({ Sid: 'More', Action: 'sqs:ReceiveMessage' });
  const [change, ...others] = compare([statement()], [statement(), more]);
  expect(others).toEqual([]);
  expect(change?.before).toBeUndefined();
  expect(change?.after?.sid).toBe('More');
});

it('a statement that became another is told with it, and one that has nothing to do with it is not', () => {
  const elsewhere = { Sid: 'Other', Action: 's3:PutObject', Resource: 'arn:aws:s3:::archive/*' };
  const [changed] = compare([statement()], [statement({ Sid: 'Renamed', Resource: `${queueArn}*` })]);
  expect(changed).toMatchObject({ before: { sid: 'Sends' }, after: { sid: 'Renamed' } });
  expect(
    compare([statement()], [statement(elsewhere)]).map(({ before, after }) => [before?.sid, after?.sid]),
  ).toEqual([
    [undefined, 'Other'],
    ['Sends', undefined],
  ]);
});
