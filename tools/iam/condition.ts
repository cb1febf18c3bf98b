import { NotSimulated } from '../not-simulated';
import { conditionKey } from './condition-keys';
import { type Operator, operators } from './condition-operators';
import type { Variables } from './policy-text';
import type { RequestContext } from './request-context';
import type { Condition } from './statement';

/** A condition of a statement, ready to be held against requests. */
export interface CompiledCondition {
  readonly key: string;
  readonly isMet: (context: RequestContext, variables: Variables) => boolean;
}

type SetOperator = 'ForAllValues' | 'ForAnyValue';

/** @throws NotSimulated for an operator that is not known, or that the key does not work with */
export function compiledCondition(
  { operator: written, key, values }: Condition,
  at: string,
): CompiledCondition {
  const known = conditionKey(key);
  const { set, base, ifExists } = partsOf(written);
  if (base === 'Null' && !set && !ifExists) return { key, isMet: nullTest(key, values, at) };
  const operator = Object.hasOwn(operators, base) ? operators[base] : undefined;
  if (!operator) throw new NotSimulated(at, `the condition operator ${written}`);
  if (known && !known.types.includes(operator.type)) {
    throw new NotSimulated(at, `the condition operator ${written} on ${key}`);
  }
  if (known?.multivalued && !set) {
    throw new NotSimulated(at, `${written} on ${key}, which may have several values,`);
  }
  const tests = values.map((value) => operator.test(value, at));
  return {
    key,
    isMet(context, variables) {
      const given = context.valuesOf(key, at);
      if (given.length === 0) return withoutKey(operator, set, ifExists);
      if (!set && given.length > 1) throw new NotSimulated(at, `${written} on ${key} with several values`);
      return withKey(operator, set, given, (value) => tests.some((test) => test(value, variables)));
    },
  };
}

function partsOf(written: string) {
  const [, set, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(written) ?? [];
  const base = name.replace(/IfExists$/, '');
  return { set: set as SetOperator | undefined, base, ifExists: base !== name };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
function withoutKey({ negated }: Operator, set: SetOperator | undefined, ifExists: boolean): boolean {
  if (ifExists) return true;
  return set ? set === 'ForAllValues' : negated;
}

/**
 * Set operators hold each value of the request against the policy's; empty texts alone are no values at all.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function withKey(
  { negated }: Operator,
  set: SetOperator | undefined,
  given: readonly string[],
  matches: (value: string) => boolean,
): boolean {
  const holds = (value: string) => matches(value) !== negated;
  if (set && given.every((value) => value === '')) return set === 'ForAllValues';
  return set === 'ForAllValues' ? given.every(holds) : given.some(holds);
}

/** True asks for a request without the key, false for one with it. */
function nullTest(key: string, values: readonly string[], at: string): CompiledCondition['isMet'] {
  const wanted = values.map((value) => {
    if (value !== 'true' && value !== 'false') {
      throw new NotSimulated(at, `Null with ${JSON.stringify(value)}`);
    }
    return value === 'true';
  });
  return (context) => wanted.includes(context.valuesOf(key, at).length === 0);
}
