import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { arnLike, resourceTest } from '../../../../../tools/iam/arn-text';
import { wildcards } from '../../../../../tools/iam/policy-text';
import {
  actionPattern,
  arnPattern,
  exactPattern,
  likePattern,
  resourcePattern,
} from '../../../../../tools/review/permissions/coverage/policy-patterns';
import { apart, coversText } from '../../../../../tools/review/permissions/coverage/text-pattern';

describe('one pattern covers another', () => {
  it.each([
    ['*', 'anything', true],
    ['a*', 'a', true],
    ['a*', 'ab*', true],
    ['ab*', 'a*', false],
    ['*a*', 'bab', true],
    ['a?', 'a*', false],
    ['a*', 'a?', true],
    ['*?', '?*', true],
    ['?*', '*', false],
    ['*a*b*', '*ab*', true],
    ['*ab*', '*a*b*', false],
    ['a${aws:username}', 'a${aws:UserName}', true],
    ['a*', 'a${aws:username}', true],
    ['a${aws:username}', 'ab', false],
    ['${*}', '*', false],
    ['*', '${*}', true],
  ])('%s and %s: %s', (wide, narrow, covers) => {
    expect(coversText(likePattern(wide), likePattern(narrow))).toBe(covers);
  });

  it('actions in any case', () => {
    expect(coversText(actionPattern('SQS:send*'), actionPattern('sqs:SendMessage'))).toBe(true);
    expect(coversText(actionPattern('sqs:SendMessage'), actionPattern('sqs:Send*'))).toBe(false);
  });

  it('a text in any case only where the other is in any case too', () => {
    expect(coversText(exactPattern('a', true), exactPattern('A'))).toBe(true);
    expect(coversText(exactPattern('a'), exactPattern('a', true))).toBe(false);
    expect(coversText(exactPattern('1'), exactPattern('1', true))).toBe(true);
  });

  it('says no to what takes too long to decide', () => {
    const wide = likePattern(`*a${'?'.repeat(30)}`);
    expect(coversText(wide, likePattern(`*a${'?'.repeat(29)}a*`))).toBe(false);
  });
});

const pieces = (...values: readonly string[]) =>
  fc.array(fc.constantFrom(...values), { maxLength: 6 }).map((all) => all.join(''));
const arns = fc
  .tuple(pieces('a', 'b', '*', '?', ':'), fc.boolean())
  .map(([rest, ends]) => `arn:${rest}:*:?:b:a${ends ? '*' : ''}`);
const arnTexts = pieces('a', 'b', ':', '*').map((rest) => `arn:${rest}:ab:b:b:a`);

const kinds = [
  {
    kind: 'StringLike',
    patterns: pieces('a', 'b', '*', '?', '*'),
    texts: pieces('a', 'b', 'c', '*', 'ab'),
    read: likePattern,
    test: (text: string) => (value: string) => wildcards([{ literal: false, text }]).test(value),
  },
  {
    kind: 'actions',
    patterns: pieces('s', 'S', 'q', '*', '?'),
    texts: pieces('s', 'S', 'Q', 'x'),
    read: actionPattern,
    test: (text: string) => (value: string) => wildcards([{ literal: false, text }], 'i').test(value),
  },
  {
    kind: 'ARN conditions',
    patterns: arns,
    texts: arnTexts,
    read: arnPattern,
    test: (text: string) => (value: string) => arnLike(text, '')(value, () => ''),
  },
  {
    kind: 'resources',
    patterns: fc.oneof(arns, fc.constantFrom('*', 'arn:*', 'arn:a:*:b')),
    texts: arnTexts,
    read: resourcePattern,
    test: (text: string) => (value: string) => resourceTest(text, '')(value, () => ''),
  },
];

test.each(kinds)(
  '$kind: what is covered matches nothing else, and what is apart matches nothing in common',
  ({ patterns, texts, read, test: matches }) => {
    fc.assert(
      fc.property(patterns, patterns, fc.array(texts, { minLength: 20, maxLength: 20 }), (a, b, values) => {
        const [covers, isApart] = [coversText(read(a), read(b)), apart(read(a), read(b))];
        const [inA, inB] = [matches(a), matches(b)];
        for (const value of values) {
          if (covers && inB(value)) expect(inA(value), `${a} covers ${b}, ${value}`).toBe(true);
          if (isApart) expect(inA(value) && inB(value), `${a} apart from ${b}, ${value}`).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  },
);

test.each(kinds)(
  '$kind: a text is covered where it is matched, and apart where it is not',
  ({ kind, patterns, texts, read, test: matches }) => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const exact = exactPattern(text.replaceAll('*', '${*}'), kind === 'actions');
        expect(coversText(read(pattern), exact)).toBe(matches(pattern)(text));
        expect(apart(read(pattern), exact)).toBe(!matches(pattern)(text));
      }),
      { numRuns: 200 },
    );
  },
);

it('what stands for colons is more than what does not', () => {
  for (const text of ['arn:aws:s*s:eu:1:a', 'arn:aws:s?s:eu:1:a']) {
    expect(coversText(likePattern(text), arnPattern(text))).toBe(true);
    expect(coversText(arnPattern(text), likePattern(text))).toBe(false);
  }
  expect(coversText(arnPattern('arn:aws:sqs:eu:1:a*b'), exactPattern('arn:aws:sqs:eu:1:a:b'))).toBe(true);
});
