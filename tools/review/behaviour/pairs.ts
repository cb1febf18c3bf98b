/** What is in both versions, and what is in one only. */
export interface Pairs<T> {
  readonly both: readonly (readonly [base: T, head: T])[];
  readonly gone: readonly T[];
  readonly added: readonly T[];
}

/** @param key by which one of the base is known in the head */
export function pairsOf<T>(base: readonly T[], head: readonly T[], key: (one: T) => string): Pairs<T> {
  const before = new Map(base.map((one) => [key(one), one]));
  const after = new Map(head.map((one) => [key(one), one]));
  return {
    both: [...after].flatMap(([name, one]) => {
      const was = before.get(name);
      return was === undefined ? [] : [[was, one] as const];
    }),
    gone: [...before].flatMap(([name, one]) => (after.has(name) ? [] : [one])),
    added: [...after].flatMap(([name, one]) => (before.has(name) ? [] : [one])),
  };
}
