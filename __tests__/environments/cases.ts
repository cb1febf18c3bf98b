import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { faultsWith } from './settings';

/** A field, what is wrong there, and the rule that must be named. */
export type Case = readonly [field: string, value: unknown, rule: string];

/** Each value is the only thing wrong, and is named by field, value and rule. */
export function refuses(cases: readonly Case[]): void {
  for (const [field, value, rule] of cases) {
    it(`${field} may not be ${brief(value)}`, () => {
      expect(faultsWith({ [field]: value })).toEqual([{ environment: 'test', field, value, rule }]);
    });
  }
}

/** Each value is as good as the one of the example. */
export function takes(cases: readonly (readonly [field: string, value: unknown])[]): void {
  for (const [field, value] of cases) {
    it(`${field} may be ${brief(value)}`, () => {
      expect(faultsWith({ [field]: value })).toEqual([]);
    });
  }
}

const brief = (value: unknown) =>
  inspect(value, { depth: 1, maxStringLength: 60, breakLength: Number.POSITIVE_INFINITY });
