import { NotSimulated } from '../../not-simulated';

type Fields = ReadonlyMap<string, string>;

/** The values of a list such as `AttributeName.1`, `AttributeName.2`, in the order of the numbers. */
export const numberedValues = (fields: Fields, name: string): readonly string[] =>
  [...fields]
    .flatMap(([field, value]): readonly (readonly [number, string])[] => {
      const number = field.startsWith(`${name}.`) ? field.slice(name.length + 1) : '';
      return /^\d+$/.test(number) ? [[Number(number), value]] : [];
    })
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);

/** A field that must be a whole number when it is there. @throws NotSimulated for other text */
export function wholeNumber(fields: Fields, name: string): number | undefined {
  const text = fields.get(name);
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text)) throw new NotSimulated('SQS', `the ${name} ${JSON.stringify(text)}`);
  return Number(text);
}
