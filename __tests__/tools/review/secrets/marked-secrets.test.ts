import { describe, expect, test } from 'vitest';
import { masked, planned, resource } from './masked';

describe('what Terraform marks', () => {
  test('is masked by the marks of before and after, equal values alike', () => {
    const { plan } = masked(
      {},
      '',
      planned(
        { a: 'old-value', b: { c: 'same-value' }, d: 'open', e: 5 },
        { a: 'new-value', b: { c: 'same-value' }, d: 'open', e: 7 },
        {
          before_sensitive: { a: true, b: { c: true }, e: true },
          after_sensitive: { a: true, b: { c: true } },
        },
      ),
    );
    expect(plan).toEqual(
      planned(
        { a: '(sensitive 1)', b: { c: '(sensitive 2)' }, d: 'open', e: '(sensitive 3)' },
        { a: '(sensitive 4)', b: { c: '(sensitive 2)' }, d: 'open', e: 7 },
        {
          before_sensitive: { a: true, b: { c: true }, e: true },
          after_sensitive: { a: true, b: { c: true } },
        },
      ),
    );
  });

  test.each<[string, unknown, unknown, unknown]>([
    ['a list by its indexes', ['open-value', 'secret-1'], [false, true], ['open-value', '(sensitive 1)']],
    ['a set whose marks are not as many as its elements', ['open', 'secret-1'], [true], '(sensitive 1)'],
    [
      'a set of blocks in another order than their marks',
      [
        { k: 'a', v: 'secret-1' },
        { k: 'b', v: 'secret-2' },
      ],
      [{}, { v: true }],
      [
        { k: 'a', v: '(sensitive 1)' },
        { k: 'b', v: '(sensitive 2)' },
      ],
    ],
    ['a text with the marks of something else', 'secret-1', { a: true }, '(sensitive 1)'],
    ['an object with the marks of a list', { a: 'secret-1' }, [true], '(sensitive 1)'],
    ['a structure as a whole', { a: ['secret-1'] }, true, '(sensitive 1)'],
    ['a flag', true, true, '(sensitive 1)'],
    ['nothing', null, true, null],
    ['what is not marked', { a: ['open-value'] }, { a: [false] }, { a: ['open-value'] }],
  ])('%s', (_what, value, mark, expected) => {
    const { plan } = masked({}, '', planned({}, { v: value }, { after_sensitive: { v: mark } }));
    expect(plan).toEqual(planned({}, { v: expected }, { after_sensitive: { v: mark } }));
  });

  test('what a masked structure is made of is masked elsewhere, too', () => {
    const { configuration } = masked(
      resource('aws_x', { description: 'has inner-value in it' }),
      '',
      planned({}, { v: { a: [{ b: 'inner-value' }] } }, { after_sensitive: { v: true } }),
    );
    expect(configuration).toEqual(resource('aws_x', { description: 'has (sensitive 2) in it' }));
  });

  test('outputs, state and variables', () => {
    const plan = (a: string, b: string, c: string, d: string) => ({
      variables: { plain: { value: 'open-value' }, declared: { value: a }, ours: { value: d } },
      planned_values: {
        outputs: { o: { sensitive: true, value: b }, p: { sensitive: false, value: 'open-value' } },
        root_module: {
          child_modules: [
            { resources: [{ type: 'aws_x', name: 'x', values: { v: c }, sensitive_values: { v: true } }] },
          ],
        },
      },
      prior_state: { values: { outputs: { o: { sensitive: true, value: b } } } },
      output_changes: { o: { actions: ['create'], before: null, after: b, after_sensitive: true } },
      configuration: {
        root_module: {
          variables: { declared: { sensitive: true, default: a }, plain: { sensitive: false } },
          outputs: { o: { sensitive: true, expression: { constant_value: b } } },
        },
      },
    });
    const declared = { variable: { ours: { type: 'string', sensitive: true } } };
    const flag = {
      variable: {
        flag: { sensitive: true, default: true },
        list: { sensitive: true, default: ['${x.y}', 'va-lue'] },
      },
    };
    expect(masked(flag).configuration).toEqual({
      variable: {
        flag: { sensitive: true, default: '(sensitive 1)' },
        list: { sensitive: true, default: ['${x.y}', '(sensitive 2)'] },
      },
    });
    const constant = (value: string) => ({
      configuration: {
        root_module: { outputs: { o: { sensitive: true, expression: { constant_value: value } } } },
      },
    });
    expect(masked({}, '', constant('va-lue')).plan).toEqual(constant('(sensitive 1)'));
    expect(masked(declared, '', plan('va-lue-1', 'va-lue-2', 'va-lue-3', 'va-lue-4')).plan).toEqual(
      plan('(sensitive 1)', '(sensitive 3)', '(sensitive 4)', '(sensitive 2)'),
    );
  });
});
