import type { Concern } from './concern';

/** What a review comes to. */
export type Verdict = 'fine' | 'attention' | 'broken';

export const verdictOf = (concerns: readonly Concern[]): Verdict =>
  concerns.some(({ level }) => level === 'broken') ? 'broken' : concerns.length > 0 ? 'attention' : 'fine';

/** 2 is left to what could not be reviewed. */
export const exitCodes: Readonly<Record<Verdict, number>> = { fine: 0, attention: 3, broken: 1 };
