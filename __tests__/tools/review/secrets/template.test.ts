import { expect, test } from 'vitest';
import { templateParts } from '../../../../tools/review/secrets/template';

/** Sequences in angle brackets. */
const parts = (template: string) =>
  templateParts(template).map(({ kind, text }) => (kind === 'text' ? text : `<${text}>`));

test.each([
  ['plain', ['plain']],
  ['', []],
  ['a${b}c%{ if d }', ['a', '<${b}>', 'c', '<%{ if d }>']],
  ['$${a}%%{b}', ['$${a}%%{b}']],
  ['${ {a = "}"}["b"] }c', ['<${ {a = "}"}["b"] }>', 'c']],
  ['${f("${g("x")}")}tail', ['<${f("${g("x")}")}>', 'tail']],
  ['a${b}c${d', ['a', '<${b}>', 'c${d']],
])('%s', (template, expected) => {
  expect(parts(template)).toEqual(expected);
});
