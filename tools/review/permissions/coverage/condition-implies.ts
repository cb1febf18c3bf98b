import { compiledCondition } from '../../../iam/condition';
import { operators } from '../../../iam/condition-operators';
import type { RequestContext } from '../../../iam/request-context';
import type { Condition } from '../../../iam/statement';
import { NotSimulated } from '../../../not-simulated';
import { arnPattern, exactPattern, likePattern } from './policy-patterns';
import { sampleAddresses, sampleNumbers, sampleTimes } from './sample-values';
import { apart, coversText, type TextPattern } from './text-pattern';

/** Whether every request that meets `narrow` meets `wide`. False also where it cannot be decided. */
export function implies(narrow: Condition, wide: Condition): boolean {
  if (narrow.key.toLowerCase() !== wide.key.toLowerCase()) return false;
  const [from, to] = [operatorOf(narrow), operatorOf(wide)];
  if (from.name === to.name && sameValues(narrow, wide)) return true;
  try {
    if (!isMet(wide, []) && isMet(narrow, [])) return false;
    if (from.base === 'Null' || to.base === 'Null') return impliesPresence(narrow, wide);
    if (from.set !== to.set) return false;
    return isText(from) && isText(to) ? impliesText(narrow, wide) : impliesSamples(narrow, wide);
  } catch (error) {
    if (error instanceof NotSimulated || error instanceof RangeError) return false;
    throw error;
  }
}

interface ReadOperator {
  readonly name: string;
  readonly set: string;
  readonly base: string;
  readonly type: string | undefined;
  readonly negated: boolean;
}

/** The two ARN operators of a kind are one. */
export function operatorOf({ operator: written }: Condition): ReadOperator {
  const name = written.replace(/Arn(Not)?Like/, 'Arn$1Equals');
  const [, set = '', base = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(?:IfExists)?$/.exec(name) ?? [];
  const known = Object.hasOwn(operators, base) ? operators[base] : undefined;
  return { name, set, base, type: known?.type, negated: known?.negated ?? false };
}

const sameValues = (a: Condition, b: Condition): boolean => {
  const [left, right] = [new Set(a.values), new Set(b.values)];
  return left.size === right.size && [...left].every((value) => right.has(value));
};

const isText = ({ type }: ReadOperator) => type === 'String' || type === 'Arn';

/** Whether a request with these values of the key, none being one without it, meets a condition. */
function isMet(condition: Condition, values: readonly string[]): boolean {
  const context: RequestContext = { knows: () => true, valuesOf: () => values };
  return compiledCondition(condition, condition.operator).isMet(context, () => {
    throw new NotSimulated(condition.operator, 'a policy variable');
  });
}

/** `Null` only asks whether the key is there. */
function impliesPresence(narrow: Condition, wide: Condition): boolean {
  const met = (condition: Condition, unless: boolean) =>
    operatorOf(condition).base === 'Null' ? isMet(condition, ['a']) : unless;
  return !met(narrow, true) || met(wide, false);
}

function impliesSamples(narrow: Condition, wide: Condition): boolean {
  const { type } = operatorOf(narrow);
  if (type !== operatorOf(wide).type) return false;
  const values = [...narrow.values, ...wide.values];
  return samplesOf(type, values).every((value) => !isMet(narrow, [value]) || isMet(wide, [value]));
}

function samplesOf(type: string | undefined, values: readonly string[]): readonly string[] {
  switch (type) {
    case 'IpAddress':
      return sampleAddresses(values);
    case 'Numeric':
      return sampleNumbers(values);
    case 'Date':
      return sampleTimes(values);
    default:
      return ['true', 'false', 'neither'];
  }
}

function impliesText(narrow: Condition, wide: Condition): boolean {
  const [from, to] = [operatorOf(narrow), operatorOf(wide)];
  const [given, wanted] = [patternsOf(narrow), patternsOf(wide)];
  if (!from.negated && !to.negated) return within(given, wanted);
  // Whatever the one does not except, the other must not except either.
  if (from.negated && to.negated) return within(wanted, given);
  if (to.negated) return given.every((one) => wanted.every((excepted) => apart(one, excepted)));
  return within([likePattern('*')], wanted);
}

const within = (narrow: readonly TextPattern[], wide: readonly TextPattern[]): boolean =>
  narrow.every((one) => wide.some((other) => coversText(other, one)));

function patternsOf(condition: Condition): readonly TextPattern[] {
  const { base, type } = operatorOf(condition);
  return condition.values.map((value) => {
    if (type === 'Arn') return arnPattern(value);
    return base.endsWith('Like') ? likePattern(value) : exactPattern(value, base.endsWith('IgnoreCase'));
  });
}
