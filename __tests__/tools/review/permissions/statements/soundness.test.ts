import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AccessRequest, evaluate, type Policies } from '../../../../../tools/iam/evaluate';
import { type Policy, parsePolicy } from '../../../../../tools/iam/policy';
import { NotSimulated } from '../../../../../tools/not-simulated';
import {
  isNarrower,
  isWider,
  statementChanges,
} from '../../../../../tools/review/permissions/statements/statement-change';
import {
  account,
  anonymous,
  otherAccount,
  otherRole,
  role,
  roleArn,
  root,
  service,
  user,
} from '../../../iam/policies';

type Written = Readonly<Record<string, unknown>>;

const some = <T>(...values: readonly T[]) =>
  fc.oneof(
    fc.constantFrom(...values),
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  );

const queue = (name: string) => `arn:aws:sqs:eu-central-1:${account}:${name}`;

const actions = some(
  'sqs:SendMessage',
  'SQS:Send*',
  'sqs:*Message',
  'sqs:ReceiveMessage',
  'sqs:?e*',
  'sqs:Rec*',
  '*',
);
const resources = some(
  queue('orders'),
  queue('orders-eu'),
  queue('orders*'),
  queue('?rders'),
  queue('${aws:username}'),
  queue('orders-${aws:username}*'),
  'arn:aws:sqs:*:*:o*',
  'arn:aws:sqs:*',
  'arn:aws:sqs:eu-*-1:*:*eu',
  'arn:*:orders',
  '*',
);
const principals = fc.oneof(
  fc.constantFrom<unknown>('*', { AWS: '*' }),
  some(
    account,
    otherAccount,
    roleArn,
    `arn:aws:iam::${otherAccount}:role/sender`,
    `arn:aws:sts::${account}:assumed-role/sender/s-1`,
  ).map((AWS) => ({ AWS })),
  some('pipes.amazonaws.com', 'events.amazonaws.com').map((Service) => ({ Service })),
  fc.constant({ AWS: [account, roleArn], Service: 'pipes.amazonaws.com' }),
);

const texts = some('a', 'A', 'ab', 'a*', '?b', '*', 'b', '', '${aws:username}', 'a${aws:username}', '${*}');
const arns = some(
  'arn:aws:sns:eu:1:a',
  'arn:aws:sns:*:1:a',
  'arn:aws:sns:*:1:*',
  'arn:*:*:*:*:*',
  'arn:aws:s*:eu:?:a:b',
  'arn:aws:${aws:username}:*:1:a:b',
);
const blocks = some(
  '10.0.0.0/8',
  '10.0.0.0/9',
  '10.128.0.0/9',
  '10.1.2.3',
  '10.1.2.3/32',
  '0.0.0.0/0',
  '2001:db8::/32',
  '2001:db8:1::/48',
  '::/0',
);
const numbers = some('0', '1', '1.5', '2', '-3', '10');
const dates = some('2026-01-01', '2026-01-01T00:00:00Z', '1767225600', '2026-06-01T00:00:00.001Z');
const truth = some('true', 'false');

const eachOf = (names: readonly string[], key: string, values: fc.Arbitrary<unknown>) =>
  fc
    .tuple(fc.constantFrom(...names), values)
    .map(([operator, value]): Written => ({ [operator]: { [key]: value } }));

const withIfExists = (...names: readonly string[]) => [...names, ...names.map((name) => `${name}IfExists`)];
const text = withIfExists(
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
);
const arn = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'ArnLikeIfExists'];
const sets = [...text, ...arn].flatMap((name) => [`ForAnyValue:${name}`, `ForAllValues:${name}`]);

const conditions = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Written>({}) },
  eachOf([...text, 'Null'], 'x:Text', texts).map((condition) =>
    'Null' in condition ? { Null: { 'x:Text': 'true' } } : condition,
  ),
  eachOf(sets, 'X:Texts', texts).filter(
    (condition) => !Object.keys(condition).some((name) => name.includes('Arn')),
  ),
  eachOf(
    sets.filter((name) => name.includes('Arn')),
    'x:texts',
    arns,
  ),
  eachOf(arn, 'aws:SourceArn', arns),
  eachOf(['StringLike', 'StringEquals', 'StringNotLike'], 'aws:SourceArn', arns),
  eachOf(withIfExists('IpAddress', 'NotIpAddress'), 'aws:SourceIp', blocks),
  eachOf(
    [
      'NumericEquals',
      'NumericNotEquals',
      'NumericLessThan',
      'NumericLessThanEquals',
      'NumericGreaterThan',
      'NumericGreaterThanEqualsIfExists',
    ],
    'x:Number',
    numbers,
  ),
  eachOf(['DateEquals', 'DateNotEquals', 'DateLessThan', 'DateGreaterThanEquals'], 'aws:CurrentTime', dates),
  eachOf(['Bool', 'BoolIfExists', 'Null'], 'aws:SecureTransport', truth),
  fc.constant<Written>({
    Bool: { 'aws:SecureTransport': 'true' },
    NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
  }),
  fc.constant<Written>({
    StringEquals: { 'x:Text': ['a', 'b'] },
    IpAddress: { 'aws:SourceIp': '10.0.0.0/8' },
  }),
);

const either = <T>(plain: string, values: fc.Arbitrary<T>, negated = true) =>
  fc
    .tuple(values, fc.integer({ min: 0, max: negated ? 4 : 0 }))
    .map(([value, not]): Written => ({ [not === 4 ? `Not${plain}` : plain]: value }));

const identity = fc
  .tuple(
    fc.constantFrom('Allow', 'Allow', 'Deny'),
    either('Action', actions),
    either('Resource', resources),
    conditions,
  )
  .map(([Effect, action, resource, Condition]): Written => ({ Effect, ...action, ...resource, Condition }));
const resourceBased = fc.tuple(identity, principals, fc.integer({ min: 0, max: 5 })).map(
  ([statement, named, not]): Written => ({
    ...statement,
    [not === 5 ? 'NotPrincipal' : 'Principal']: named,
  }),
);

/** The statement with an element of another. */
const withElement = (one: Written, other: Written, at: number): Written => {
  const element = at % 2 === 0 && 'Action' in one && 'Action' in other ? 'Action' : 'Condition';
  return { ...one, [element]: other[element] };
};

/** The statement with the actions and resources of both. */
const withBoth = (one: Written, other: Written): Written => ({
  ...one,
  ...Object.fromEntries(
    ['Action', 'NotAction', 'Resource', 'NotResource']
      .filter((element) => element in one && element in other)
      .map((element) => [element, [one[element], other[element]].flat()]),
  ),
});

/** A version, and one that differs from it little or altogether. */
const versions = (statement: fc.Arbitrary<Written>) =>
  fc
    .tuple(
      fc.array(statement, { minLength: 1, maxLength: 3 }),
      fc.array(statement, { minLength: 1, maxLength: 3 }),
    )
    .chain(([base, other]) =>
      fc.constantFrom(
        { base, head: other },
        { base, head: [...base.slice(1), ...other.slice(0, 1)] },
        { base, head: base.map((one, at) => withElement(one, other[at % other.length] as Written, at)) },
        { base, head: base.map((one, at) => withBoth(one, other[at % other.length] as Written)) },
        { base: base.map((one, at) => withBoth(one, other[at % other.length] as Written)), head: base },
      ),
    );

const requests = fc
  .record({
    principal: fc.constantFrom(
      role,
      { ...role, sessionName: 's-2' },
      otherRole,
      user,
      root,
      service,
      anonymous,
    ),
    action: fc.constantFrom('sqs:SendMessage', 'sqs:receivemessage', 'sqs:DeleteMessage', 'sns:Publish'),
    resource: fc.constantFrom(
      queue('orders'),
      queue('orders-eu'),
      queue('orders-carla'),
      'arn:aws:sqs:eu:x:orders',
      'arn:aws:sns:a:b:orders',
    ),
    text: fc.constantFrom(undefined, 'a', 'A', 'ab', 'b', '', '*', 'acarla'),
    texts: fc.subarray(['a', 'A', 'ab', '', 'arn:aws:sns:eu:1:a', 'arn:aws:s:eu:2:a:b']),
    sourceArn: fc.constantFrom(
      undefined,
      'arn:aws:sns:eu:1:a',
      'arn:aws:sns:us:1:b',
      'arn:aws:sqs:eu:2:a:b',
      'arn:aws:x:y:1:a:b',
    ),
    ip: fc.constantFrom(
      undefined,
      '10.1.2.3',
      '10.0.0.1',
      '10.200.0.1',
      '8.8.8.8',
      '2001:db8::1',
      '2001:db8:1::1',
      '2002::1',
    ),
    number: fc.constantFrom(undefined, '0', '1', '1.2', '1.5', '2', '-9', '11'),
    time: fc.constantFrom(
      '2025-01-01',
      '2026-01-01',
      '2026-01-01T00:00:00.001Z',
      '2026-06-01T00:00:00.001Z',
      '2027-01-01',
    ),
    secure: fc.constantFrom('true', 'false'),
  })
  .map(
    ({
      principal,
      action,
      resource,
      text: x,
      texts: many,
      sourceArn,
      ip,
      number,
      time,
      secure,
    }): AccessRequest => ({
      principal,
      action,
      resource,
      resourceAccountId: account,
      context: {
        'x:text': x,
        'x:texts': many,
        'x:number': number,
        'aws:SourceArn': sourceArn,
        'aws:SourceIp': ip,
        'aws:CurrentTime': time,
        'aws:SecureTransport': secure,
      },
    }),
  );

const policyOf = (statements: readonly Written[]): Policy =>
  parsePolicy({ address: 'policy', json: JSON.stringify({ Version: '2012-10-17', Statement: statements }) });

function allowed(request: AccessRequest, policies: Policies): boolean | undefined {
  try {
    return evaluate(request, policies).allowed;
  } catch (error) {
    if (error instanceof NotSimulated) return undefined;
    throw error;
  }
}

function holds(
  base: Policy,
  head: Policy,
  asked: readonly AccessRequest[],
  policies: (version: Policy, request: AccessRequest) => Policies,
): void {
  const changes = statementChanges(base.statements, head.statements, account);
  for (const request of asked) {
    const [before, after] = [base, head].map((version) => allowed(request, policies(version, request)));
    if (before === false && after) expect(changes.some(isWider), JSON.stringify(request)).toBe(true);
    if (before && after === false) expect(changes.some(isNarrower), JSON.stringify(request)).toBe(true);
  }
}

const many = fc.noShrink(fc.array(requests, { minLength: 40, maxLength: 40 }));
const numRuns = 150;

test('whatever a role may newly do is told as wider, and whatever it no longer may, as narrower', () => {
  fc.assert(
    fc.property(versions(identity), many, ({ base, head }, asked) => {
      holds(
        policyOf(base),
        policyOf(head),
        asked.map((request) => ({ ...request, principal: request.principal.kind === 'user' ? user : role })),
        (version) => ({ identity: [version] }),
      );
    }),
    { numRuns },
  );
});

test('whoever may newly use a resource is told as wider, and whoever no longer may, as narrower', () => {
  const own = policyOf([{ Effect: 'Allow', Action: '*', Resource: '*' }]);
  fc.assert(
    fc.property(
      versions(resourceBased),
      many,
      fc.boolean(),
      fc.boolean(),
      ({ base, head }, asked, decides, others) => {
        holds(policyOf(base), policyOf(head), asked, (resource, { principal: { kind } }) => ({
          identity: others && (kind === 'role' || kind === 'user') ? [own] : [],
          resource,
          resourcePolicyDecides: decides,
        }));
      },
    ),
    { numRuns },
  );
});

test('a version against itself, in any order, says nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(identity), { minLength: 1, maxLength: 4 }), (statements) => {
      const [base, head] = [policyOf(statements), policyOf([...statements].reverse())];
      expect(statementChanges(base.statements, head.statements, account)).toEqual([]);
    }),
  );
});
