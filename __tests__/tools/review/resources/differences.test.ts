import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences } from '../../../../tools/review/resources/differences';

const policy = (...statements: readonly unknown[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });
const send = { Sid: 'Send', Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ['b', 'a'] };

describe('the differences of two values', () => {
  it('are none between a value and itself, written anew', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(differences(value, structuredClone(value))).toEqual([]);
        expect(differences(JSON.stringify(value), JSON.stringify(value, null, 2))).toEqual(
          typeof value === 'object' && value !== null ? [] : expect.anything(),
        );
      }),
    );
  });

  it('are there wherever two objects are not equal', () => {
    const fields = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string({ maxLength: 3 }), fc.integer(), fc.boolean()),
    );
    fc.assert(
      fc.property(fields, fields, (before, after) => {
        const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
        const differ = [...keys].filter(
          (key) => Object.hasOwn(before, key) !== Object.hasOwn(after, key) || before[key] !== after[key],
        );
        expect(differences(before, after).map(({ path }) => path[0])).toEqual(differ);
      }),
    );
  });

  it('go into texts that are JSON, and into blocks, one of which is itself', () => {
    expect(differences({ redrive: '{"max":5,"to":"a"}' }, { redrive: '{"to":"a","max":6}' })).toEqual([
      { path: ['redrive', 'max'], before: 5, after: 6 },
    ]);
    expect(differences({ a: { b: 1 } }, { a: [{ b: 2 }] })).toEqual([
      { path: ['a', 'b'], before: 1, after: 2 },
    ]);
    expect(differences({ a: { b: 1 } }, { a: [{ b: 1 }, { b: 2 }] })).toEqual([
      { path: ['a', 1], before: undefined, after: { b: 2 } },
    ]);
    expect(differences({ a: '{"b":' }, { a: '{"b":1' })).toHaveLength(1);
  });

  it('are of keys that every object has in some way, too', () => {
    expect(differences({}, { constructor: 'a', toString: 'b' })).toEqual([
      { path: ['constructor'], before: undefined, after: 'a' },
      { path: ['toString'], before: undefined, after: 'b' },
    ]);
  });

  it('take null for nothing', () => {
    expect(differences({ a: null }, {})).toEqual([]);
    expect(differences({ a: null }, { a: 0 })).toEqual([{ path: ['a'], before: undefined, after: 0 }]);
  });

  it('of policies are those of their statements’ meaning', () => {
    const otherwise = policy({ ...send, Action: ['sqs:SendMessage'], Resource: ['a', 'b'] });
    expect(differences(policy(send), otherwise)).toEqual([]);
    expect(differences(policy(send), policy({ ...send, Resource: 'a' }))).toEqual([
      { path: ['Send', 'Resource'], before: ['a', 'b'], after: ['a'] },
    ]);
    const deny = { Sid: 'Deny', Effect: 'Deny', Action: '*', Resource: '*' };
    expect(differences(policy(send), policy(deny, send)).map(({ path }) => path)).toEqual([['Deny']]);
  });

  it('of policies hide no statement behind another of the same id', () => {
    const all = { ...send, Action: '*' };
    expect(differences(policy(send), policy(all, send))).not.toEqual([]);
    expect(differences(policy(send), policy(send, all))).not.toEqual([]);
  });
});
