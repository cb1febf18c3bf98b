import type { Fact, StackChanges } from './found-change';

export interface Told {
  readonly level: Fact['level'];
  /** A clause that goes on from "This change". */
  readonly text: string;
}

/** What is true of stacks, each once with the stacks of which it is. */
export function toldOnce(stacks: readonly StackChanges[]): readonly Told[] {
  const told = new Map<
    string,
    { readonly fact: Fact; readonly resources: number; readonly stackIds: string[] }
  >();
  for (const { stackId, facts } of stacks) {
    for (const fact of facts) {
      const key = JSON.stringify([fact.text, fact.detail]);
      const { resources = 0, stackIds = [] } = told.get(key) ?? {};
      told.set(key, {
        fact,
        resources: resources + (fact.resources ?? 0),
        stackIds: [...stackIds, stackId],
      });
    }
  }
  const kept = stacks.filter(({ state }) => state === 'kept').length;
  return [...told.values()].map(
    ({ fact: { level, text, detail, resources: counts }, resources, stackIds }) => {
      const on =
        counts === undefined
          ? ''
          : ` on ${resources === 1 ? 'the one resource that bears' : `all ${resources} resources that bear`} tags`;
      const where = stackIds.length === kept && kept > 1 ? `all ${kept} stacks` : stackIds.join(', ');
      return { level, text: `${text}${on} in ${where}${detail === undefined ? '' : `: ${detail}`}` };
    },
  );
}
