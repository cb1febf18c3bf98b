import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, md } from '../../../../tools/review/markdown/markdown';
import { visibleOnOneLine } from '../../../../tools/review/markdown/visible';
import { hostile } from './hostile';
import { html, shown, unbroken } from './rendered';

const asShown = (plain: string) => visibleOnOneLine(plain) || '""';
const onlyCode = /^<p>a <code>([\s\S]*)<\/code> b<\/p>$/;

describe('code is one code element that shows exactly what it was given', () => {
  test.each<[string, string, string]>([
    ['a paragraph', 'a ', ' b'],
    ['bold', '**a ', ' b**'],
  ])('in %s', (_where, before, after) => {
    fc.assert(
      fc.property(hostile, (value) => {
        const rendered = html(before + code(value).markdown + after).replace(/<\/?strong>/g, '');
        const [, inner = '<'] = onlyCode.exec(rendered) ?? [];
        // Breaks stand only where the rare HTML form has to keep references from being found.
        expect(unbroken(shown(inner))).toBe(asShown(value));
        if (!value.includes('\\|')) expect(inner).not.toContain('\u200b');
      }),
      { numRuns: 300 },
    );
  });

  test('alone on its line and at its end', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const [, inner = '<'] = /^<p><code>([\s\S]*)<\/code><\/p>$/.exec(html(code(value).markdown)) ?? [];
        expect(unbroken(shown(inner))).toBe(asShown(value));
      }),
      { numRuns: 200 },
    );
  });
});

test.each([
  ['nothing', '', '`""`'],
  ['a newline', 'a\nb', '`a\\nb`'],
  ['a tab and a carriage return', 'a\tb\r', '`a\\tb\\r`'],
  ['backticks', 'a``b`', '``` a``b` ```'],
  ['spaces around it', ' a ', '`  a  `'],
  ['a space', ' ', '` `'],
  ['a bar', 'a|b', '`a|b`'],
  ['a space that does not break', 'a\u00a0b', '`a\\u00a0b`'],
])('code of %s', (_what, plain, markdown) => {
  expect(code(plain).markdown).toBe(markdown);
});

test('Markdown that is inserted stays what it is', () => {
  expect(md`**${code('x*')}** ${2} ${'*'}`.markdown).toBe('**`x*`** 2 \\*');
});
