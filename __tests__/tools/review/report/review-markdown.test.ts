import { describe, expect, test } from 'vitest';
import { code, md, text } from '../../../../tools/review/markdown/markdown';
import type { Block, Section } from '../../../../tools/review/section';

import { fence, list, paragraph, picture, review, rules, statements, table } from './blocks';

describe('a review that fits', () => {
  const sections: readonly Section[] = [
    { title: 'Permissions', blocks: [paragraph(3), table(2, 'a|b')] },
    { title: 'HCL', blocks: [fence(2), picture(1), list(2), list(1)] },
  ];
  const whole = review(sections, 60_000);

  test('is written in order, marker first, with nothing said of shortening', () => {
    expect(whole).toEqual({
      shortened: false,
      markdown: `<!-- review -->

**Fine.** 2 resources change.

Rehearsed.

## Permissions

¤ ppp

| Who | May |
| --- | --- |
| ¤ 0 | \`a\\|b\` |
| ¤ 1 | \`a\\|b\` |

## HCL

<details><summary>HCL of <code>dev</code></summary>

\`\`\`diff
¤ + line
¤ + line
\`\`\`

</details>

\`\`\`mermaid
flowchart LR ¤
  a --> b
\`\`\`

- ¤ item 0
- ¤ item 1

<!-- -->

- ¤ item 0
`,
    });
  });

  test('is shortened from the first character on that does not fit', () => {
    expect(review(sections, whole.markdown.length)).toEqual(whole);
    expect(review(sections, whole.markdown.length - 1).shortened).toBe(true);
  });
});

describe('a review that is too long', () => {
  test('counts in its place what it leaves out, and says at the top where the whole is', () => {
    const { markdown, shortened } = review(
      [
        { title: 'Permissions', blocks: [list(3)] },
        { title: 'HCL', blocks: [fence(300), list(2), list(3), paragraph(2000), picture(900), table(1)] },
      ],
      2000,
    );
    expect(shortened).toBe(true);
    expect(markdown.split('\n').slice(0, 8)).toEqual([
      '<!-- review -->',
      '',
      '**Fine.** 2 resources change.',
      '',
      'Rehearsed.',
      '',
      'Shortened: “HCL”. What is left out is counted in its place; the whole is in the file `review.md`.',
      '',
    ]);
    const lines = markdown.split('¤ + line').length - 1;
    expect(lines).toBeGreaterThan(100);
    expect(markdown).toContain(`\n\`\`\`\n\n… and ${300 - lines} of 300 lines left out\n\n</details>`);
    expect(markdown).toMatch(/\n\n… 5 statements, 1 paragraph, 1 picture, 1 rule left out\n$/);
    expect(markdown).toContain('- ¤ item 2');
  });

  test('lets the last section give up first', () => {
    const { markdown } = review(
      [
        { title: 'First', blocks: [list(40)] },
        { title: 'Second', blocks: [list(40)] },
        { title: 'Third', blocks: [list(40)] },
      ],
      1200,
    );
    const [, first, second, third] = markdown.split('\n## ').map((part) => part.split('¤').length - 1);
    expect(first).toBe(40);
    expect(second).toBeLessThan(40);
    expect(second).toBeGreaterThanOrEqual(third ?? 0);
    expect(third).toBeGreaterThan(0);
  });

  test('does not let a long section starve those behind it', () => {
    const { markdown } = review(
      [
        { title: 'Endless', blocks: [table(5000)] },
        { title: 'Short', blocks: [list(20)] },
        { title: 'Endless, too', blocks: [fence(5000)] },
      ],
      10_000,
    );
    const [, endless, short, last] = markdown.split('\n## ');
    expect(short).toBe(`Short\n\n${Array.from({ length: 20 }, (_, i) => `- ¤ item ${i}`).join('\n')}\n`);
    expect(endless?.length).toBeGreaterThan(6000);
    // An equal share of half of the room.
    expect(last?.length).toBeGreaterThan(1500);
    expect(markdown.length).toBeGreaterThan(9950);
  });

  test('shows a picture as a whole or not at all', () => {
    const drawn = (limit: number) =>
      review([{ title: 'Flow', blocks: [picture(50), list(3)] }], limit).markdown;
    expect(drawn(500)).toMatch(/## Flow\n\n… 1 picture left out\n\n- ¤ item 0/);
    expect(drawn(800)).toContain('```mermaid\nflowchart LR ¤\n  a --> b');
  });

  test('replaces what alone is too long by a word on its length, and goes on behind it', () => {
    const long = 'x'.repeat(70_000);
    const { markdown } = review(
      [
        {
          title: 'Long',
          blocks: [
            { kind: 'list', noun: statements, items: [text(long), md`after`] },
            { kind: 'table', noun: rules, columns: ['A', 'B'], rows: [[md`name`, code(long)]] },
            { kind: 'fence', language: '', text: `${long}\nafter` },
            { kind: 'paragraph', text: text(long) },
          ],
        },
      ],
      60_000,
    );
    expect(markdown).toContain('“Long”');
    expect(markdown).toContain('- … 70,000 characters left out\n- after');
    expect(markdown).toContain('| name | … 70,002 characters left out |');
    expect(markdown).toMatch(/\nx{993}… and 69,007 more characters\nafter\n/);
    expect(markdown).toMatch(/\n\n… 1 paragraph left out\n$/);
    expect(markdown.length).toBeLessThan(3000);
  });

  test('says so even where nothing else is too long', () => {
    const items: Block = { kind: 'list', noun: statements, items: [text('x'.repeat(2000)), md`after`] };
    const lines: Block = { kind: 'fence', language: '', text: `x${'😀'.repeat(1000)}` };
    const { markdown, shortened } = review([{ title: 'Long', blocks: [items, lines] }], 2000);
    expect(shortened).toBe(true);
    expect(markdown).toContain('\nShortened: “Long”.');
    expect(markdown).toContain('- … 2,000 characters left out\n- after');
    const alone = review([{ title: 'Long', blocks: [{ ...lines, text: 'x'.repeat(2500) }] }], 2000);
    expect(alone.shortened).toBe(true);
    expect(alone.markdown).toContain('\nShortened: “Long”.');
    // Not half of a pair of surrogates.
    expect(markdown).toMatch(/\nx(😀){12}… and 1,976 more characters\n/u);
  });

  test('leaves out the last sections, and says so, only where not even their titles have room', () => {
    const sections = Array.from({ length: 500 }, (_, i) => ({ title: `Section ${i}`, blocks: [list(100)] }));
    const { markdown } = review(sections, 5000);
    const titles = markdown.split('\n## ').length - 1;
    expect(titles).toBeGreaterThan(50);
    expect(markdown).toContain('\nShortened: 500 of 500 sections.');
    expect(markdown.endsWith(`\n… and ${500 - titles} of 500 sections left out\n`)).toBe(true);
    expect(markdown.length).toBeLessThanOrEqual(5000);
    expect(review(sections, 60_000).markdown.split('\n## ').length - 1).toBe(500);
  });

  test('is refused where its heading alone is too long', () => {
    expect(() => review([{ title: 'A', blocks: [list(99)] }], 100)).toThrow(
      new RangeError("a limit of 100 has no room for the review's heading; 187 would have"),
    );
  });
});

test('megabytes of HCL and thousands of rows take seconds at most', () => {
  const hcl: Block = { kind: 'fence', language: 'diff', text: '+ a line of HCL\n'.repeat(700_000) };
  const sections = Array.from({ length: 500 }, (_, index) => ({
    title: `Section ${index}`,
    blocks: [table(20), index % 100 === 0 ? hcl : list(20)],
  }));
  const start = performance.now();
  expect(review(sections, 60_000).markdown.length).toBeLessThanOrEqual(60_000);
  expect(performance.now() - start).toBeLessThan(5000);
});
