import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Concern } from '../../../tools/review/concern';
import { heading } from '../../../tools/review/heading';
import { exitCodes, verdictOf } from '../../../tools/review/verdict';

const broken = (text: string): Concern => ({ level: 'broken', text });
const attention = (text: string): Concern => ({ level: 'attention', text });
const paragraphs = (concerns: readonly Concern[], changed = true) =>
  heading({ concerns, base: 'main (1111111)', head: 'the working tree', changed }).map(
    ({ markdown }) => markdown,
  );
const compared = 'Compared: `main (1111111)` with `the working tree`.';

describe('the verdict', () => {
  it('is the worst of the concerns, and has an exit code of its own', () => {
    expect(verdictOf([])).toBe('fine');
    expect(verdictOf([attention('x')])).toBe('attention');
    expect(verdictOf([attention('x'), broken('y')])).toBe('broken');
    expect(exitCodes).toEqual({ fine: 0, broken: 1, attention: 3 });
  });
});

describe('the heading of a review', () => {
  it('says that nothing changes, or that nobody has to decide', () => {
    expect(paragraphs([], false)).toEqual(['# Fine', 'Nothing that is deployed changes.', compared]);
    expect(paragraphs([])).toEqual([
      '# Fine',
      'Nothing is lost, and nothing is allowed that was not before.',
      compared,
    ]);
  });

  it('says why, what is broken before what is to be decided', () => {
    expect(paragraphs([attention('opens a'), broken('breaks b')])).toEqual([
      '# Broken',
      '> [!CAUTION]\n> Not to be merged as it is. This change\n> - breaks b',
      '> [!WARNING]\n> Someone has to decide. This change\n> - opens a',
      compared,
    ]);
  });

  it('shows a dozen, counts the others, and cuts what is long', () => {
    const [, alert = ''] = paragraphs([
      attention('x '.repeat(600)),
      ...Array.from({ length: 14 }, (_, index) => attention(`y${index}`)),
    ]);
    const lines = alert.split('\n');
    expect(lines).toHaveLength(2 + 12 + 1);
    expect(lines[2]).toMatch(/^> - x .*… \(all of it below\)$/);
    expect(lines[2]?.length).toBeLessThan(850);
    expect(lines.at(-1)).toBe('> - and 3 more, below');
  });

  it('lets nothing out of the alert, whatever a concern says', () => {
    const [, alert = ''] = paragraphs([attention('a\n\n# b <img src=x> @everyone [c](http://d)')]);
    expect(alert.split('\n')).toHaveLength(3);
    const html = micromark(alert, { extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    expect(html).not.toMatch(/<(img|a|h1)\b/);
    expect(html).toMatch(/<code>&lt;img src=x&gt; @everyone \[c\]<\/code>/);
  });
});
