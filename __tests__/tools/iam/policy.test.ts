import { describe, expect, test } from 'vitest';
import { type Policy, parsePolicy, withoutAction } from '../../../tools/iam/policy';
import { NotSimulated } from '../../../tools/not-simulated';
import { PlanError } from '../../../tools/plan/plan-error';
import { account, decide, policy, queueArn, role, roleArn, sessionArn, statement } from './policies';

const address = 'dev: aws_sqs_queue_policy.orders';
const parse = (document: unknown) => parsePolicy({ address, json: JSON.stringify(document) });
const parseStatement = (changes: object) =>
  parse({ Version: '2012-10-17', Statement: statement({ ...changes }) });

test('a policy is plain data', () => {
  expect(
    parse({
      Version: '2012-10-17',
      Id: 'queue',
      Statement: [
        {
          Sid: 'Sends',
          Effect: 'Allow',
          Principal: {
            AWS: ['111122223333', `arn:aws:iam::${account}:root`, roleArn, sessionArn, '*'],
            Service: 'pipes.amazonaws.com',
          },
          Action: 'sqs:SendMessage',
          Resource: [queueArn],
          Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 'sqs:Size': [1, '2'] } },
        },
        { Effect: 'Deny', NotPrincipal: '*', NotAction: ['sqs:*'], NotResource: '*' },
      ],
    }),
  ).toEqual({
    address,
    statements: [
      {
        sid: 'Sends',
        effect: 'Allow',
        principals: [
          { kind: 'account', accountId: account },
          { kind: 'account', accountId: account },
          { kind: 'identity', arn: roleArn },
          { kind: 'identity', arn: sessionArn },
          { kind: 'everyone' },
          { kind: 'service', name: 'pipes.amazonaws.com' },
        ],
        actions: ['sqs:SendMessage'],
        resources: [queueArn],
        conditions: [
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
          { operator: 'NumericLessThan', key: 'sqs:Size', values: ['1', '2'] },
        ],
      },
      {
        effect: 'Deny',
        notPrincipals: [{ kind: 'everyone' }],
        notActions: ['sqs:*'],
        notResources: ['*'],
        conditions: [],
      },
    ],
  });
});

test('one statement need not stand in a list, and an empty Sid is none', () => {
  expect(parseStatement({ Sid: '' }).statements).toEqual([
    { effect: 'Allow', actions: ['sqs:SendMessage'], resources: [queueArn], conditions: [] },
  ]);
});

describe('what is not known is refused by name', () => {
  const at = `${address}: statement Sends`;

  test.each([
    [{ Effect: 'Maybe' }, `${at}: the effect "Maybe"`],
    [{ Effect: undefined }, `${at}: the effect undefined`],
    [{ Sid: undefined, Effect: 'Maybe' }, `${address}: statement 1: the effect "Maybe"`],
    [{ Priority: 1 }, `${at}: the element "Priority"`],
    [{ Principal: { Federated: 'www.amazon.com' } }, `${at}: the principal {"Federated":"www.amazon.com"}`],
    [{ Principal: { CanonicalUser: '79a5' } }, `${at}: the principal {"CanonicalUser":"79a5"}`],
    [{ Principal: { AWS: 'AROAEXAMPLE' } }, `${at}: the principal {"AWS":"AROAEXAMPLE"}`],
    [{ Principal: { AWS: 5 } }, `${at}: the principal {"AWS":5}`],
    [{ Principal: { Service: '*' } }, `${at}: the principal {"Service":"*"}`],
    [{ Principal: { Service: 'pipes' } }, `${at}: the principal {"Service":"pipes"}`],
    [
      { NotPrincipal: { AWS: `arn:aws:sts::${account}:federated-user/a` } },
      `${at}: the principal {"AWS":"arn:aws:sts::${account}:federated-user/a"}`,
    ],
    [{ Resource: 'arn:aws:sqs' }, `${at}: the incomplete ARN "arn:aws:sqs"`],
  ])('%j', (changes, what) => {
    const parsing = () => parseStatement(changes);

    expect(parsing).toThrow(NotSimulated);
    expect(parsing).toThrow(`${what} is not simulated`);
  });

  test('in the policy as a whole', () => {
    expect(() => parse({ Version: '2012-10-17', Owner: 'me', Statement: statement() })).toThrow(
      `${address}: the element "Owner" is not simulated`,
    );
    expect(() => parse({ Statement: statement({ Resource: `${queueArn}\${aws:username}` }) })).toThrow(
      `${address}: "\${" in a policy of a version without policy variables is not simulated`,
    );
    expect(parse({ Statement: statement() }).statements).toHaveLength(1);
  });
});

describe('what AWS refuses is an error of the plan', () => {
  const at = `${address}: statement Sends`;

  test.each([
    [{ Action: undefined }, `${at} has neither Action nor NotAction`],
    [{ NotAction: 'sqs:*' }, `${at} has both Action and NotAction`],
    [{ NotResource: '*' }, `${at} has both Resource and NotResource`],
    [{ Principal: '*', NotPrincipal: '*' }, `${at} has both Principal and NotPrincipal`],
    [{ Resource: undefined }, `${at} has neither Resource nor NotResource`],
    [{ Resource: undefined, Action: 'sts:AssumeRole' }, `${at} has neither Resource nor NotResource`],
    [
      { Resource: undefined, Principal: '*', Action: ['sts:AssumeRole', 'sqs:*'] },
      `${at} has neither Resource nor NotResource`,
    ],
    [{ Action: [] }, `${at}: its actions are []`],
    [{ Action: 'SendMessage' }, `${at}: its action "SendMessage" is none`],
    [{ Action: 5 }, `${at}: its actions are 5`],
    [{ Resource: 'orders' }, `${at}: its resource "orders" is none`],
    [{ Principal: 'everyone' }, `${at}: its principal is "everyone"`],
    [{ Principal: {} }, `${at} names no principal`],
    [
      { Principal: { AWS: `arn:aws:iam::${account}:role/*` } },
      'has a wildcard, which stands only for everyone',
    ],
    [{ Principal: { Service: '*.amazonaws.com' } }, 'has a wildcard, which stands only for everyone'],
    [
      { Condition: { Bool: { 'aws:SecureTransport': [] } } },
      `${at}: its values of aws:SecureTransport are []`,
    ],
    [
      { Condition: { Bool: { 'aws:SecureTransport': null } } },
      `${at}: its values of aws:SecureTransport are null`,
    ],
    [{ Condition: { Bool: 'true' } }, `${at}: "true" stands where a map is expected`],
  ])('%j', (changes, message) => {
    const parsing = () => parseStatement(changes);

    expect(parsing).toThrow(PlanError);
    expect(parsing).toThrow(message);
  });

  test.each([
    [{ Version: '2012-10-17' }, `${address} has no statement`],
    [{ Version: '2012-10-17', Statement: [] }, `${address} has no statement`],
    [{ Version: '2020-01-01', Statement: [statement()] }, `${address}: its version is "2020-01-01"`],
    [
      { Version: '2012-10-17', Statement: [statement(), statement({ Sid: 'Other', Principal: '*' })] },
      `${address}: some statements name principals`,
    ],
    [{ Version: '2012-10-17', Statement: [statement(), statement()] }, `${address} has two statements Sends`],
    [[], `${address}: [] stands where a map is expected`],
  ])('%j', (document, message) => {
    expect(() => parse(document)).toThrow(message);
  });

  test('what is no JSON', () => {
    expect(() => parsePolicy({ address, json: '{' })).toThrow(`${address} is no JSON`);
  });

  test('a policy in the wrong place', () => {
    expect(() => decide({}, { identity: [statement({ Principal: '*' })] })).toThrow(
      'the role’s policy names principals, which a policy of a role or user must not',
    );
    expect(() => decide({}, { resource: [statement()] })).toThrow(
      'the queue’s policy names no principals, which the policy of a resource must',
    );
  });

  test('a role that is none', () => {
    expect(() => decide({ principal: { ...role, roleArn: 'sender' } as typeof role }, {})).toThrow(
      '"sender" is not the ARN of a role',
    );
  });
});

describe('a policy without one action', () => {
  const both = (): Policy =>
    policy(
      address,
      statement({ Action: ['sqs:SendMessage', 'sqs:ReceiveMessage'] }),
      statement({ Sid: 'Deletes', Action: 'sqs:DeleteMessage' }),
    );
  const actionsOf = ({ statements }: Policy) => statements.map(({ actions }) => actions);

  test('keeps the others, and leaves the policy as it was', () => {
    const before = both();

    expect(actionsOf(withoutAction(before, 'Sends', 'sqs:SendMessage'))).toEqual([
      ['sqs:ReceiveMessage'],
      ['sqs:DeleteMessage'],
    ]);
    expect(before).toEqual(both());
  });

  test('loses the statement with its last action', () => {
    expect(actionsOf(withoutAction(both(), 1, 'sqs:DeleteMessage'))).toEqual([
      ['sqs:SendMessage', 'sqs:ReceiveMessage'],
    ]);
  });

  test.each([
    ['Sends', 'sqs:DeleteMessage'],
    ['Sends', 'sqs:sendmessage'],
    ['Nothing', 'sqs:SendMessage'],
    [2, 'sqs:SendMessage'],
  ])('is none where statement %j has no %s', (sid, action) => {
    expect(() => withoutAction(both(), sid, action)).toThrow(
      `statement ${sid} of ${address} has no action ${action}`,
    );
  });
});
