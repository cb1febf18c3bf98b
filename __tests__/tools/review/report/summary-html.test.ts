import fc from 'fast-check';
import { expect, test } from 'vitest';
import { code, md } from '../../../../tools/review/markdown/markdown';
import { visible, visibleOnOneLine } from '../../../../tools/review/markdown/visible';
import { summaryHtml } from '../../../../tools/review/report/summary-html';
import { hostile } from '../markdown/hostile';
import { shown, unbroken } from '../markdown/rendered';

test('a summary shows text, code and bold as HTML, and nothing in them is an element', () => {
  fc.assert(
    fc.property(hostile, hostile, (plain, value) => {
      const html = summaryHtml(md`**HCL** of ${plain} ${code(value)}, **${code(value)}**`);
      const inCode = '<code>([^<]*)</code>';
      const structure = `^<strong>HCL</strong> of ([^<]*) ${inCode}, <strong>${inCode}</strong>$`;
      const [, text = '<', first = '<', second = '<'] = new RegExp(structure).exec(html) ?? [];
      expect(unbroken(shown(text))).toBe(visible(plain).replace(/\s+/g, ' '));
      const expected = visibleOnOneLine(value) || '""';
      expect(unbroken(shown(first).replaceAll('&#124;', '|'))).toBe(expected);
      expect(second).toBe(first);
    }),
    { numRuns: 300 },
  );
});

test('a summary is on one line, and what is bold ends', () => {
  expect(summaryHtml({ markdown: '**a\n\nb' })).toBe('<strong>a b</strong>');
});
