/** Strings, and then numbers outside of them. */
const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** The numbers of a JSON text, as they are written. */
export const numbersIn = (json: string): readonly string[] =>
  (json.match(token) ?? []).filter((found) => !found.startsWith('"'));

/** Whether a number is written in the one way in which everybody writes it: not `3.0`, not `3e2`. */
export const isPlain = (number: string): boolean => String(Number(number)) === number;

/** Whether a number keeps its value when it is read into 64 bits and written again. */
export function survives(number: string): boolean {
  if (isPlain(number)) return true;
  const digits = (number.split(/[eE]/)[0] ?? '').replace(/[-.]/g, '').replace(/^0+/, '');
  const isInRange = Number.isFinite(Number(number)) && (Number(number) !== 0 || digits === '');
  return isInRange && digits.length <= 15;
}
