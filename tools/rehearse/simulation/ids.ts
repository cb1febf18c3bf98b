import { createHash } from 'node:crypto';

/** Gives the next of a run of UUIDs. */
export type IdSource = () => string;

/** The same seed gives the same ids. */
export function idSource(seed: string): IdSource {
  let count = 0;
  return () => {
    const hex = createHash('sha256').update(`${seed}/${count++}`).digest('hex');
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  };
}
