import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mermaidLabel } from '../../../../tools/review/markdown/mermaid-label';
import { visible } from '../../../../tools/review/markdown/visible';
import { hostile } from './hostile';

const label = fc.oneof(
  hostile,
  fc
    .array(
      fc.constantFrom(
        '"]',
        'click a',
        '%%{init: {}}%%',
        '`',
        '#quot;',
        '#35;',
        'ﬂ°°35¶ß',
        '<br>',
        'fa:fa-x',
        '$$x$$',
        ';',
        'style x:',
        'end',
        '---',
        '1. a',
        '_a_',
        'a_b-c.d',
      ),
      { maxLength: 5 },
    )
    .map((all) => all.join(' ')),
);

/** As Mermaid decodes codes: `#35;` is the character of that number. */
const decoded = (escaped: string) =>
  escaped.replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));

test('a label shows the plain text on one line', () => {
  fc.assert(
    fc.property(label, (plain) => {
      expect(decoded(mermaidLabel(plain, 1000)).replaceAll('\u200b', '').trim()).toBe(
        visible(plain).replace(/\s+/g, ' ').trim(),
      );
    }),
  );
});

test('nothing in a label ends it or means something to Mermaid, to its Markdown or to HTML', () => {
  fc.assert(
    fc.property(label, (plain) => {
      const escaped = mermaidLabel(plain, 1000);
      expect(escaped).not.toBe('');
      // Quotes end the label, backticks make it Markdown, %%{ is a directive, a colon an icon or a style.
      expect(escaped).not.toMatch(/["`%{}<>&[\]:$*~\\|@!=+\n\r]|[ﬂ°¶ß]/u);
      expect(escaped.replace(/#\d+;/g, '')).not.toMatch(/[#;]/);
      // A list or a rule of Markdown begins at a word's edge.
      expect(escaped.replace(/#\d+;/g, ' ')).not.toMatch(/(^|\s)[-._]|[-._](\s|$)/);
    }),
  );
});

test('a long label ends in an ellipsis, counted as it is shown', () => {
  expect(mermaidLabel('"quotes" are one character each', 9)).toBe('#34;quotes#34;…');
  expect(mermaidLabel('123456789', 9)).toBe('123456789');
  expect(decoded(mermaidLabel('😀😀😀😀', 3))).toBe('😀😀…');
});

test('dollars make no formula', () => {
  expect(decoded(mermaidLabel('$$x^2$$'))).toBe('$\u200b$x^2$\u200b$');
});

test('names stay readable, and no label is empty', () => {
  expect(mermaidLabel('dev-delivery-results.fifo (a_queue)')).toBe('dev-delivery-results.fifo (a_queue)');
  expect(mermaidLabel(' \n')).toBe(' ');
});
