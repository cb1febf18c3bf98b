import { type Change, stackPairs } from '../change';
import type { Concern } from '../concern';
import type { ResourceChange } from '../resources/resource-change';
import { marksOf } from './marks';
import type { Picture } from './picture';
import { pictureOf } from './picture-of';
import { readFlow, systemOf } from './read-system';

/** The flow of each environment that changes, and what of it does. */
export interface PictureReview {
  readonly pictures: readonly Picture[];
  /** What could not be read, and is therefore in no picture. */
  readonly concerns: readonly Concern[];
}

/** @param changes of the resources of all stacks; what they do not name is drawn as unchanged */
export function pictureReview(change: Change, changes: readonly ResourceChange[]): PictureReview {
  const pairs = stackPairs(change);
  const environmentOf = ({ base, head }: (typeof pairs)[number]) => (head ?? base)?.environment ?? '';
  const pictures: Picture[] = [];
  const unread = new Set<string>();
  for (const environment of new Set(pairs.map(environmentOf))) {
    const ofEnvironment = pairs.filter((pair) => environmentOf(pair) === environment);
    const ids = ofEnvironment.map(({ id }) => id);
    const own = changes.filter(({ stackId }) => ids.includes(stackId));
    const left = new Set(ofEnvironment.filter(({ head }) => !head).map(({ id }) => id));
    if (own.length === 0 && left.size === 0) continue;
    const base = readFlow(ofEnvironment.flatMap((pair) => pair.base ?? []));
    const head = readFlow(ofEnvironment.flatMap((pair) => pair.head ?? []));
    for (const message of [...head.unread, ...base.unread]) unread.add(message);
    const picture = pictureOf(
      environment,
      ids,
      systemOf(base, head),
      systemOf(head, base),
      marksOf(own, left),
    );
    if (hasMark(picture)) pictures.push(picture);
  }
  return { pictures, concerns: [...unread].map(unreadConcern) };
}

const hasMark = ({ stacks, parts, arrows }: Picture): boolean =>
  [...stacks, ...parts, ...arrows].some(({ mark }) => mark !== undefined);

const unreadConcern = (message: string): Concern => ({
  level: 'attention',
  text: `has a configuration that could not be read, so that the picture lacks it: ${message}`,
});
