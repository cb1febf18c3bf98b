import { describe, expect, test } from 'vitest';
import type { Change, ReviewedStack } from '../../../../tools/review/change';
import { textOf } from '../../../../tools/review/rules/reading/fields';
import { Unreadable } from '../../../../tools/review/rules/reading/unreadable';
import type { Rule } from '../../../../tools/review/rules/rule';
import { rulesReview } from '../../../../tools/review/rules/rules-review';
import { noWaivers, type Waiver, type Waivers } from '../../../../tools/review/rules/waivers';

/** Queues named `bad…` break this rule, and those named `odd…` cannot be read. */
const naming: Rule = {
  id: 'naming',
  title: 'A queue has a good name',
  scanners: [],
  protects: 'people from bad names',
  fix: 'rename the queue',
  types: ['aws_sqs_queue'],
  problems(queue) {
    const name = textOf(queue, 'name') ?? '';
    if (name.startsWith('odd')) throw new Unreadable(queue.where, 'its name is odd');
    return name.startsWith('bad') ? [`its name is ${name}`] : [];
  },
};

const stack = (queues: Readonly<Record<string, string>>, id = 'dev-a'): ReviewedStack => ({
  id,
  environment: 'dev',
  configuration: {
    resource: {
      aws_sqs_queue: Object.fromEntries(Object.entries(queues).map(([key, name]) => [key, { name }])),
    },
  },
  hcl: '',
  lock: undefined,
});

const change = (base: readonly ReviewedStack[], head: readonly ReviewedStack[]): Change => ({
  base: { name: 'main', stacks: base },
  head: { name: 'head', stacks: head },
  plans: new Map(),
});

const waiver: Waiver = {
  rule: 'naming',
  resource: 'dev-a: aws_sqs_queue.one',
  reason: 'the name is known to everyone',
  expires: '2027-01-31',
};

const file = (...waivers: readonly Waiver[]): Waivers => ({ waivers, faults: [] });

const review = (
  base: readonly ReviewedStack[],
  head: readonly ReviewedStack[],
  waivers: Partial<{ base: Waivers; head: Waivers }> = {},
  now = '2026-11-21T12:00:00Z',
) =>
  rulesReview(change(base, head), { base: noWaivers, head: noWaivers, ...waivers }, new Date(now), [naming]);

const good = [stack({ one: 'good' })];
const bad = [stack({ one: 'bad' })];

describe('a violation', () => {
  test('is new where the resource kept the rule before, or was not there', () => {
    const { violations, concerns } = review(good, [stack({ one: 'bad', two: 'bad-too' })]);
    expect(violations.map(({ resource, isNew, problem }) => [resource, isNew, problem])).toEqual([
      ['dev-a: aws_sqs_queue.one', true, 'its name is bad'],
      ['dev-a: aws_sqs_queue.two', true, 'its name is bad-too'],
    ]);
    expect(concerns).toEqual([{ level: 'broken', text: 'breaks the rule naming on 2 resources' }]);
  });

  test('that was there before is broken too, told after new ones', () => {
    const { violations, concerns } = review(bad, [stack({ one: 'bad-still', two: 'bad' })]);
    expect(violations.map(({ resource, isNew }) => [resource, isNew])).toEqual([
      ['dev-a: aws_sqs_queue.two', true],
      ['dev-a: aws_sqs_queue.one', false],
    ]);
    expect(concerns).toEqual([
      { level: 'broken', text: 'breaks the rule naming on dev-a: aws_sqs_queue.two' },
      {
        level: 'broken',
        text: 'leaves the rule naming broken on dev-a: aws_sqs_queue.one, as it was before',
      },
    ]);
  });

  test('says the name, the rule and the fix', () => {
    expect(review(good, bad).violations[0]).toEqual({
      rule: 'naming',
      title: 'A queue has a good name',
      resource: 'dev-a: aws_sqs_queue.one',
      name: 'bad',
      problem: 'its name is bad',
      fix: 'rename the queue',
      isNew: true,
      waivedUntil: undefined,
    });
  });

  test('with a waiver stands without a concern, with its reason', () => {
    const { violations, waived, waivers, concerns } = review(bad, bad, {
      base: file(waiver),
      head: file(waiver),
    });
    expect(violations).toEqual([]);
    expect(waived.map(({ resource, reason, expires }) => [resource, reason, expires])).toEqual([
      ['dev-a: aws_sqs_queue.one', 'the name is known to everyone', '2027-01-31'],
    ]);
    expect(waivers).toEqual([]);
    expect(concerns).toEqual([]);
  });
});

describe('a waiver', () => {
  const both = { base: file(waiver), head: file(waiver) };

  test('holds through its last day in UTC, wherever the review runs', () => {
    const last = review(bad, bad, both, '2027-02-01T00:30:00+01:00');
    expect(last.concerns).toEqual([]);
    const after = review(bad, bad, both, '2027-01-31T23:30:00-01:00');
    expect(after.violations.map(({ resource, waivedUntil }) => [resource, waivedUntil])).toEqual([
      ['dev-a: aws_sqs_queue.one', '2027-01-31'],
    ]);
    expect(after.waived).toEqual([]);
    expect(after.concerns).toEqual([
      {
        level: 'broken',
        text: 'rests on a waiver of naming for dev-a: aws_sqs_queue.one that expired on 2027-01-31',
      },
    ]);
  });

  test('that is new or changed is shown for a decision', () => {
    const added = review(bad, bad, { head: file(waiver) });
    expect(added.waivers).toEqual([{ ...waiver, remark: 'new', violations: 1 }]);
    expect(added.concerns).toEqual([
      {
        level: 'attention',
        text: 'waives naming for dev-a: aws_sqs_queue.one until 2027-01-31: the name is known to everyone',
      },
    ]);
    const later = { ...waiver, expires: '2027-03-31' };
    const changed = review(bad, bad, { base: file(waiver), head: file(later) });
    expect(changed.waivers).toEqual([{ ...later, remark: 'changed', violations: 1 }]);
    expect(changed.concerns).toEqual([
      {
        level: 'attention',
        text: 'changes the waiver of naming for dev-a: aws_sqs_queue.one, now until 2027-03-31: the name is known to everyone',
      },
    ]);
    const otherReason = review(bad, bad, {
      base: file(waiver),
      head: file({ ...waiver, reason: 'another reason' }),
    });
    expect(otherReason.waivers.map(({ remark }) => remark)).toEqual(['changed']);
  });

  test('that matches nothing any more is to be removed', () => {
    const { waivers, concerns } = review(bad, good, both);
    expect(waivers).toEqual([{ ...waiver, remark: 'unused', violations: 0 }]);
    expect(concerns).toEqual([
      {
        level: 'attention',
        text: 'keeps a waiver of naming for dev-a: aws_sqs_queue.one that nothing needs any more',
      },
    ]);
  });

  test('of a stack that is gone is to be removed, one of a stack that is not reviewed is not', () => {
    const gone = { ...waiver, resource: 'dev-b: aws_sqs_queue.one' };
    const waivers = { base: file(gone), head: file(gone) };
    expect(review([...good, stack({ one: 'bad' }, 'dev-b')], good, waivers).waivers).toEqual([
      { ...gone, remark: 'unused', violations: 0 },
    ]);
    expect(review(good, good, waivers).waivers).toEqual([]);
  });

  test('for more than a year waives nothing', () => {
    const year = { ...waiver, expires: '2027-11-21' };
    expect(review(bad, bad, { base: file(year), head: file(year) }).concerns).toEqual([]);
    const longer = { ...waiver, expires: '2027-11-22' };
    const { violations, concerns } = review(bad, bad, { head: file(longer) });
    expect(violations).toHaveLength(1);
    expect(concerns).toContainEqual({
      level: 'broken',
      text: 'waives naming for dev-a: aws_sqs_queue.one until 2027-11-22, for more than a year',
    });
  });

  test('file with faults is broken', () => {
    const faults = ['[0].rule: "x": is no rule'];
    expect(review(good, good, { head: { waivers: [], faults } })).toMatchObject({
      faults,
      concerns: [{ level: 'broken', text: 'has 1 fault in waivers.json' }],
    });
  });
});

test('what a rule cannot read ends neither the rule nor the review', () => {
  const { violations, unread, concerns } = review(good, [stack({ one: 'odd', two: 'bad' })]);
  expect(violations.map(({ resource }) => resource)).toEqual(['dev-a: aws_sqs_queue.two']);
  expect(unread).toEqual(['naming of dev-a: aws_sqs_queue.one: dev-a: aws_sqs_queue.one: its name is odd']);
  expect(concerns).toContainEqual({
    level: 'attention',
    text: 'has 1 place that the security rules cannot read',
  });
});

test('a mistake in a rule itself is not taken for something that cannot be read', () => {
  const faulty: Rule = {
    ...naming,
    problems() {
      throw new TypeError('a mistake');
    },
  };
  expect(() =>
    rulesReview(change(good, good), { base: noWaivers, head: noWaivers }, new Date('2026-11-21'), [faulty]),
  ).toThrow('a mistake');
});

test('a change is told by its stacks and its waivers', () => {
  expect(review(good, good).changed).toBe(false);
  expect(review(good, [stack({ one: 'better' })]).changed).toBe(true);
  expect(review(good, [...good, stack({}, 'dev-b')]).changed).toBe(true);
  expect(review(bad, bad, { head: file(waiver) }).changed).toBe(true);
});
