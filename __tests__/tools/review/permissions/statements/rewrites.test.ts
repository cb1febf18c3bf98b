import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePolicy } from '../../../../../tools/iam/policy';
import { statementChanges } from '../../../../../tools/review/permissions/statements/statement-change';
import { account, roleArn } from '../../../iam/policies';

interface Listed {
  readonly Effect: string;
  readonly Principal: { readonly AWS: readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const several = (...values: readonly string[]) => fc.subarray([...values], { minLength: 1 });
const queue = (name: string) => `arn:aws:sqs:eu-central-1:${account}:${name}`;

const statements = fc.array(
  fc.record<Listed>({
    Effect: fc.constantFrom('Allow', 'Deny'),
    Principal: several(account, roleArn, '444455556666').map((AWS) => ({ AWS })),
    Action: several('sqs:SendMessage', 'sqs:Receive*', 'kms:*'),
    Resource: several(queue('a'), queue('b*'), queue('${aws:username}'), '*'),
    Condition: fc.constantFrom<Listed['Condition']>(
      {},
      { StringEquals: { 'aws:SourceAccount': ['1', '2', '3'] } },
      { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] } },
      { 'ForAllValues:StringLike': { 'x:Tags': ['a*', 'b'] }, Bool: { 'aws:SecureTransport': ['true'] } },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

/** One statement for each value of an element. */
const splits: readonly ((statement: Listed) => readonly object[])[] = [
  (one) => one.Action.map((Action) => ({ ...one, Action })),
  (one) => one.Resource.map((Resource) => ({ ...one, Resource: [Resource, Resource] })),
  (one) => one.Principal.AWS.map((AWS) => ({ ...one, Principal: { AWS: `${AWS}` } })),
  (one) => one.Action.map((Action) => ({ ...one, Sid: 'Renamed', Action: Action.toUpperCase() })),
  (one) =>
    one.Condition.StringEquals
      ? ['3', '1', '2'].map((value) => ({
          ...one,
          Condition: { StringEquals: { 'AWS:sourceaccount': value } },
        }))
      : [{ ...one, Action: [...one.Action].reverse(), Resource: [...one.Resource].reverse() }],
  (one) => [one, one],
];

const read = (all: readonly object[]) =>
  all.flatMap(
    (Statement) =>
      parsePolicy({ address: 'policy', json: JSON.stringify({ Version: '2012-10-17', Statement }) })
        .statements,
  );

test('statements that are split, merged, shuffled, repeated or written in another case say the same', () => {
  fc.assert(
    fc.property(
      statements,
      fc.array(fc.constantFrom(...splits), { minLength: 3, maxLength: 3 }),
      fc.boolean(),
      (all, rewrites, merges) => {
        const rewritten = all.flatMap((one, at) => rewrites[at]?.(one) ?? []).reverse();
        const [base, head] = merges ? [rewritten, all] : [all, rewritten];

        expect(statementChanges(read(base), read(head), account)).toEqual([]);
      },
    ),
    { numRuns: 100 },
  );
});
