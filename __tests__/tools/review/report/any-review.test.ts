import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, md } from '../../../../tools/review/markdown/markdown';
import type { Block } from '../../../../tools/review/section';
import { hostile } from '../markdown/hostile';
import { html } from '../markdown/rendered';

import { fence, list, paragraph, picture, review, table } from './blocks';

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.tuple(fc.nat(60), hostile).map(([items, item]) => list(items, item)),
  fc.tuple(fc.nat(60), hostile).map(([rows, cell]) => table(rows, cell)),
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), hostile, hostile)
    .map(([lines, line, summary]) =>
      fence(lines, line.replace(/\s+/g, ' '), md`${summary} ${code(summary)}`),
    ),
  fc.nat(300).map(paragraph),
  fc.nat(60).map(picture),
);
const anySections = fc
  .array(fc.array(anyBlock, { maxLength: 6 }), { maxLength: 8 })
  .map((all) => all.map((blocks, index) => ({ title: `Section #${index}`, blocks })));

const unitsOf = (block: Block): readonly [noun: string, count: number] => {
  if (block.kind === 'list') return ['statement', block.items.length];
  if (block.kind === 'table') return ['rule', block.rows.length];
  if (block.kind === 'fence') return ['line', block.text.split('\n').length - 1];
  return [block.kind === 'mermaid' ? 'picture' : 'paragraph', 1];
};
const number = (digits = '') => Number(digits.replaceAll(',', ''));

describe('any review', () => {
  test('is within its limit, keeps every title, counts right, and is well-formed', () => {
    fc.assert(
      fc.property(anySections, fc.integer({ min: 1400, max: 12_000 }), (sections, limit) => {
        const { markdown, shortened } = review(sections, limit);
        expect(markdown.length).toBeLessThanOrEqual(limit);
        const chapters = markdown.split(/^## Section \\#\u200b?\d+$/m).slice(1);
        expect(chapters).toHaveLength(sections.length);
        sections.forEach(({ blocks }, index) => {
          const chapter = chapters[index] ?? '';
          const total = blocks.reduce((sum, block) => sum + unitsOf(block)[1], 0);
          const said = [...chapter.matchAll(/^… (?:and ([\d,]+) of [\d,]+ )?(.*) left out$/gm)];
          const leftOut = said.reduce(
            (sum, [, part, all = '']) =>
              sum +
              (part ? number(part) : all.split(', ').reduce((s, one) => s + number(one.split(' ')[0]), 0)),
            0,
          );
          expect(chapter.split('¤').length - 1 + leftOut).toBe(total);
          if (leftOut > 0) expect(shortened).toBe(true);
        });
        expect(markdown.includes('\nShortened: ')).toBe(shortened);
        const rendered = html(markdown);
        expect(rendered.match(/<h2>/g) ?? []).toHaveLength(sections.length);
        const [open, close] = [/^<details><summary>.*<\/summary>$/gm, /^<\/details>$/gm];
        const details = rendered.match(open)?.length ?? 0;
        expect(rendered.match(close)?.length ?? 0).toBe(details);
        expect(rendered.match(/<pre><code class="language-diff">/g)?.length ?? 0).toBe(details);
        // The heading's two, and one for each paragraph and each line on what is left out.
        expect(rendered).not.toMatch(/<(script|h1|h3|blockquote|img|a|ol|hr)\b/);
      }),
      { numRuns: 40 },
    );
  });
});
