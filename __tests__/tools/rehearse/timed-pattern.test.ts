import { Script } from 'node:vm';
import { expect, test, vi } from 'vitest';
import { compileModels } from '../../../tools/rehearse/api-gateway/model';

const modelOf = (schema: object) => {
  const model = compileModels('api1', [{ name: 'Only', schema: JSON.stringify(schema) }], 'the API').get(
    'Only',
  );
  if (!model) throw new Error('it was not compiled');
  return model;
};

const endless = `${'a'.repeat(40)}!`;

test.each([
  [{ type: 'string', pattern: '^(a+)+$' }, endless],
  [{ type: 'string', pattern: 'a*a*a*a*a*a*b' }, 'a'.repeat(2000)],
  [{ type: 'object', patternProperties: { '^(a|a)*$': { type: 'integer' } } }, { [endless]: 1 }],
])('%j is given up', (schema, value) => {
  const model = modelOf(schema);
  expect(() => model.fault(JSON.stringify(value))).toThrow(
    /^the API: a pattern that takes more than 500 ms for a text of \d+ characters, .* is not simulated$/,
  );
});

test('a machine that was busy with others is no reason to give up', () => {
  const model = modelOf({ type: 'string', pattern: '^(a+)+$' });
  const busy = Object.assign(new Error('busy'), { code: 'ERR_SCRIPT_EXECUTION_TIMEOUT' });
  const late = () => {
    throw busy;
  };
  vi.spyOn(Script.prototype, 'runInContext')
    .mockImplementationOnce(late)
    .mockImplementationOnce(late)
    .mockImplementationOnce(late);
  expect(model.fault('"aaa"')).toBe(undefined);
});

test.each([
  ['^(a+)+$', 'aaa', true],
  ['^(a+)+$', 'aab', false],
  ['^[(+*]{1,3}$', '(+*', true],
  ['^\\(a+$', '(aa', true],
  ['^\\d{4}-\\d{2}-\\d{2}$', '2026-11-21', true],
  ['^(live|test)_[a-z]{2,8}(-x)?$', 'live_abc-x', true],
  ['^(live|test)_[a-z]{2,8}(-x)?$', 'other_abc', false],
])('%s and %s: %s, as a RegExp says', (pattern, text, matches) => {
  expect(new RegExp(pattern).test(text)).toBe(matches);
  expect(modelOf({ type: 'string', pattern }).fault(JSON.stringify(text)) === undefined).toBe(matches);
});
