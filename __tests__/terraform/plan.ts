import { endpointNoise } from '../support/endpoint-gaps';

/** What `terraform show -json` gives of a plan, as far as the tests read it. */
export interface Plan {
  readonly resource_changes: readonly ResourceChange[];
  readonly planned_values: unknown;
  readonly output_changes: Readonly<Record<string, { readonly actions: readonly string[] }>>;
  readonly configuration: {
    readonly root_module: {
      readonly resources: readonly ConfiguredResource[];
      readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>>;
    };
  };
  /** What there was, and the data sources as they are read now. */
  readonly prior_state?: {
    readonly values: {
      readonly root_module: {
        readonly resources: readonly {
          readonly address: string;
          readonly values: Readonly<Record<string, unknown>>;
        }[];
      };
    };
  };
}

export interface ResourceChange {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
    /** What the plan prints as `(sensitive value)`: `true` at each place, in the shape of `after`. */
    readonly after_sensitive: unknown;
    readonly replace_paths?: readonly (readonly string[])[];
  };
}

interface ConfiguredResource {
  readonly address: string;
  readonly mode: 'managed' | 'data';
  readonly expressions?: unknown;
  readonly depends_on?: readonly string[];
}

export const managed = ({ resource_changes }: Pick<Plan, 'resource_changes'>): readonly ResourceChange[] =>
  resource_changes.filter(({ mode }) => mode === 'managed');

/** What a plan does, `<actions>: <addresses>`; without data sources, and without what the endpoint explains. */
export function changes(plan: Plan): Readonly<Record<string, readonly string[]>> {
  const byActions: Record<string, string[]> = {};
  for (const resource of managed(plan)) {
    const actions = resource.change.actions.join(', ');
    if (actions === 'no-op' || (actions === 'update' && differences(resource).length === 0)) continue;
    byActions[actions] = [...(byActions[actions] ?? []), resource.address].sort();
  }
  return byActions;
}

/** The attributes by which a resource changes, without those whose difference is the endpoint's. */
export function differences({ type, change }: ResourceChange): readonly string[] {
  const { before, after, after_unknown } = change;
  return [
    ...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {}), ...Object.keys(after_unknown)]),
  ]
    .filter(
      (attribute) =>
        after_unknown[attribute] === true ||
        JSON.stringify(before?.[attribute]) !== JSON.stringify(after?.[attribute]),
    )
    .filter(
      (attribute) =>
        !endpointNoise.some(
          (noise) =>
            noise.type === type && noise.attribute === attribute && noise.explains(before?.[attribute]),
        ),
    )
    .sort();
}

/**
 * The resources that are made one after the other, where most are: Terraform makes everything else meanwhile. A data
 * source takes no time, but passes on what it waits for.
 */
export function longestChain({ configuration }: Plan): readonly string[] {
  const resources = new Map(configuration.root_module.resources.map((item) => [item.address, item]));
  const chains = new Map<string, readonly string[]>();
  const chainTo = (address: string): readonly string[] => {
    const known = chains.get(address);
    if (known) return known;
    const resource = resources.get(address);
    const before = longest((resource ? waitsFor(resource, resources) : []).map(chainTo));
    const chain = resource?.mode === 'managed' ? [...before, address] : before;
    chains.set(address, chain);
    return chain;
  };
  return longest([...resources.keys()].map(chainTo));
}

const longest = (chains: readonly (readonly string[])[]) =>
  chains.reduce((best, chain) => (chain.length > best.length ? chain : best), []);

function waitsFor(
  { expressions, depends_on = [] }: ConfiguredResource,
  resources: ReadonlyMap<string, unknown>,
): readonly string[] {
  const references = [...depends_on, ...referencesIn(expressions)];
  return [...new Set(references)].filter((reference) => resources.has(reference));
}

function referencesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'references' ? (inner as readonly string[]) : referencesIn(inner),
  );
}
