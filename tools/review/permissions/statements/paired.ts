import type { Statement } from '../../../iam/statement';
import { remainder } from '../coverage/statement-coverage';

interface Pair {
  readonly before?: Statement;
  readonly after?: Statement;
}

/**
 * Which statement of the new version an old one has become. Those that mean the same belong together; of the
 * rest, those that are most alike. It only decides how a change is told.
 */
export function paired(
  base: readonly Statement[],
  head: readonly Statement[],
  accountId: string,
): readonly Pair[] {
  const left = new Set(base);
  const same = new Map<Statement, Statement>();
  for (const after of head) {
    const before = [...left].find((one) => isSame(one, after, accountId));
    if (before) {
      left.delete(before);
      same.set(after, before);
    }
  }
  const alike = head
    .filter((after) => !same.has(after))
    .flatMap((after) => [...left].map((before) => ({ before, after, likeness: likeness(before, after) })))
    .filter(({ likeness }) => likeness >= least)
    .sort((a, b) => b.likeness - a.likeness);
  const successors = new Map<Statement, Statement>(same);
  for (const { before, after } of alike) {
    if (!left.has(before) || successors.has(after)) continue;
    left.delete(before);
    successors.set(after, before);
  }
  return [
    ...head.map((after): Pair => {
      const before = successors.get(after);
      return before ? { before, after } : { after };
    }),
    ...[...left].map((before): Pair => ({ before })),
  ];
}

const isSame = (a: Statement, b: Statement, accountId: string): boolean =>
  remainder(a, [b], accountId).length === 0 && remainder(b, [a], accountId).length === 0;

/** All but one of who, what, on what and when have something in common; an id in common is as much. */
const least = 3;

function likeness(a: Statement, b: Statement): number {
  const elements = [
    [names(a), names(b)],
    [a.actions ?? a.notActions ?? [], b.actions ?? b.notActions ?? []],
    [a.resources ?? a.notResources ?? [], b.resources ?? b.notResources ?? []],
    [a.conditions.map(({ key }) => key), b.conditions.map(({ key }) => key)],
  ] as const;
  const sid = a.sid !== undefined && a.sid === b.sid ? 2 : 0;
  return elements.reduce((sum, [own, others]) => sum + inCommon(own, others), sid);
}

/** 1 for something in common, and a little more for more of it. */
function inCommon(a: readonly string[], b: readonly string[]): number {
  const [own, others] = [lowerCase(a), lowerCase(b)];
  const all = new Set([...own, ...others]).size;
  const shared = [...own].filter((value) => others.has(value)).length;
  if (all === 0) return 1.1;
  return shared === 0 ? 0 : 1 + shared / all / 10;
}

const lowerCase = (values: readonly string[]) => new Set(values.map((value) => value.toLowerCase()));

const names = ({ principals, notPrincipals }: Statement): readonly string[] =>
  (principals ?? notPrincipals ?? []).map((principal) => JSON.stringify(principal));
