import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';
import { type Comparison, comparison, isScalar, singleEntry } from './comparison';

/**
 * Whether a value satisfies a pattern.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export type EventPattern = (value: unknown) => boolean;

/**
 * A test out of a pattern as it is written: every field must match, one of the values of each is enough.
 *
 * @throws PlanError for what Pipes do not support, or an operator does not take
 * @throws NotSimulated for what is not documented
 */
export function eventPattern(written: unknown, where: string): EventPattern {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw new PlanError(
      `${where}: ${JSON.stringify(written)} is no event pattern such as {"body":{"a":["x"]}}`,
    );
  }
  const entries = Object.entries(written);
  if (entries.length === 0) throw new NotSimulated(where, 'a pattern without a field');
  const fields = entries.map(([name, inner]) => {
    const at = `${where}.${name}`;
    return name === '$or' ? alternatives(inner, at) : fieldPattern(name, inner, at);
  });
  return (value) => fields.every((field) => field(value));
}

function alternatives(written: unknown, where: string): EventPattern {
  if (!Array.isArray(written) || written.length < 2) {
    throw new NotSimulated(where, `"$or" with ${JSON.stringify(written)}`);
  }
  const patterns = written.map((inner, index) => eventPattern(inner, `${where}[${index}]`));
  return (value) => patterns.some((pattern) => pattern(value));
}

/** A test of one field of an object; of anything else the field is absent. */
function fieldPattern(name: string, written: unknown, where: string): EventPattern {
  const inner = Array.isArray(written) ? leafPattern(written, where) : nestedPattern(written, where);
  return (value) => inner(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
}

/** Objects in an array count as values of the field, and all of the pattern must hold for one of them. */
function nestedPattern(written: unknown, where: string): EventPattern {
  const pattern = eventPattern(written, where);
  const asksForAbsence = JSON.stringify(written).includes('{"exists":false}');
  return (value) => {
    if (!Array.isArray(value)) return pattern(value);
    if (asksForAbsence) throw new NotSimulated(where, '"exists": false within an array of objects');
    return value.flat(Number.POSITIVE_INFINITY).some((element) => isObject(element) && pattern(element));
  };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The list of a field's values: any of them, and where the message has an array, any of its elements. */
function leafPattern(written: readonly unknown[], where: string): EventPattern {
  if (written.length === 0) throw new PlanError(`${where} lists no value: nothing would match`);
  const tests = written.map((inner, index): ((field: Field) => boolean) => {
    const at = `${where}[${index}]`;
    const exists = existence(inner, at);
    if (exists !== undefined) return (field) => isPresent(field, at) === exists;
    const compare: Comparison = comparison(inner, at);
    return ({ values }) => values.some(compare);
  });
  return (value) => {
    const field = fieldOf(value);
    return tests.some((test) => test(field));
  };
}

/** A field's values; objects are none, since comparisons work on leaves only. */
interface Field {
  readonly value: unknown;
  readonly values: readonly (string | number | boolean | null)[];
}

const fieldOf = (value: unknown): Field => ({
  value,
  values: (Array.isArray(value) ? value.flat(Number.POSITIVE_INFINITY) : [value]).filter(isScalar),
});

function existence(written: unknown, where: string): boolean | undefined {
  if (isScalar(written)) return undefined;
  const [operator, operand] = singleEntry(written, where);
  if (operator !== 'exists') return undefined;
  if (typeof operand !== 'boolean') throw new PlanError(`${where}: "exists" takes true or false`);
  return operand;
}

function isPresent({ value, values }: Field, where: string): boolean {
  if (Array.isArray(value) && values.length === 0) {
    throw new NotSimulated(where, '"exists" for an array without a text, number, true, false or null');
  }
  return values.length > 0;
}
