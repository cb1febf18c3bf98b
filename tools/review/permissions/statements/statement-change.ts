import type { Statement } from '../../../iam/statement';
import { remainder } from '../coverage/statement-coverage';
import { paired } from './paired';

/**
 * What happens to one statement; the permissions that come and go with it are those of its owner as a whole.
 */
export interface StatementChange {
  readonly effect: Statement['effect'];
  readonly before?: Statement;
  readonly after?: Statement;
  /** What the new version says and no statement of the old one did. */
  readonly added: readonly Statement[];
  /** What the old version said and no statement of the new one does. */
  readonly dropped: readonly Statement[];
}

/**
 * Compares what two versions of an owner's statements say together; how they are spread over statements and
 * policies makes no difference. Where it cannot be decided whether something is new it counts as new, and
 * where it cannot be decided whether something is gone, as gone.
 * @param accountId whose resource it is
 */
export function statementChanges(
  base: readonly Statement[],
  head: readonly Statement[],
  accountId: string,
): readonly StatementChange[] {
  return (['Allow', 'Deny'] as const).flatMap((effect) => {
    const old = base.filter((one) => one.effect === effect);
    const current = head.filter((one) => one.effect === effect);
    const added = new Map(current.map((one) => [one, remainder(one, old, accountId)]));
    const dropped = new Map(old.map((one) => [one, remainder(one, current, accountId)]));
    return paired(old, current, accountId).flatMap(({ before, after }): readonly StatementChange[] => {
      const change = {
        effect,
        ...(before && { before }),
        ...(after && { after }),
        added: (after && added.get(after)) ?? [],
        dropped: (before && dropped.get(before)) ?? [],
      };
      return change.added.length + change.dropped.length > 0 ? [change] : [];
    });
  });
}

/** Whether it may let someone do something new. */
export const isWider = ({ effect, added, dropped }: StatementChange): boolean =>
  (effect === 'Allow' ? added : dropped).length > 0;

/** Whether it may keep someone from something. */
export const isNarrower = ({ effect, added, dropped }: StatementChange): boolean =>
  (effect === 'Allow' ? dropped : added).length > 0;
