import fs from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../../../tools/review/rules/pack';
import type { Rule } from '../../../../tools/review/rules/rule';

const page = fs.readFileSync('docs/security-rules.md', 'utf8');

/** A rule as the page has it. */
const documented = ({ id, title, scanners, protects, fix, differs }: Rule): string =>
  [
    `### ${id}`,
    '',
    `${title}.`,
    '',
    `- Why: ${protects}`,
    `- Fix: ${fix}.`,
    `- Scanners: ${scanners.length > 0 ? scanners.join(', ') : 'none covers it'}.`,
    ...(differs === undefined ? [] : [`- Differs: ${differs}`]),
    '',
  ].join('\n');

test.each(rules.map((rule) => [rule.id, rule] as const))(
  'docs/security-rules.md tells %s as it is',
  (_, rule) => {
    expect(page).toContain(`${documented(rule)}`);
  },
);

test('docs/security-rules.md tells rules in their order, and no others', () => {
  const told = [...page.matchAll(/^### (\S+)$/gm)].map(([, id]) => id);
  expect(told).toEqual(rules.map(({ id }) => id));
});
