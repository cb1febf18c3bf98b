import type { PlannedChange, TerraformPlan } from '../../terraform-plan';
import type { ConfiguredResource } from '../configured-stack';
import { differences } from '../differences';
import type { Fact } from '../found-change';
import { called } from '../kind';
import { fields } from '../record';
import { nameIn } from '../resource-name';
import { attributeChange } from '../value-text';
import { actionOf, plain } from './planned-changes';

/** https://developer.hashicorp.com/terraform/internals/json-format#format-version: 1.x reads as 1.0 does. */
export const isReadable = ({ format_version: version }: TerraformPlan): boolean =>
  typeof version === 'string' && /^1(\.|$)/.test(version);

/** Of how many a list shows. */
const most = 5;

/** What a plan says beyond what it does to each resource. */
export const planFacts = (
  plan: TerraformPlan,
  head: ReadonlyMap<string, ConfiguredResource>,
): readonly Fact[] => [
  ...(plan.errored ? [{ level: 'broken', text: 'has a plan that failed' } as const] : []),
  ...otherCode(plan, head),
  ...drift(plan),
  ...moved(plan),
  ...forgotten(plan),
];

/** Each resource of the configuration is in a plan of it, also where nothing happens to it. */
function otherCode(plan: TerraformPlan, head: ReadonlyMap<string, ConfiguredResource>): readonly Fact[] {
  if (plan.errored) return [];
  const planned = new Set(
    managed(plan.resource_changes)
      .filter(({ change }) => actionOf(change.actions) !== 'destroy' && !change.actions.includes('forget'))
      .map(({ address }) => plain(address)),
  );
  const missing = [...head.keys()].filter((address) => !planned.has(address));
  const unknown = [...planned].filter((address) => !head.has(address));
  if (missing.length === 0 && unknown.length === 0) return [];
  const parts = [
    ...(missing.length > 0 ? [`it has no ${listed(missing)}`] : []),
    ...(unknown.length > 0 ? [`the configuration has no ${listed(unknown)}`] : []),
  ];
  return [
    {
      level: 'attention',
      text: 'comes with a plan of other code',
      detail: `${parts.join(', and ')}; plan it again`,
    },
  ];
}

/** What somebody changed by other means, and whether the apply takes it back. */
function drift(plan: TerraformPlan): readonly Fact[] {
  const actions = new Map(
    (plan.resource_changes ?? []).map(({ address, change }) => [address, actionOf(change.actions)]),
  );
  return managed(plan.resource_drift).flatMap((drifted): readonly Fact[] => {
    const { address, type, change } = drifted;
    const name = nameIn(fields(change.before));
    const what = called({ type, name, address });
    const taken = actions.get(address);
    if (actionOf(change.actions) === 'destroy') {
      const again = taken === 'add' ? ', and makes it again' : '';
      return [
        {
          level: again === '' ? undefined : 'attention',
          text: `finds the ${what} destroyed outside Terraform${again}`,
        },
      ];
    }
    const changes = differences(fields(change.before), fields(change.after))
      .filter(({ path: [first] }) => first !== 'tags_all')
      .map(attributeChange)
      .map(({ path, before, after }) => `${path} ${before ?? '(none)'} → ${after ?? '(none)'}`);
    if (changes.length === 0) return [];
    const back = taken === 'change' || taken === 'replace' ? ', which its apply takes back' : '';
    return [
      {
        level: back === '' ? undefined : 'attention',
        text: `finds the ${what} changed outside Terraform${back}`,
        detail: listed(changes),
      },
    ];
  });
}

function moved(plan: TerraformPlan): readonly Fact[] {
  const count = managed(plan.resource_changes).filter(
    ({ previous_address: from, address }) => from !== undefined && from !== address,
  ).length;
  return count === 0
    ? []
    : [
        {
          level: undefined,
          text: `moves ${count} to other addresses of Terraform`,
          detail: 'nothing moves in AWS',
        },
      ];
}

function forgotten(plan: TerraformPlan): readonly Fact[] {
  const all = managed(plan.resource_changes).filter(({ change }) => change.actions.includes('forget'));
  return all.length === 0
    ? []
    : [
        {
          level: 'attention',
          text: 'no longer manages what stays in AWS',
          detail: listed(all.map(({ address }) => address)),
        },
      ];
}

const managed = (changes: readonly PlannedChange[] | undefined): readonly PlannedChange[] =>
  (changes ?? []).filter(({ mode }) => mode === 'managed');

const listed = (items: readonly string[]): string =>
  items.length > most
    ? `${items.slice(0, most).join(', ')} and ${items.length - most} more`
    : items.join(', ');
