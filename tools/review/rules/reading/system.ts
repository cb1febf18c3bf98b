import type { ReviewedStack } from '../../change';
import { type Fields, isObject } from './fields';
import { at, computed, type Place, resolved } from './resolve';

/** Every stack of a version, as rules see it. */
export interface System {
  readonly stacks: readonly RuleStack[];
  /** Of every stack. */
  readonly resources: (type: string) => readonly RuleResource[];
  /** `YYYY-MM-DD` in UTC: what is supported depends on it. */
  readonly today: string;
}

export interface RuleStack {
  readonly id: string;
  readonly environment: string;
  readonly place: Place;
  /**
   * Resources of a type, and what else rules are about: the `provider` named `aws`, which is there even where it is not
   * written, and each `module`.
   */
  readonly resources: (type: string) => readonly RuleResource[];
  readonly everyResource: readonly RuleResource[];
}

export interface RuleResource extends Fields {
  readonly stack: RuleStack;
  readonly type: string;
  readonly name: string;
  /** As it is written, references unresolved. */
  readonly written: Readonly<Record<string, unknown>>;
  /** What a reference to it, its ARN or its name may resolve to. */
  readonly identities: ReadonlySet<string>;
}

export function systemOf(stacks: readonly ReviewedStack[], today: string): System {
  const read = stacks.map(ruleStack);
  const byType = new Map<string, readonly RuleResource[]>();
  return {
    stacks: read,
    resources(type) {
      const known = byType.get(type) ?? read.flatMap((stack) => stack.resources(type));
      byType.set(type, known);
      return known;
    },
    today,
  };
}

function ruleStack({ id, environment, configuration }: ReviewedStack): RuleStack {
  const providers = [at(configuration, 'provider', 'aws') ?? []].flat();
  const provider = isObject(providers[0]) ? providers[0] : {};
  const region = String(provider.region ?? '');
  const place: Place = {
    stackId: id,
    configuration,
    partition: partitionOf(region),
    region,
    accountId: String([provider.allowed_account_ids ?? []].flat()[0] ?? ''),
  };
  const byType = new Map<string, RuleResource[]>();
  const stack: RuleStack = {
    id,
    environment,
    place,
    resources: (type) => byType.get(type) ?? [],
    get everyResource() {
      return [...byType.values()].flat();
    },
  };
  const blocks = [
    ...labelled(configuration.resource).flatMap(([type, named]) =>
      labelled(named).map(([name, block]) => [type, name, block] as const),
    ),
    ['provider', 'aws', provider] as const,
    ...labelled(configuration.module).map(([name, block]) => ['module', name, block] as const),
  ];
  for (const [type, name, block] of blocks) {
    const known = byType.get(type) ?? [];
    known.push(ruleResource(stack, type, name, block));
    byType.set(type, known);
  }
  return stack;
}

/** Blocks by their label; Terraform's JSON syntax has them in one object, or in a list of several. */
const labelled = (blocks: unknown): readonly (readonly [label: string, block: unknown])[] =>
  [blocks].flat().flatMap((group) => (isObject(group) ? Object.entries(group) : []));

/** A resource may be written as a list of one. */
function ruleResource(stack: RuleStack, type: string, name: string, block: unknown): RuleResource {
  const [only] = [block].flat() as readonly unknown[];
  const written = isObject(only) ? only : {};
  let values: Readonly<Record<string, unknown>> | undefined;
  let identities: ReadonlySet<string> | undefined;
  return {
    where: `${stack.id}: ${type}.${name}`,
    stack,
    type,
    name,
    written,
    get values() {
      values ??= resolved(stack.place, written) as Readonly<Record<string, unknown>>;
      return values;
    },
    get identities() {
      identities ??= new Set(identifying.map((attribute) => attributeOf(this, attribute)));
      return identities;
    },
  };
}

const identifying = ['arn', 'id', 'url', 'key_id', 'name', 'function_name', 'bucket'];

/** What a reference to an attribute of the resource becomes. */
export const attributeOf = ({ stack, type, name, written }: RuleResource, attribute: string): string => {
  const value = Object.hasOwn(written, attribute) ? resolved(stack.place, written[attribute]) : undefined;
  return typeof value === 'string' ? value : computed(stack.place, { type, name, attribute });
};

/** Whether a resolved value means this resource, by any of the attributes that identify it. */
export const means = (value: unknown, resource: RuleResource): boolean =>
  typeof value === 'string' && (resource.identities.has(value) || value.startsWith(`\${${resource.where}.`));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
