import { NotSimulated } from '../../not-simulated';
import type { BinaryOperator } from './ast';
import { print, type Value } from './value';

/** API Gateway takes everything but `false` for true, null included. */
export const isTrue = (value: Value): boolean => value !== false;

/** `right` is only evaluated where Velocity does. */
export function binary(operator: BinaryOperator, left: Value, right: () => Value, where: string): Value {
  switch (operator) {
    case '&&':
      return isTrue(left) && isTrue(right());
    case '||':
      return isTrue(left) || isTrue(right());
    case '==':
      return equal(left, right());
    case '!=':
      return !equal(left, right());
    case '+': {
      const other = right();
      if (typeof left === 'string' || typeof other === 'string') return print(left) + print(other);
      return integers(operator, left, other, where).reduce((a, b) => a + b);
    }
    case '-':
      return integers(operator, left, right(), where).reduce((a, b) => a - b);
    default: {
      const [a, b] = integers(operator, left, right(), where);
      if (operator === '<') return a < b;
      if (operator === '>') return a > b;
      return operator === '<=' ? a <= b : a >= b;
    }
  }
}

/** In API Gateway what is not defined equals the empty string too; values of two kinds are compared as text. */
function equal(left: Value, right: Value): boolean {
  if (left === null || right === null) return isNothing(left) && isNothing(right);
  if (typeof left === typeof right && typeof left !== 'object') return left === right;
  return print(left) === print(right);
}

const isNothing = (value: Value) => value === null || value === '';

function integers(operator: string, left: Value, right: Value, where: string): readonly [number, number] {
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return [left as number, right as number];
  throw new NotSimulated(where, `${print(left)} ${operator} ${print(right)}`);
}
