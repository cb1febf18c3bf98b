import { type Change, type StackPair, stackPairs } from '../change';
import { circumstances } from './circumstances/circumstances';
import { elsewhere, stillFound } from './circumstances/place';
import { configuredChanges } from './configured-changes';
import { type ConfiguredResource, resourcesOfStack } from './configured-stack';
import type { Fact, StackChanges } from './found-change';
import { isReadable, planFacts } from './planned/plan-facts';
import { plannedChanges } from './planned/planned-changes';
import { fields } from './record';

/** What happens in each stack, in the stacks' order; by Terraform's plan where there is one. */
export const stackChanges = (change: Change): readonly StackChanges[] =>
  stackPairs(change).map((pair) => changesOf(pair, change.plans.get(pair.id)));

function changesOf(pair: StackPair, plan: ReturnType<Change['plans']['get']>): StackChanges {
  const base = pair.base ? resourcesOfStack(pair.base) : new Map<string, ConfiguredResource>();
  const head = pair.head ? resourcesOfStack(pair.head) : new Map<string, ConfiguredResource>();
  const common = { stackId: pair.id, base, head };
  if (!pair.head) {
    // Terraform is not run for a stack that is not there: nothing happens to its resources.
    return {
      ...common,
      state: 'gone',
      planned: false,
      resources: base.size,
      changes: [],
      facts: [],
      elsewhere: [],
    };
  }
  const readable = plan && isReadable(plan) ? plan : undefined;
  const planned = readable && plannedChanges(pair.id, readable, base, head);
  const changes = planned?.changes ?? configuredChanges(pair.id, stillFound(pair, base), head, movesOf(pair));
  const anew = new Set(
    changes.filter(({ action }) => action === 'add' || action === 'replace').map(({ address }) => address),
  );
  const staying = [...head.values()].filter(({ address }) => !anew.has(address));
  const around = pair.base ? circumstances(pair.base, pair.head, staying) : [];
  const tagged = around.some(({ resources }) => resources !== undefined) ? 0 : (planned?.tagged ?? 0);
  return {
    ...common,
    state: pair.base ? 'kept' : 'new',
    planned: readable !== undefined,
    resources: head.size,
    changes,
    elsewhere: elsewhere(pair),
    facts: [
      ...(plan && !readable ? [unreadable(plan.format_version)] : []),
      ...(readable ? planFacts(readable, head) : []),
      ...around,
      ...(tagged > 0 ? [{ level: undefined, text: 'changes the default tags', resources: tagged }] : []),
    ],
  };
}

const unreadable = (version: unknown): Fact => ({
  level: 'attention',
  text: `comes with a plan in the format ${String(version)}, which is not read`,
  detail: 'what follows is of the configurations; make the plan with a Terraform that writes 1.x',
});

/** https://developer.hashicorp.com/terraform/language/block/moved */
function movesOf({ head }: StackPair): ReadonlyMap<string, string> {
  const { moved } = head?.configuration ?? {};
  return new Map(
    [moved ?? []].flat().flatMap((block) => {
      const { from, to } = fields(block);
      return typeof from === 'string' && typeof to === 'string' ? [[to, from] as const] : [];
    }),
  );
}
