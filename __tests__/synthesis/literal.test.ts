import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { literal } from '../../synthesis/literal';

describe('text that Terraform must take as it stands', () => {
  it.each([
    ['plain', 'plain'],
    ['${n}', '$${n}'],
    ['%{if}', '%%{if}'],
    ['$context.requestId and $1', '$context.requestId and $1'],
    ['MessageAttribute.${n}.Name ${n}', 'MessageAttribute.$${n}.Name $${n}'],
  ])('%s becomes %s', (text, escaped) => {
    expect(literal(text)).toBe(escaped);
  });

  it('leaves no start of a template unescaped, and loses nothing', () => {
    const text = fc.array(fc.constantFrom('$', '%', '{', '}', 'a', '${', '%{', '$${'), { maxLength: 12 });
    fc.assert(
      fc.property(text, (parts) => {
        const original = parts.join('');
        // Terraform reads `$${` as `${`, from left to right.
        expect(literal(original).replace(/\$\$\{|%%\{/g, (escaped) => escaped.slice(1))).toBe(original);
      }),
    );
  });
});
