import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasExpired, isAbout, latestExpiry } from '../../../../tools/review/rules/waiver-match';
import { readWaivers } from '../../../../tools/review/rules/waivers';

const waiver = {
  rule: 'queue-tls-only',
  resource: 'dev-callback-receiver: aws_sqs_queue.q',
  reason: 'until the queue moves',
  expires: '2027-02-28',
};
const ids = ['queue-tls-only', 'key-rotation'];
const read = (...entries: readonly unknown[]) => readWaivers(JSON.stringify(entries), ids);

describe('a waiver file', () => {
  test('gives its waivers', () => {
    expect(read(waiver)).toEqual({ waivers: [waiver], faults: [] });
  });

  test('may be absent', () => {
    expect(readWaivers(undefined, ids)).toEqual({ waivers: [], faults: [] });
  });

  test('that is no JSON, or no list, says so', () => {
    expect(readWaivers('[', ids).faults).toHaveLength(1);
    expect(readWaivers('[', ids).faults[0]).toMatch(/^it is no JSON: /);
    expect(readWaivers('{}', ids).faults).toEqual([
      'it must be a list of objects with rule, resource, reason and expires',
    ]);
  });

  test('has all of its faults told at once, and what is wrong waives nothing', () => {
    const { waivers, faults } = read(
      { ...waiver, rule: 'queue-tls-onl' },
      { ...waiver, rule: 'nothing-like-it' },
      { rule: 'key-rotation', resource: 'aws_kms_key.key', reason: ' why ', expires: '2027-02-29' },
      { ...waiver, resource: '*: aws_sqs_queue.*', expires: '28.02.2027', reasn: 'x', until: 'x' },
      { rule: 'key-rotation', resource: 'a: b.c', expires: 20_270_228 },
      'waiver',
      waiver,
      { ...waiver, reason: 'for another reason' },
    );
    expect(waivers).toEqual([waiver]);
    expect(faults).toEqual([
      '[0].rule: "queue-tls-onl": is no rule: write queue-tls-only',
      '[1].rule: "nothing-like-it": is no rule: docs/security-rules.md lists them',
      '[2].resource: "aws_kms_key.key": must be "<stack>: <type>.<name>", as the review names it; * stands for any characters',
      '[2].reason: " why ": must say why, for whoever reads it in a year',
      '[2].expires: "2027-02-29": must be a day that the calendar has, as YYYY-MM-DD',
      '[3].expires: "28.02.2027": must be a day that the calendar has, as YYYY-MM-DD',
      '[3].reasn: is no field of a waiver: write reason',
      '[3].until: is no field of a waiver: it has rule, resource, reason and expires',
      '[4].reason: (missing): must be a text',
      '[4].expires: 20270228: must be a text',
      '[5] must be an object with rule, resource, reason and expires',
      '[7] is about the same rule and resource as [6]: keep one of them',
    ]);
  });

  test('of any content is read without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const { waivers, faults } = readWaivers(JSON.stringify(value), ids);
        expect(waivers.length + faults.length).toBeGreaterThanOrEqual(
          Array.isArray(value) ? value.length : 1,
        );
      }),
    );
  });
});

describe('a waiver is about', () => {
  const about = (resource: string, violation = waiver.resource) =>
    isAbout({ ...waiver, resource }, { rule: waiver.rule, resource: violation });

  test('the resource that it names, exactly or with * for any characters', () => {
    expect(about(waiver.resource)).toBe(true);
    expect(about('*-callback-receiver: aws_sqs_queue.*')).toBe(true);
    expect(about('dev-*: aws_*.q')).toBe(true);
    expect(about('dev-callback-receiver: aws_sqs_queue.q2')).toBe(false);
    expect(about('dev-callback-receiver: aws_sqs_queue.')).toBe(false);
    expect(about('prod-*: aws_sqs_queue.q')).toBe(false);
  });

  test('its own rule only', () => {
    expect(isAbout(waiver, { rule: 'key-rotation', resource: waiver.resource })).toBe(false);
  });

  test('no other stack by a * after the colon, nor another resource by one before it', () => {
    expect(about('d*: aws_sqs_queue.q', 'dev: x: aws_sqs_queue.q')).toBe(false);
    expect(about('dev: *.q', 'dev-2: aws_sqs_queue.q')).toBe(false);
  });
});

test('a waiver holds through its last day', () => {
  expect(hasExpired(waiver, '2027-02-27')).toBe(false);
  expect(hasExpired(waiver, '2027-02-28')).toBe(false);
  expect(hasExpired(waiver, '2027-03-01')).toBe(true);
});

test('a waiver may last a year at most', () => {
  expect(latestExpiry('2026-11-21')).toBe('2027-11-21');
  expect(latestExpiry('2028-02-29')).toBe('2029-02-28');
});
