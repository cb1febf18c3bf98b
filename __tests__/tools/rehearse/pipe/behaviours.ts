import { type Behave, type Behaviour, up } from '../../../../tools/rehearse/pipe/subscriber';
import type { Random } from '../../../../tools/rehearse/simulation/random';

/** One behaviour until a moment, and another from then on. @param moment milliseconds since 1970 */
export const until =
  (moment: number, before: Behave, after: Behave): Behave =>
  (request, now) =>
    (now < moment ? before : after)(request, now);

/** @param probability of the behaviour, 0 to 1; else the message is taken */
export const sometimes =
  (random: Random, probability: number, behaviour: Behaviour): Behave =>
  () =>
    random.chance(probability) ? behaviour : up;
