import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { rules } from '../../../../tools/review/rules/pack';
import { isAbout } from '../../../../tools/review/rules/waiver-match';
import { readWaivers } from '../../../../tools/review/rules/waivers';
import { heldStacks, intactStacks, withBroken } from './broken-stacks';
import { apiCases } from './cases/api-cases';
import { keptCases } from './cases/kept-cases';
import { otherCases } from './cases/other-cases';
import { queueCases } from './cases/queue-cases';

const cases = [...apiCases, ...queueCases, ...otherCases];
const intact = heldStacks(intactStacks);
const known = new Set(intact.violations.map((violation) => JSON.stringify(violation)));

/** Ids that AWS gives are made up. */
const withoutId = (problem: string) => problem.replace(/(execute-api:[^:]+:\d+:)[a-z0-9]+\//, '$1<id>/');

describe('a stack that breaks a rule is reported, with its resource and what is wrong', () => {
  test.each(cases.map((one, index) => ({ ...one, index })))(
    '$rule ($index)',
    ({ rule, stack, breaks, problems }) => {
      const { violations, unread } = heldStacks(withBroken(stack, breaks), rule);
      const found = violations.filter((violation) => !known.has(JSON.stringify(violation)));
      expect(found.map(({ resource, problem }) => [resource, withoutId(problem)])).toEqual(
        problems.map(([resource, problem]) => [`${stack}: ${resource}`, problem]),
      );
      expect(unread).toEqual([]);
    },
  );
});

test('every rule has a stack that breaks it, and no case is of another', () => {
  expect(new Set(cases.map(({ rule }) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
});

test('every rule has an id of its own in kebab case, and says what it is for', () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  for (const { id, title, protects, fix } of rules) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const text of [title, protects, fix]) expect(text.length).toBeGreaterThan(10);
  }
});

test('of the intact stacks rules read all, and report only what waivers.json waives', () => {
  expect(intact.unread).toEqual([]);
  const { waivers } = readWaivers(
    fs.readFileSync('waivers.json', 'utf8'),
    rules.map(({ id }) => id),
  );
  const open = intact.violations.filter((violation) => !waivers.some((waiver) => isAbout(waiver, violation)));
  expect(open).toEqual([]);
});

describe('what another form keeps a rule with is not reported', () => {
  test.each(keptCases)('$rule: $because', ({ rule, stack, keeps }) => {
    const { violations, unread } = heldStacks(withBroken(stack, keeps), rule);
    expect(violations.filter((violation) => !known.has(JSON.stringify(violation)))).toEqual([]);
    expect(unread).toEqual([]);
  });
});
