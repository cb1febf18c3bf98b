import { within } from '../../iam/cidr';
import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';

type Scalar = string | number | boolean | null;

/** Whether a value of a message satisfies one comparison of a pattern. */
export type Comparison = (value: Scalar) => boolean;

const operators = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html';

/**
 * One comparison of a pattern other than `exists`, which looks at no value.
 *
 * @throws PlanError for operators that Pipes do not support, and values that an operator does not take
 * @throws NotSimulated for what is not documented
 */
export function comparison(written: unknown, where: string): Comparison {
  if (isScalar(written)) return (value) => value === written;
  const [operator = '', operand] = singleEntry(written, where);
  switch (operator) {
    case 'prefix':
      return textual(operand, where, (value, part) => value.startsWith(part));
    case 'suffix':
      return textual(operand, where, (value, part) => value.endsWith(part));
    case 'equals-ignore-case': {
      const expected = textOperand(operand, where).toLowerCase();
      return (value) => typeof value === 'string' && value.toLowerCase() === expected;
    }
    case 'anything-but':
      return anythingBut(operand, where);
    case 'numeric':
      return numeric(operand, where);
    case 'cidr':
      return inBlock(operand, where);
    case 'wildcard':
      throw unsupported(where, '"wildcard"');
    default:
      throw new NotSimulated(where, `the operator ${JSON.stringify(operator)}`);
  }
}

export const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'number', 'boolean'].includes(typeof value);

export function singleEntry(written: unknown, where: string): readonly [string, unknown] {
  const entries = typeof written === 'object' && written !== null ? Object.entries(written) : [];
  const [entry, ...others] = entries;
  if (!entry || others.length > 0 || Array.isArray(written)) {
    throw new NotSimulated(where, `the comparison ${JSON.stringify(written)}`);
  }
  return entry;
}

/** The list of comparisons has a column that says which of them Pipes support. */
const unsupported = (where: string, what: string) =>
  new PlanError(`${where}: Pipes do not support ${what} (${operators}): compare another way`);

function textOperand(operand: unknown, where: string): string {
  if (typeof operand === 'string') return operand;
  throw new PlanError(`${where}: ${JSON.stringify(operand)} is no text`);
}

/** `prefix` and `suffix`, which may leave case aside. */
function textual(
  operand: unknown,
  where: string,
  holds: (value: string, part: string) => boolean,
): Comparison {
  if (typeof operand === 'string') return (value) => typeof value === 'string' && holds(value, operand);
  const [name, inner] = singleEntry(operand, where);
  if (name !== 'equals-ignore-case') throw new NotSimulated(where, `the operator ${JSON.stringify(name)}`);
  const part = textOperand(inner, where).toLowerCase();
  return (value) => typeof value === 'string' && holds(value.toLowerCase(), part);
}

function anythingBut(operand: unknown, where: string): Comparison {
  const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
  const [first] = excluded;
  if (typeof first === 'object' && first !== null) {
    throw unsupported(where, `"anything-but" with ${JSON.stringify(Object.keys(first)[0])}`);
  }
  const kinds = new Set(excluded.map((value) => typeof value));
  if (kinds.size !== 1 || !(kinds.has('string') || kinds.has('number'))) {
    throw new PlanError(`${where}: "anything-but" takes texts, or numbers, and no mixture (${operators})`);
  }
  return (value) => !excluded.includes(value);
}

const relations: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/**
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html#filtering-numeric-matching
 */
const largestNumber = 5e9;

function numeric(operand: unknown, where: string): Comparison {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  const tests = Array.from({ length: Math.ceil(parts.length / 2) }, (_, index) => {
    const [name, bound] = parts.slice(2 * index, 2 * index + 2);
    const relation = typeof name === 'string' ? relations[name] : undefined;
    if (!relation || typeof bound !== 'number') {
      throw new PlanError(`${where}: "numeric" takes relations and numbers, as in [">", 0, "<=", 5]`);
    }
    checkRange(bound, where);
    return (value: number) => relation(value, bound);
  });
  if (tests.length < 1 || tests.length > 2) {
    throw new PlanError(`${where}: "numeric" takes one or two relations, as in [">", 0, "<=", 5]`);
  }
  return (value) => {
    if (typeof value !== 'number') return false;
    checkRange(value, where);
    return tests.every((test) => test(value));
  };
}

function checkRange(number: number, where: string): void {
  if (Math.abs(number) > largestNumber) {
    throw new NotSimulated(where, `"numeric" with ${number}, beyond ${largestNumber},`);
  }
}

function inBlock(operand: unknown, where: string): Comparison {
  const block = textOperand(operand, where);
  const lies = blockTest(block, where);
  return (value) => {
    if (typeof value !== 'string') return false;
    try {
      return lies(value);
    } catch {
      return false;
    }
  };
}

function blockTest(block: string, where: string): (address: string) => boolean {
  try {
    return within(block);
  } catch {
    throw new PlanError(`${where}: "${block}" is no CIDR block such as 10.0.0.0/24`);
  }
}
