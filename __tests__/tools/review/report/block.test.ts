import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, md } from '../../../../tools/review/markdown/markdown';
import { visible, visibleOnOneLine } from '../../../../tools/review/markdown/visible';
import type { Block } from '../../../../tools/review/section';
import { hostile } from '../markdown/hostile';
import { html, shown, unbroken } from '../markdown/rendered';

import { list, paragraph, review, rules, statements, table } from './blocks';

describe('a block', () => {
  const only = (...blocks: readonly Block[]) =>
    review([{ title: 'T', blocks }], 60_000).markdown.split('## T\n\n')[1] ?? '';

  test('of several lines stays one item, and one row', () => {
    expect(only({ kind: 'list', noun: statements, items: [md`a\nb`] })).toBe('- a\n  b\n');
    expect(only({ kind: 'table', noun: rules, columns: ['A'], rows: [[md`a\n b`]] })).toContain(
      '\n| a b |\n',
    );
  });

  test('without anything in it is left out', () => {
    expect(only(list(0), table(0), paragraph(1))).toBe('¤ p\n');
  });

  test('of text ends where it ends, whatever is in it', () => {
    const text = '````\r\n``` a\u202eb\vc\rd\n</details>\n';
    expect(only({ kind: 'fence', language: 'hcl', text })).toBe(
      '`````hcl\n````\n``` a\\u202eb\\u000bc\\rd\n</details>\n`````\n',
    );
  });

  test('that is a table shows its cells exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 3 }), (rows) => {
        const cells = rows.map(([plain, value]) => [md`a ${plain} b`, md`a ${code(value)} b`]);
        const rendered = html(only({ kind: 'table', noun: rules, columns: ['A', '|'], rows: cells }));
        const found = [...rendered.matchAll(/<td>a (.*) b<\/td>\n<td>a <code>(.*)<\/code> b<\/td>/g)];
        expect(
          found.map(([, plain = '<', value = '<']) => [plain, value].map((cell) => unbroken(shown(cell)))),
        ).toEqual(
          rows.map(([plain, value]) => [
            visible(plain).replace(/\s+/g, ' '),
            visibleOnOneLine(value) || '""',
          ]),
        );
      }),
      { numRuns: 200 },
    );
    const bars = only({
      kind: 'table',
      noun: rules,
      columns: ['A'],
      rows: [[code('a\\|b')], [code('a|b\\')]],
    });
    expect(html(bars)).toContain('<td><code>a\\|b</code></td>\n</tr>\n<tr>\n<td><code>a|b\\</code></td>');
  });
});
