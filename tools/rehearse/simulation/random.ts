import { createHash } from 'node:crypto';

/** Chance that a seed decides. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** True with this probability, 0 to 1. */
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(lowest: number, highest: number): number;
  /** A source of its own, so that who draws more often elsewhere changes nothing here. */
  fork(name: string): Random;
}

/** The same seed gives the same numbers. */
export function random(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  // Mulberry32, by Tommy Ettinger (public domain): well spread in 32 bits of state.
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (lowest, highest) => lowest + Math.floor(next() * (highest - lowest + 1)),
    fork: (name) => random(`${seed}/${name}`),
  };
}
