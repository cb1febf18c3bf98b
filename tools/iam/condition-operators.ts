import { NotSimulated } from '../not-simulated';
import { arnLike } from './arn-text';
import { within } from './cidr';
import type { ValueType } from './condition-keys';
import { plainText, type TextTest, textTest, wildcards } from './policy-text';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export interface Operator {
  readonly type: ValueType;
  /** True where none of the policy's values matches, and where the request does not have the key. */
  readonly negated: boolean;
  /** @throws NotSimulated for a value that is not of the operator's type */
  readonly test: (wanted: string, at: string) => TextTest;
}

type Test = Operator['test'];

/** Without `Null`, which is about the key and not about values. */
export const operators: Readonly<Record<string, Operator>> = {
  ...pair('String', 'StringEquals', 'StringNotEquals', (wanted, at) =>
    textTest(wanted, at, (pieces) => (value) => value === plainText(pieces)),
  ),
  ...pair('String', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', (wanted, at) =>
    textTest(wanted, at, (pieces) => (value) => value.toLowerCase() === plainText(pieces).toLowerCase()),
  ),
  ...pair('String', 'StringLike', 'StringNotLike', (wanted, at) =>
    textTest(wanted, at, (pieces) => {
      const pattern = wildcards(pieces);
      return (value) => pattern.test(value);
    }),
  ),
  ...comparisons('Numeric', number),
  ...comparisons('Date', time),
  Bool: { type: 'Bool', negated: false, test: bool },
  ...pair('IpAddress', 'IpAddress', 'NotIpAddress', block),
  // Both names mean the same.
  ...pair('Arn', 'ArnEquals', 'ArnNotEquals', arnLike),
  ...pair('Arn', 'ArnLike', 'ArnNotLike', arnLike),
};

function pair(type: ValueType, plain: string, negated: string, test: Test): Record<string, Operator> {
  return { [plain]: { type, negated: false, test }, [negated]: { type, negated: true, test } };
}

function comparisons(type: 'Numeric' | 'Date', read: (text: string, at: string) => number) {
  const by =
    (holds: (given: number, wanted: number) => boolean): Test =>
    (text, at) => {
      const wanted = read(text, at);
      return (value) => holds(read(value, at), wanted);
    };
  const operator = (test: Test): Operator => ({ type, negated: false, test });
  return {
    ...pair(
      type,
      `${type}Equals`,
      `${type}NotEquals`,
      by((given, wanted) => given === wanted),
    ),
    [`${type}LessThan`]: operator(by((given, wanted) => given < wanted)),
    [`${type}LessThanEquals`]: operator(by((given, wanted) => given <= wanted)),
    [`${type}GreaterThan`]: operator(by((given, wanted) => given > wanted)),
    [`${type}GreaterThanEquals`]: operator(by((given, wanted) => given >= wanted)),
  };
}

function number(text: string, at: string): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new NotSimulated(at, `${JSON.stringify(text)} as a number`);
}

/** Seconds since 1970, or a day or a time in ISO 8601; a year alone could be read as either. */
function time(text: string, at: string): number {
  if (/^\d{5,}$/.test(text)) return Number(text) * 1000;
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text);
  const milliseconds = iso ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new NotSimulated(at, `${JSON.stringify(text)} as a date`);
  return milliseconds;
}

function bool(wanted: string, at: string): TextTest {
  if (wanted !== 'true' && wanted !== 'false') {
    throw new NotSimulated(at, `${JSON.stringify(wanted)} as true or false`);
  }
  return (value) => value === wanted;
}

function block(wanted: string, at: string): TextTest {
  // AWS gives an address without a prefix length the length 32, which says nothing of IPv6.
  if (wanted.includes(':') && !wanted.includes('/')) {
    throw new NotSimulated(at, `the IPv6 address ${wanted} without a prefix length`);
  }
  try {
    return within(wanted);
  } catch {
    throw new NotSimulated(at, `${JSON.stringify(wanted)} as a block of addresses`);
  }
}
