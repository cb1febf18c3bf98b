import type { ResourceChange } from '../resources/resource-change';
import type { Mark } from './picture';
import { resourceWord } from './resource-words';

/** What is known to change of an environment's resources. */
export interface Marks {
  /**
   * What happens to a part.
   * @param main address of the resource that it is
   * @param behind addresses of those that make it what it is
   */
  readonly ofPart: (
    stackId: string,
    main: string,
    behind: readonly string[],
  ) => { readonly mark: Mark | undefined; readonly what: readonly string[] };
  /** What changes of a stack beside these resources. */
  readonly beside: (stackId: string, addresses: ReadonlySet<string>) => readonly string[];
}

const actions: Readonly<Record<ResourceChange['action'], Mark>> = {
  add: 'added',
  change: 'changed',
  replace: 'replaced',
  destroy: 'gone',
};

/**
 * @param left stacks that are no longer there: Terraform does nothing to them, and nothing flows by the new
 * version
 */
export function marksOf(changes: readonly ResourceChange[], left: ReadonlySet<string>): Marks {
  const real = changes.filter((change) => !isConsequence(change));
  const byPlace = new Map(real.map((change) => [`${change.stackId}/${change.address}`, change]));
  return {
    ofPart: (stackId, main, behind) => {
      if (left.has(stackId)) return { mark: 'gone', what: [] };
      const own = byPlace.get(`${stackId}/${main}`);
      if (own && own.action !== 'change') return { mark: actions[own.action], what: [] };
      const others = behind.flatMap((address) => byPlace.get(`${stackId}/${address}`) ?? []);
      const what = distinct([...(own ? ['settings'] : []), ...others.map(({ type }) => resourceWord(type))]);
      return { mark: what.length > 0 ? 'changed' : undefined, what };
    },
    beside: (stackId, addresses) =>
      distinct(
        real
          .filter((change) => change.stackId === stackId && !addresses.has(change.address))
          .map(({ type }) => resourceWord(type)),
      ),
  };
}

/** A new deployment, and the stage that shows it, follow from any change of an API. */
const isConsequence = ({ type, action, attributes }: ResourceChange): boolean =>
  /^aws_api_?gateway(v2)?_deployment$/.test(type) ||
  (/^aws_api_?gateway(v2)?_stage$/.test(type) &&
    action === 'change' &&
    attributes.every(({ path }) => path === 'deployment_id'));

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)];
