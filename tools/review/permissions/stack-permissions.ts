import { NotSimulated } from '../../not-simulated';
import type { Plan } from '../../plan/plan';
import type { ReviewedStack } from '../change';
import { isAboutRoutes, isAllowList } from './exposure/allow-list';
import { type ExposureChange, settingChanges } from './exposure/exposure-change';
import { type RestRoute, restRoutes } from './exposure/rest-routes';
import { routeExposure } from './exposure/route-exposure';
import { settingsOf } from './exposure/settings';
import type { ComparedChange } from './permission-change';
import { planOf } from './policies/evaluated';
import type { OwnedStatements } from './policies/owned-statements';
import { resourcePolicies } from './policies/resource-policies';
import { type ManagedStatements, managedStatements, rolePolicies } from './policies/role-policies';

/** What of a stack's version has to do with who may do what. */
export interface StackPermissions {
  readonly plan: Plan;
  readonly owned: readonly OwnedStatements[];
  readonly routes: readonly RestRoute[];
}

/** Nothing where the stack's provider cannot be read, and with it no name of anything. */
export function permissionsOf(
  stack: ReviewedStack,
  managed: ManagedStatements,
): StackPermissions | undefined {
  const plan = readablePlan(stack);
  return (
    plan && {
      plan,
      owned: [...rolePolicies(plan, managed), ...resourcePolicies(plan)],
      routes: restRoutes(plan),
    }
  );
}

/** What the managed policies say that a version's stacks make: roles of other stacks may be given them. */
export const managedIn = (stacks: readonly ReviewedStack[]): ManagedStatements =>
  managedStatements(stacks.flatMap((stack) => readablePlan(stack) ?? []));

function readablePlan(stack: ReviewedStack): Plan | undefined {
  try {
    return planOf(stack);
  } catch (error) {
    if (error instanceof NotSimulated) return undefined;
    throw error;
  }
}

/** What routes, endpoints and buckets of a stack are open to. */
export function stackExposure(
  stackId: string,
  base: StackPermissions | undefined,
  head: StackPermissions | undefined,
): readonly ExposureChange[] {
  const settings = (version: StackPermissions | undefined) => (version ? settingsOf(version.plan) : []);
  return [
    ...routeExposure(stackId, base?.routes ?? [], head?.routes ?? []),
    ...settingChanges(stackId, settings(base), settings(head)),
  ];
}

/** Whether the addresses that may call a REST API's routes tell all that a change of its policy does. */
export function isToldByRoutes(
  { statements, owned }: ComparedChange,
  versions: readonly (OwnedStatements | undefined)[],
  routes: readonly RestRoute[],
): boolean {
  return (
    owned.owner.kind === 'API' &&
    statements !== undefined &&
    versions.every((version) => !version || isAllowList(version)) &&
    isAboutRoutes(statements, routes)
  );
}
