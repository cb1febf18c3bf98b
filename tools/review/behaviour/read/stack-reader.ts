import { canonicalJson } from '../../../../synthesis/canonical-json';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';

/** What of a stack could not be read. */
export interface Unread {
  readonly stackId: string;
  /** `aws_sqs_queue.messages`, or the stack's id for all of it. */
  readonly address: string;
  readonly reason: string;
  /** The resource as it is written: one that stays as it is is no news. */
  readonly written: string;
}

/** Reads one stack; what cannot be read is noted, and the rest goes on. */
export class StackReader {
  readonly #unread = new Map<string, Unread>();

  constructor(readonly plan: Plan) {}

  get unread(): readonly Unread[] {
    return [...this.#unread.values()];
  }

  /** The resources of a type with these attributes, without those whose attributes cannot be resolved. */
  each(type: string, reads: readonly string[]): readonly PlanResource[] {
    const blocks = this.plan.configuration.resource?.[type] ?? {};
    return Object.keys(blocks).flatMap((name) => {
      try {
        return resourcesOf(this.#only(type, name), type, { reads, ignores: 'the rest' });
      } catch (error) {
        this.#note(`${type}.${name}`, error);
        return [];
      }
    });
  }

  /** What `read` makes of each resource, without those for which it throws. */
  all<T>(resources: readonly PlanResource[], read: (resource: PlanResource) => T): readonly T[] {
    return resources.flatMap((resource) => {
      const made = this.attempt(resource, () => [read(resource)]);
      return made ?? [];
    });
  }

  /** Undefined where `read` throws, which is noted of the resource. */
  attempt<T>({ address }: Pick<PlanResource, 'address'>, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.#note(address.slice(address.indexOf(': ') + 2), error);
      return undefined;
    }
  }

  /** The plan with one resource of a type: the others are there only for those that refer to them. */
  #only(type: string, name: string): Plan {
    const { configuration } = this.plan;
    const all = configuration.resource?.[type] ?? {};
    const only = Object.create(all, {
      [name]: { value: all[name], enumerable: true },
    }) as Readonly<Record<string, unknown>>;
    return {
      ...this.plan,
      configuration: { ...configuration, resource: { ...configuration.resource, [type]: only } },
    };
  }

  #note(address: string, error: unknown): void {
    const [type = '', name = ''] = address.split('.');
    this.#unread.set(address, {
      stackId: this.plan.stackId,
      address,
      reason: error instanceof Error ? error.message : String(error),
      written: canonicalJson(this.plan.configuration.resource?.[type]?.[name] ?? null),
    });
  }
}

/** A list of blocks, however Terraform's JSON syntax writes them; none where there are none. */
export const blocks = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  [value ?? []].flat().filter((block): block is Readonly<Record<string, unknown>> => isBlock(block));

const isBlock = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whatever a value is, as text; nothing for what is not there. */
export const shown = (value: unknown): string | undefined =>
  value === undefined || value === null
    ? undefined
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** A number, also one that is written as text. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
}
