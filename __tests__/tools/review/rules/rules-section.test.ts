import { describe, expect, test } from 'vitest';
import { text } from '../../../../tools/review/markdown/markdown';
import type { RulesReview } from '../../../../tools/review/rules/rules-findings';
import { rulesSection } from '../../../../tools/review/rules/rules-section';
import type { Block } from '../../../../tools/review/section';

const fine: RulesReview = {
  rules: 63,
  resources: 98,
  changed: true,
  violations: [],
  waived: [],
  waivers: [],
  faults: [],
  unread: [],
  concerns: [],
};

const violation = {
  rule: 'queue-tls-only',
  title: 'A queue refuses plain HTTP',
  resource: 'dev-a: aws_sqs_queue.one',
  name: 'dev-one',
  problem: 'it has no policy',
  fix: 'write one',
};

const waiver = {
  rule: 'queue-tls-only',
  resource: 'dev-a: aws_sqs_queue.one',
  reason: 'it is empty <b>',
  expires: '2027-01-31',
};

/** As GitHub shows it, nearly: what is escaped for its sake does not matter here. */
const plain = ({ markdown }: { readonly markdown: string }) =>
  markdown.replace(/&(lt|gt|amp|#\d+|#x[\da-f]+);|[\\\u200b\u2060]/gi, (found) =>
    found === '&lt;' ? '<' : found === '&gt;' ? '>' : '',
  );

function shownBlock(block: Block): unknown {
  if (block.kind === 'table') return block.rows.map((row) => row.map(plain));
  if (block.kind === 'list') return block.items.map(plain);
  if (block.kind === 'paragraph') return plain(block.text);
  return block.text;
}

const shown = (review: Partial<RulesReview>) => rulesSection({ ...fine, ...review })?.blocks.map(shownBlock);
const broken = { concerns: [{ level: 'broken' as const, text: 'breaks a rule' }] };

describe('the section', () => {
  test('is left out where nothing changed and nothing is wrong', () => {
    expect(rulesSection({ ...fine, changed: false })).toBeUndefined();
    expect(rulesSection({ ...fine, changed: false, ...broken })).toBeDefined();
  });

  test('is one line where all rules are satisfied', () => {
    expect(shown({})).toEqual(['63 rules, all satisfied on 98 resources.']);
  });

  test('says of each violation whose it is, what is wrong, whether it is new, and how to mend it', () => {
    const section = rulesSection({
      ...fine,
      ...broken,
      violations: [
        { ...violation, isNew: true, waivedUntil: undefined },
        { ...violation, name: undefined, isNew: false, waivedUntil: undefined },
        { ...violation, isNew: false, waivedUntil: '2026-10-31' },
      ],
    });
    expect(section?.blocks[0]).toMatchObject({ columns: ['Rule', 'Resource', 'Problem', 'Fix'] });
    expect(section?.blocks.map(shownBlock)).toEqual([
      [
        [
          '`queue-tls-only`: A queue refuses plain HTTP',
          'dev-one (`dev-a: aws_sqs_queue.one`)',
          'it has no policy; new in this change',
          'write one',
        ],
        [
          '`queue-tls-only`: A queue refuses plain HTTP',
          '`dev-a: aws_sqs_queue.one`',
          'it has no policy; it was so before',
          'write one',
        ],
        [
          '`queue-tls-only`: A queue refuses plain HTTP',
          'dev-one (`dev-a: aws_sqs_queue.one`)',
          'it has no policy; its waiver expired on 2026-10-31',
          'write one',
        ],
      ],
      '63 rules, 1 broken on 98 resources.',
    ]);
  });

  test('says of each waiver what is to be decided, with its reason as text', () => {
    const remarks = (['expired', 'too-long', 'new', 'changed', 'unused'] as const).map((remark) => ({
      ...waiver,
      remark,
      violations: 2,
    }));
    const about = 'Waiver of `queue-tls-only` for `dev-a: aws_sqs_queue.one`';
    expect(shown({ waivers: remarks })?.[0]).toEqual([
      `${about} expired on 2027-01-31: mend what it covers (2 violations), or decide anew.`,
      `${about} ends on 2027-01-31, more than a year from today: it waives nothing until it ends sooner.`,
      `${about} is new, until 2027-01-31, for 2 violations: it is empty <b>`,
      `${about} is changed, now until 2027-01-31, for 2 violations: it is empty <b>`,
      `${about} matches nothing any more: remove it.`,
    ]);
    const [list] = rulesSection({ ...fine, waivers: remarks })?.blocks ?? [];
    expect(list?.kind === 'list' && list.items[2]?.markdown).toContain(text('it is empty <b>').markdown);
  });

  test('tells faults of the waiver file and what was not read', () => {
    expect(shown({ faults: ['[0].rule: "x": is no rule', 'it is no JSON'], unread: ['a place'] })).toEqual([
      ['`waivers.json`[0].rule: "x": is no rule', '`waivers.json` it is no JSON'],
      ['Not read: a place'],
      '63 rules, not all of them readable on 98 resources.',
    ]);
  });

  test('has what is waived and new collapsed at its end, a reason once', () => {
    const waived = { ...violation, isNew: true, reason: 'it is empty', expires: '2027-01-31' };
    const section = rulesSection({
      ...fine,
      waived: [waived, { ...waived, resource: 'dev-a: aws_sqs_queue.two', name: undefined }],
    });
    expect(section?.blocks.map(shownBlock)).toEqual([
      '63 rules, all satisfied on 98 resources; 2 waived, 2 of them new.',
      'queue-tls-only, until 2027-01-31: it is empty\n  dev-a: aws_sqs_queue.one (dev-one)\n  dev-a: aws_sqs_queue.two',
    ]);
    expect(section?.blocks.at(-1)).toMatchObject({ kind: 'fence', summary: expect.anything() });
  });
});
