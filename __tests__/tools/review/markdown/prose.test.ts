import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import { prose } from '../../../../tools/review/markdown/prose';

describe('prose', () => {
  it('has as code what someone copies, and the rest as words', () => {
    expect(
      prose(
        'lets role prod-a sqs:SendMessage on arn:aws:sqs:x:111122223333:a/* (203.0.113.0/24, 256 addresses): callers get 404 {"message":"No such route"}; why?',
      ).markdown,
    ).toBe(
      'lets role prod-a `sqs:SendMessage` on `arn:aws:sqs:x:111122223333:a/*` \\(`203.0.113.0/24`, 256 addresses): callers get 404 `{"message":"No such route"}`; why?',
    );
  });

  it('has as one piece of code what belongs together', () => {
    expect(prose('where StringEquals kms:ViaService = sqs.amazonaws.com, a/b c/d').markdown).toBe(
      'where StringEquals `kms:ViaService = sqs.amazonaws.com`, `a/b c/d`',
    );
  });

  it('takes no time for texts that are nearly code', () => {
    expect(prose(`${'a.'.repeat(20_000)} ${'{'.repeat(20_000)}`).markdown.length).toBeGreaterThan(40_000);
  });

  it('is text and code and nothing else, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (plain) => {
        const html = micromark(`a ${prose(plain).markdown} z`, {
          extensions: [gfm()],
          htmlExtensions: [gfmHtml()],
        });
        expect(html.replace(/<\/?code>/g, '')).toMatch(/^<p>[^<]*<\/p>$/);
      }),
    );
  });
});
