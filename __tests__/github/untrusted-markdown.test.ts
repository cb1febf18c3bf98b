import fs from 'node:fs';
import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { marker } from '../../tools/review/report-of';
import { importScript } from './scripts';

const { harmless } = await importScript<{ harmless: (markdown: string) => string }>('untrusted-markdown.mjs');

/** As GitHub renders, without its own last line of defence, the list of allowed tags. */
const rendered = (markdown: string) =>
  micromark(markdown, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
  });

/** What Markdown itself makes, and what may fold a part of a review. */
const harmlessTag =
  /^<\/?(?:p|h[1-6]|em|strong|del|a|ul|ol|li|blockquote|pre|code|hr|br|table|thead|tbody|tr|th|td|input|sup|section|details|summary)[ />]|^<!-- -->$/;

const pieces = fc.constantFrom(
  ...[
    '<',
    '>',
    '</',
    '<!--',
    '-->',
    '<?',
    'img',
    ' src=x ',
    'script',
    'details',
    'br',
    '/',
    '"',
    "'",
    '=',
    '\n',
  ],
  ...[
    '@',
    '&#64;',
    '&#x40;',
    '&#0064;',
    '&commat;',
    '\\',
    'octocat',
    'org/team',
    '`',
    '```',
    '~~~',
    '|',
    ' ',
  ],
  ...[
    '!',
    '[',
    ']',
    '(',
    ')',
    ':',
    'http://x.y',
    '\u0000',
    '\u202E',
    '\u200B',
    '\u00AD',
    '\r',
    '\t',
    '-',
    '> ',
    '#',
  ],
  ...['![x](y)', '![x]', '\n\n[x]: y\n\n', '<img src=x>', '<!-- x -->', '<!-- -->', '@octocat'],
);
const hostile = fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join(''));

const textOf = (html: string) => html.replace(/<[^>]*>/g, '\u0001').replaceAll('&amp;', '&');

describe('what a pull request’s code wrote', () => {
  it('renders to no image and no HTML but what folds and breaks lines', () => {
    fc.assert(
      fc.property(hostile, (markdown) => {
        const tags = rendered(harmless(markdown)).match(/<[A-Za-z/!?][^>]*/g) ?? [];
        expect(tags.filter((tag) => !harmlessTag.test(`${tag}>`))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('renders to no mention, in text or in code', () => {
    fc.assert(
      fc.property(hostile, (markdown) => {
        expect(textOf(rendered(harmless(markdown)))).not.toMatch(/@[A-Za-z0-9]/);
      }),
      { numRuns: 500 },
    );
  });

  it.each(['@', '\\@', '&#64;', '&#0064;', '&#x40;', '&#X040;', '&commat;'])(
    'mentions nobody with %s',
    (at) => {
      expect(harmless(`${at}octocat`)).toBe(`${at}\u200Boctocat`);
    },
  );

  it('looks as it did: nothing is taken away but control characters, and made harmless twice it is the same', () => {
    fc.assert(
      fc.property(hostile, (markdown) => {
        const once = harmless(markdown);
        const seen = (text: string) => text.replace(/\r\n?/g, '\n').replace(/(?!\n|\t)[\p{Cc}\p{Cf}]/gu, '');
        expect(seen(once)).toBe(seen(markdown));
        expect(once).not.toMatch(/(?![\n\t\u200B])[\p{Cc}\p{Cf}]/u);
        expect(harmless(once)).toBe(once);
      }),
    );
  });

  it('is left as it is where it is a review', () => {
    const golden = '__tests__/tools/review/golden';
    for (const file of fs.readdirSync(golden).filter((name) => name.endsWith('.md'))) {
      const review = fs.readFileSync(`${golden}/${file}`, 'utf8').replace(`${marker}\n`, '');
      const mentions = (text: string) => text.replaceAll('@\u200B', '@');
      expect(mentions(harmless(review)), file).toBe(mentions(review));
    }
  });

  it.each([
    '# Needs attention\n\n> [!WARNING]\n> - destroys the queue `prod-payment-events`',
    '| a | b |\n| --- | --- |\n| `x` | 1<br>2 |',
    '<details><summary>HCL of dev-callback-receiver</summary>\n\n```diff\n-  a = 1 < 2\n+  b = "<"\n```\n\n</details>',
    '<details open>\n<summary><strong>1</strong> of <code>x</code></summary>\n</details><br/><br />',
    '```mermaid\nflowchart LR\n  A(["sender"]) -- "HTTPS POST" --> B\n  classDef changed stroke:#d4a72c\n```',
    '```mermaid\n%%{init: {"flowchart": {"nodeSpacing": 30, "x": {"top": 2}}}}%%\nflowchart LR\n```',
    '```diff\n@@ -293,6 +293,8 @@\n```',
    'mail: a @ b, 2 > 1, 1 <2, [more](https://docs.aws.amazon.com/)',
  ])('is left as it is where there is nothing to it: %j', (markdown) => {
    expect(harmless(markdown)).toBe(markdown);
  });

  it.each([
    ['%%{init: {"themeCSS": "a{b:c(d)}"}}%%\n', '%%\u200B{init: {"themeCSS": "a{b:c(d)}"}}%%\n'],
    ['%%{init: {"themeCSS": "\\\\75rl"}}%%\n', '%%\u200B{init: {"themeCSS": "\\\\75rl"}}%%\n'],
    ['%%{config: {}}%%\n', '%%\u200B{config: {}}%%\n'],
    ['style A background:url(https://x)', 'style A background:url\u200B(https://x)'],
    ['```mermaid\n---\nconfig: x\n---\n```', '```mermaid\n\u200B---\nconfig: x\n---\n```'],
    ['A@{ img: "https://x" }', 'A@\u200B{ img: "https://x" }'],
  ])('loads nothing into a picture: %j', (markdown, expected) => {
    expect(harmless(markdown)).toBe(expected);
  });
});
