import type { Plan } from '../plan/plan';
import type { Permission } from './check';
import { checks } from './checks';
import { idPermissions } from './deployed-ids';

/** An IAM policy, as IAM takes it. */
export interface PolicyText {
  readonly Version: '2012-10-17';
  readonly Statement: readonly {
    readonly Sid: string;
    readonly Effect: 'Allow';
    readonly Action: readonly string[];
    readonly Resource: readonly string[];
  }[];
}

/** All that the doctor asks of an environment when it only reads. */
export const readPermissions = (plans: readonly Plan[]): readonly Permission[] =>
  plans.flatMap((plan) => [...idPermissions(plan), ...checks.flatMap((check) => check.permissions(plan))]);

/**
 * The least that whoever runs the doctor must be allowed, one statement for each set of actions that goes with the
 * same resources.
 */
export function ownPolicy(permissions: readonly Permission[]): PolicyText {
  const actionsOf = new Map<string, Set<string>>();
  for (const { action, resource } of permissions) {
    // One service's actions in a statement: those of others never go with its resources.
    const key = `${action.split(':')[0]} ${resource}`;
    actionsOf.set(key, (actionsOf.get(key) ?? new Set()).add(action));
  }
  const statements = new Map<string, { actions: readonly string[]; resources: string[] }>();
  for (const [key, actions] of actionsOf) {
    const sorted = [...actions].sort();
    const statement = statements.get(sorted.join()) ?? { actions: sorted, resources: [] };
    statement.resources.push(key.slice(key.indexOf(' ') + 1));
    statements.set(sorted.join(), statement);
  }
  const count = new Map<string, number>();
  return {
    Version: '2012-10-17',
    Statement: [...statements.values()].map(({ actions, resources }) => {
      const service = (actions[0] ?? '').split(':')[0] ?? '';
      const number = (count.get(service) ?? 0) + 1;
      count.set(service, number);
      return {
        Sid: `${service[0]?.toUpperCase()}${service.slice(1)}${number}`.replaceAll('-', ''),
        Effect: 'Allow',
        Action: actions,
        Resource: withoutCovered(resources),
      };
    }),
  };
}

/** A resource that a wider one of the same statement covers says nothing. */
const withoutCovered = (resources: readonly string[]): readonly string[] =>
  resources
    .filter((resource) => !resources.some((other) => other !== resource && covers(other, resource)))
    .sort();

const covers = (wider: string, resource: string) =>
  wider.endsWith('*') && resource.startsWith(wider.slice(0, -1));
