import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapePlainText } from '../../../../synthesis/hcl/escapes';
import { maskedChange } from '../../../../tools/review/secrets/masked-change';
import { changeWith, masked, planned, resource } from './masked';

/** Unlike anything else in what is planted, and with everything that is escaped somewhere. */
const secret = fc
  .tuple(
    fc.integer({ min: 100_000, max: 999_999 }),
    fc.string({
      unit: fc.constantFrom(
        'a',
        'Z',
        '"',
        '\\',
        '\n',
        '\t',
        '$',
        '{',
        '${',
        '%{',
        '}',
        '<',
        '&',
        '한',
        '😀',
        "'",
        ' ',
        '\u2028',
        '/',
        ':',
        '@',
      ),
      maxLength: 8,
    }),
  )
  .map(([digits, rest]) => `q${digits}${rest}z`);
const template = (plain: string) => plain.replace(/(\$+|%+)\{/g, (run) => `${run[0]}${run}`);
const base64 = (plain: string) => Buffer.from(plain).toString('base64');

/** Secrets at every kind of place, and each of them at places that nothing tells. */
function planted(
  a: string,
  b: string,
  c: string,
  d: string,
  encoded = base64,
): ReturnType<typeof changeWith> {
  const inText = [a, b, c, d].join(' | ');
  const configuration = resource('aws_x', {
    password: template(a),
    environment: { variables: { API_TOKEN: template(b) } },
    description: template(`see ${inText} there`),
    policy: template(JSON.stringify({ open: 'open-value', inner: JSON.stringify({ text: inText }) })),
    user_data: [encoded(a), encoded(b), encoded(c), encoded(d)],
  });
  const hcl = [
    `password = "${escapePlainText(a)}"`,
    `  description = "see ${escapePlainText(inText)} there"`,
    '  x = jsonencode({',
    `    y = "${escapePlainText(JSON.stringify({ c }))}"`,
    '  })',
    '  open = "open-value"',
  ].join('\n');
  return changeWith(configuration, hcl, {
    ...planned(
      { a, set: [{ n: c }], text: inText },
      { deep: [{ unmarked: JSON.stringify([a, b, c, d]) }], set: [{ n: c }, { n: d }] },
      {
        before_sensitive: { a: true, set: [{ n: true }] },
        after_sensitive: { set: [{ n: true }, { n: true }] },
      },
    ),
    output_changes: {
      o: { actions: ['update'], before: c, after: d, before_sensitive: true, after_sensitive: true },
    },
  });
}

describe('whatever the secrets are', () => {
  const secrets = fc.uniqueArray(secret, {
    minLength: 4,
    maxLength: 4,
    selector: (value) => value.slice(0, 7),
  });

  test('none of them is left in any form, and nothing else has changed', () => {
    fc.assert(
      fc.property(secrets, ([a = '', b = '', c = '', d = '']) => {
        const result = maskedChange(planted(a, b, c, d)).change;
        const mask = (number: number) => `(sensitive ${number})`;
        expect(result).toEqual(planted(mask(1), mask(2), mask(3), mask(4), (text) => text));
        const json = (text: string) => JSON.stringify(text).slice(1, -1);
        const all = JSON.stringify([result.head, ...result.plans]) + result.head.stacks[0]?.hcl;
        for (const one of [a, b, c, d]) {
          const forms = [one, json(one), json(json(one)), escapePlainText(one), base64(one), one.slice(0, 7)];
          for (const form of forms) expect(all).not.toContain(form);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('they have the same number where they are the same', () => {
    fc.assert(
      fc.property(secrets, ([a = '', b = '']) => {
        const { plan } = masked(
          {},
          '',
          planned({ password: a, token: a, x: b }, { password: b }, { before_sensitive: { x: true } }),
        );
        expect(plan).toEqual(
          planned(
            { password: '(sensitive 1)', token: '(sensitive 1)', x: '(sensitive 2)' },
            { password: '(sensitive 2)' },
            { before_sensitive: { x: true } },
          ),
        );
      }),
      { numRuns: 50 },
    );
  });
});
