import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { code, md, text } from '../../../../tools/review/markdown/markdown';
import { visible } from '../../../../tools/review/markdown/visible';
import { hostile } from './hostile';
import { html, shown, unbroken } from './rendered';

/** What text is to show: on one line, what cannot be seen written out. */
const asShown = (plain: string) => visible(plain).replace(/\s+/g, ' ');

/** The text of the only element that the pattern's first group is the inside of. */
function inside(rendered: string, pattern: RegExp): string {
  const [, inner] = pattern.exec(rendered) ?? [];
  if (inner === undefined) throw new Error(`another structure: ${rendered}`);
  return unbroken(shown(inner));
}

describe('text shows what it was given, and nothing else', () => {
  test.each<[string, (value: string) => string, RegExp]>([
    ['in a paragraph', (value) => md`a ${value} b`.markdown, /^<p>a ([\s\S]*) b<\/p>$/],
    ['in a list', (value) => md`- a ${value} b`.markdown, /^<ul>\n<li>a ([\s\S]*) b<\/li>\n<\/ul>$/],
    ['in a heading', (value) => md`## a ${value} b`.markdown, /^<h2>a ([\s\S]*) b<\/h2>$/],
    ['in bold', (value) => md`**a ${value} b**`.markdown, /^<p><strong>a ([\s\S]*) b<\/strong><\/p>$/],
    ['in emphasis', (value) => md`_a ${value} b_`.markdown, /^<p><em>a ([\s\S]*) b<\/em><\/p>$/],
    ['in a link', (value) => md`[a ${value} b](u)`.markdown, /^<p><a href="u">a ([\s\S]*) b<\/a><\/p>$/],
    [
      'in details',
      (value) => md`<details><summary>s</summary>\n\na ${value} b\n\n</details>`.markdown,
      /^<details><summary>s<\/summary>\n<p>a ([\s\S]*) b<\/p>\n<\/details>$/,
    ],
    [
      'in a cell of a table',
      (value) => md`| h | i |\n| --- | --- |\n| a ${value} b | c |`.markdown,
      /^<table>[\s\S]*<tbody>\n<tr>\n<td>a ([\s\S]*) b<\/td>\n<td>c<\/td>\n<\/tr>\n<\/tbody>\n<\/table>$/,
    ],
    [
      'beside code and a link',
      (value) => md`\`x\`-${value}\`y\`${value}[z](u)`.markdown,
      /^<p><code>x<\/code>-([^<]*)<code>y<\/code>[^<]*<a href="u">z<\/a><\/p>$/,
    ],
  ])('%s', (_where, written, structure) => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(inside(html(written(value)), structure)).toBe(asShown(value));
      }),
      { numRuns: 200 },
    );
  });

  test('at the beginning of a line, whatever is written or inserted next to it', () => {
    fc.assert(
      fc.property(hostile, hostile, fc.constantFrom('', 'a\n', '> ', '- '), (first, second, before) => {
        const rendered = html(`${before}${md`${first}${second}`.markdown}x`);
        const inner = rendered.replace(/^<(blockquote|ul)>\n|\n<\/(blockquote|ul)>$/g, '');
        const texts = inside(inner, /^<(?:p|li)>([\s\S]*)<\/(?:p|li)>$/);
        const expected = (asShown(first) + asShown(second)).trimStart();
        expect(texts.replace(/^a\n/, '')).toBe(`${expected}x`);
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ...[
    '===',
    '---',
    '- a',
    '+ a',
    '* a',
    '1. a',
    '12) a',
    '123456789) a',
    '> a',
    '# a',
    ':-:',
    '| - |',
    '```',
    '~~~',
    '    a',
  ],
  ...[
    '[a]: b',
    '<b>',
    '<!-- a',
    '$$',
    '_a_',
    '__a__',
    '*',
    '![a](b)',
    '&amp;',
    '\\*',
    '~~a~~',
    '[^1]',
    'a  \nb',
  ],
])('%s is text at the beginning of a paragraph and of its second line', (plain) => {
  expect(unbroken(html(md`${plain}`.markdown))).toBe(html(shownAs(plain.trimStart())));
  expect(unbroken(html(md`a\n${plain}`.markdown))).toBe(html(`a\n${shownAs(plain.trimStart())}`));
});

test.each([
  ['[a]', '(b)'],
  ['[a]', ': b'],
  ['1', '. a'],
  ['ww', 'w.example.com'],
  ['!', '[a](b)'],
])('%s and %s beside each other are what they are, whichever is Markdown', (written, plain) => {
  const rendered = html(`${written}${md`${plain}`.markdown}`);
  expect(unbroken(rendered)).toBe(`<p>${written}${plain}</p>`);
});

test('an exclamation mark makes no image of a link behind it', () => {
  expect(html(`${md`a!`.markdown}${md`${'!'}`.markdown}[b](c)`)).toBe('<p>a!!<a href="c">b</a></p>');
});

/** Every character as an entity: nothing in it is Markdown. */
const shownAs = (plain: string) =>
  plain.replace(/\s+/g, ' ').replace(/[^ ]/gu, (character) => `&#${character.codePointAt(0)};`);

describe('what GitHub looks for after Markdown is rendered is not found in text', () => {
  /** GitHub's rules, wider than GitHub's own where those are not written down. */
  const rules: readonly (readonly [name: string, pattern: RegExp])[] = [
    ['a mention is an @ with a name behind it', /@[a-z0-9_]/i],
    ['an issue is a # with a number behind it', /#\d/],
    ['an issue is GH- with a number behind it', /\bGH-\d/i],
    ['a commit is a word of 7 to 40 hexadecimal digits', /(?<!\w)[0-9a-f]{7,40}(?!\w)/i],
    ['an emoji is a name between colons', /:[\w+-]+:/],
    ['a web address begins with a scheme', /[a-z]:\/\//i],
    ['a web address begins with www.', /www\./i],
    ['a formula begins with a $ after anything but a zero-width character', /(?<!\u200b)\$/],
  ];

  test.each(rules)('%s', (_rule, pattern) => {
    fc.assert(
      fc.property(hostile, (plain) => {
        const rendered = html(md`x ${plain} x`.markdown).slice('<p>'.length, -'</p>'.length);
        expect(shown(rendered)).not.toMatch(pattern);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['abcdef0', 'abcdef\u200b0'],
    ['ABCDEF0', 'ABCDEF\u200b0'],
    ['a 1111222233334444 b', 'a 111122\u200b223333\u200b4444 b'],
    ['abcdef', 'abcdef'],
    ['x0123456789', 'x0123456789'],
    ['f'.repeat(41), 'f'.repeat(41)],
    ['gh-1', 'gh-\u200b1'],
    ['a @ b', 'a @ b'],
    ['a@', 'a@\u200b'],
    ['see www.x.y', 'see www\u200b.x.y'],
    ['https://x', 'https:\u200b//x'],
    ['steps:', 'steps:\u200b'],
    ['note: a', 'note: a'],
    [':+1:', ':\u200b+1:'],
    ['5 $ or 6$', '5 \u200b\\$ or 6\u200b\\$\u200b'],
  ])('%s is broken up only where it has to be', (plain, markdown) => {
    expect(text(plain).markdown.replace(/\\(?!\$)/g, '')).toBe(markdown);
  });

  test('code right behind a $ is no formula', () => {
    expect(md`a ${'$'}${code('x')}${'$'}`.markdown).toBe('a \u200b\\$\u200b`x`\u200b\\$\u200b');
  });

  test.each([
    ['@', 'user'],
    ['#', '12'],
    ['GH-', '12'],
    ['http:', '//x.y'],
    ['http', '://x.y'],
  ])('%s and %s do not become one reference beside each other', (first, second) => {
    const rendered = shown(html(md`a ${first}${second}`.markdown).slice('<p>'.length, -'</p>'.length));
    for (const [, pattern] of rules) expect(rendered).not.toMatch(pattern);
    expect(unbroken(rendered)).toBe(`a ${first}${second}`);
  });
});

describe('text stays readable', () => {
  test.each([
    ['aws_sqs_queue.delivery_results', 'aws_sqs_queue.delivery_results'],
    ['dev-delivery-results', 'dev-delivery-results'],
    ['14 days, 30 % more (twice)!', '14 days, 30 % more (twice)\\!'],
    ['sqs:SendMessage', 'sqs:SendMessage'],
    ['_a b_ c__d', '\\_a b\\_ c\\_\\_d'],
  ])('%s is %s', (plain, markdown) => {
    expect(text(plain).markdown).toBe(markdown);
  });

  test('what would reorder or hide characters is spelled out', () => {
    expect(text('a\ufff9b\u3164c\u2800d\ufffee\u0085f').markdown).toBe(
      'a\\\\ufff9b\\\\u3164c\\\\u2800d\\\\ufffee\\\\u0085f',
    );
    expect(text('a\u202eb\u2066c\u200bd\ufeffe\u0007f\u{e0041}g\ud800').markdown).toBe(
      'a\\\\u202eb\\\\u2066c\\\\u200bd\\\\ufeffe\\\\u0007f\\\\u{e0041}g\\\\ud800',
    );
  });
});
