import { type Change, isUnchanged, type StackPair, stackPairs } from '../change';
import type { Concern } from '../concern';
import { exposureConcern, groupConcern } from './concerns';
import { type ExposureChange, grouped } from './exposure/exposure-change';
import { changeGroups } from './groups';
import { inPlaceOf } from './moved-stack';
import { type ComparedChange, type PermissionChange, permissionChanges } from './permission-change';
import { type OwnedStatements, together } from './policies/owned-statements';
import {
  isToldByRoutes,
  managedIn,
  permissionsOf,
  type StackPermissions,
  stackExposure,
} from './stack-permissions';
import { namesOfIds } from './words/names';

/** Who may newly do what, and who no longer. */
export interface PermissionsReview {
  readonly concerns: readonly Concern[];
  /** What is reachable from outside, and was not, or no longer is. */
  readonly exposure: readonly ExposureChange[];
  /** Every statement that differs in meaning. */
  readonly statements: readonly PermissionChange[];
  /** Stacks of which a version cannot be read at all. */
  readonly unread: readonly string[];
}

/**
 * Compares who may do what in both versions, by what all policies of an owner say together. It never leaves
 * out that something is newly allowed; where it cannot tell, it says that something may be.
 */
export function permissionsReview(change: Pick<Change, 'base' | 'head'>): PermissionsReview {
  const pairs = stackPairs(change).map((pair) => ({
    ...pair,
    base: pair.base && inPlaceOf(pair.base, pair.head),
  }));
  const before = managedIn(pairs.flatMap(({ base }) => base ?? []));
  const after = managedIn(change.head.stacks);
  const versions = pairs
    .filter((pair) => !isUnchanged(pair))
    .map((pair) => ({
      pair,
      base: pair.base && permissionsOf(pair.base, before),
      head: pair.head && permissionsOf(pair.head, after),
    }));
  const unread = versions.filter(({ pair, base, head }) => (pair.base && !base) || (pair.head && !head));
  const readable = versions.filter((version) => !unread.includes(version));
  const statements = compared(readable);
  const exposure = grouped(readable.flatMap(({ pair, base, head }) => stackExposure(pair.id, base, head)));
  const unreadIds = unread.map(({ pair: { id } }) => id);
  return {
    concerns: [
      ...unreadIds.map(
        (id): Concern => ({
          level: 'attention',
          text: `has a stack, ${id}, that could not be read: who may do what there is not reviewed`,
        }),
      ),
      ...exposure.flatMap(exposureConcern),
      ...changeGroups(statements).flatMap(groupConcern),
    ],
    exposure,
    statements,
    unread: unreadIds,
  };
}

interface Compared {
  readonly pair: StackPair;
  readonly base: StackPermissions | undefined;
  readonly head: StackPermissions | undefined;
}

/** Over all stacks at once: a policy may move from one to another. */
function compared(versions: readonly Compared[]): readonly PermissionChange[] {
  const all = (version: 'base' | 'head') => together(versions.flatMap((of) => of[version]?.owned ?? []));
  const [base, head] = [all('base'), all('head')];
  const [byBase, byHead] = [base, head].map((owned) => new Map(owned.map((one) => [one.id, one])));
  const ofIds = namesOfIds(
    versions.flatMap(({ base, head }) => [base, head].flatMap((one) => one?.plan ?? [])),
  );
  const routes = versions.flatMap((of) => [...(of.base?.routes ?? []), ...(of.head?.routes ?? [])]);
  const ids = [...new Set([...head, ...base].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [before, after] = [byBase?.get(id), byHead?.get(id)];
    // What bounds a role says nothing while the role is not there.
    if ((before ?? after)?.about === 'boundary' && !(before && after)) return [];
    const { stackId, accountId } = (after ?? before) as OwnedStatements;
    const stack = versions.find(({ pair }) => pair.id === stackId);
    // Whatever is elsewhere than the stack was, is told with where it is.
    const region = (stack?.base ?? stack?.head)?.plan.region ?? '';
    return permissionChanges(before, after, {
      ownerIs: ownerIs(before, after),
      names: { accountId, region, ofIds },
    })
      .filter((one: ComparedChange) => !isToldByRoutes(one, [before, after], routes))
      .map(({ told }) => told);
  });
}

const ownerIs = (
  before: OwnedStatements | undefined,
  after: OwnedStatements | undefined,
): PermissionChange['ownerIs'] => {
  if (after?.isDeclared && !before) return 'new';
  return before?.isDeclared && !after ? 'gone' : 'there';
};
