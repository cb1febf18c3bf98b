import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Finder } from '../../../../tools/review/secrets/finder';

const finder = (...forms: string[]) => new Finder(new Map(forms.map((form) => [form, `<${form.length}>`])));

test.each([
  ['the longest that begins at a place is replaced', ['abcdef', 'abcdefgh'], 'xabcdefghx', 'x<8>x'],
  ['what overlaps leaves nothing behind', ['abcdefgh', 'efghijklm'], 'abcdefghijklm.', '<8><9>.'],
  ['what is within another is replaced with it', ['abcdefgh', 'cdefgh'], 'abcdefgh', '<8>'],
  ['each occurrence is replaced', ['abcdef'], 'abcdef-abcdefabcdef', '<6>-<6><6>'],
])('%s', (_what, forms, text, expected) => {
  expect(finder(...forms).replaced(text)).toBe(expected);
});

test('nothing of what is sought remains, and nothing else changes', () => {
  const form = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 6, maxLength: 9 });
  const other = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(form, { minLength: 1 }), fc.array(fc.oneof(form, other)), (forms, parts) => {
      const text = parts.join('');
      const replaced = finder(...forms).replaced(text);
      for (const sought of forms) expect(replaced).not.toContain(sought);
      const covered = new Set(
        [...text].flatMap((_, at) =>
          forms.flatMap((sought) =>
            text.startsWith(sought, at) ? Array.from(sought, (_character, index) => at + index) : [],
          ),
        ),
      );
      expect(replaced.replace(/(<\d>)+/g, '')).toBe([...text].filter((_, at) => !covered.has(at)).join(''));
    }),
    { numRuns: 300 },
  );
});
