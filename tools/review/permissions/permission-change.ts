import type { Statement } from '../../iam/statement';
import type { OwnedStatements, Owner } from './policies/owned-statements';
import { isNarrower, isWider, type StatementChange, statementChanges } from './statements/statement-change';
import { alarmsOf, isPublic } from './words/alarms';
import { lineOf } from './words/line';
import type { Names } from './words/names';
import { type Sentence, type Told, told } from './words/sentence';

/** What happens to a statement of an owner's policies. */
export interface PermissionChange {
  readonly stackId: string;
  readonly owner: Owner;
  readonly about: OwnedStatements['about'];
  /** Whether the owner itself comes or goes with it. */
  readonly ownerIs: 'new' | 'gone' | 'there';
  readonly change: 'added' | 'removed' | 'widened' | 'narrowed' | 'changed';
  /** Whether someone may get to do something by it. */
  readonly widens: boolean;
  /** The meaning of one of the two is not known here. */
  readonly unread: boolean;
  /** The statement as one line. */
  readonly before?: string;
  readonly after?: string;
  readonly gained: readonly Sentence[];
  readonly lost: readonly Sentence[];
  /** Whether callers that nobody knows may get to do something by it. */
  readonly isPublic: boolean;
  /** All whom it names are of the account itself. */
  readonly isWithinAccount: boolean;
  /** What hardly anyone means to allow. */
  readonly alarms: readonly string[];
}

/** A change together with what it was told from. */
export interface ComparedChange {
  readonly told: PermissionChange;
  /** Nothing where a statement was compared as text. */
  readonly statements: StatementChange | undefined;
  readonly owned: OwnedStatements;
}

/** @param base nothing where the old version does not have the owner's policies, and so on */
export function permissionChanges(
  base: OwnedStatements | undefined,
  head: OwnedStatements | undefined,
  { ownerIs, names }: { readonly ownerIs: PermissionChange['ownerIs']; readonly names: Names },
): readonly ComparedChange[] {
  const owned = head ?? base;
  if (!owned) return [];
  const { stackId, owner, about, accountId } = owned;
  const common = { stackId, owner, about, ownerIs };
  const trusted = ownerIs === 'new' ? undefined : servicesOf(readOf(base));
  const unread = unreadChanges(base, head);
  const changes = statementChanges(readOf(base), readOf(head), accountId)
    // Nobody is refused what is not there any more.
    .filter(({ effect }) => ownerIs !== 'gone' || effect === 'Allow')
    .map((change): ComparedChange => {
      const opened = change.effect === 'Allow' ? change.added : [];
      return {
        told: {
          ...common,
          change: kindOf(change),
          widens: isWider(change),
          unread: false,
          ...textsOf(change),
          ...withDoubt(told(change, owned, names), unread),
          isPublic: opened.some((part) => isPublic(part, owned)),
          isWithinAccount: opened.every((part) => isWithinAccount(part, accountId)),
          alarms: [...new Set(opened.flatMap((part) => alarmsOf(part, owned, trusted)))],
        },
        statements: change,
        owned,
      };
    });
  return [
    ...changes,
    ...unread.map((one) => ({
      told: { ...common, ...one, widens: ownerIs !== 'gone' },
      statements: undefined,
      owned,
    })),
  ];
}

/** A statement that is not understood may allow what another one no longer does. */
const withDoubt = ({ gained, lost }: Told, unread: readonly UnreadChange[]): Told => ({
  gained,
  lost: unread.some(({ after }) => after !== undefined)
    ? lost.map((sentence) => ({ ...sentence, note: 'unless the statement that is not known here says so' }))
    : lost,
});

const isWithinAccount = ({ principals }: Statement, accountId: string): boolean =>
  principals?.every(
    (one) =>
      (one.kind === 'account' && one.accountId === accountId) ||
      (one.kind === 'identity' && one.arn.split(':')[4] === accountId),
  ) ?? false;

const servicesOf = (statements: readonly Statement[]): ReadonlySet<string> =>
  new Set(
    statements.flatMap(({ principals = [] }) =>
      principals.flatMap((one) => (one.kind === 'service' ? one.name : [])),
    ),
  );

const readOf = (owned: OwnedStatements | undefined): readonly Statement[] =>
  owned?.statements.flatMap((one) => (one.kind === 'read' ? one.statement : [])) ?? [];

function kindOf(change: StatementChange): PermissionChange['change'] {
  if (!change.before) return 'added';
  if (!change.after) return 'removed';
  if (isWider(change)) return isNarrower(change) ? 'changed' : 'widened';
  return 'narrowed';
}

const textsOf = ({ before, after }: StatementChange) => ({
  ...(before && { before: lineOf(before) }),
  ...(after && { after: lineOf(after) }),
});

type UnreadChange = Omit<PermissionChange, 'stackId' | 'owner' | 'about' | 'ownerIs' | 'widens'>;

/** By their text alone, each as often as it stands there. */
function unreadChanges(
  base: OwnedStatements | undefined,
  head: OwnedStatements | undefined,
): readonly UnreadChange[] {
  const gone = [...unreadOf(base)];
  const come = unreadOf(head).filter(({ meaning }) => {
    const at = gone.findIndex((one) => one.meaning === meaning);
    if (at >= 0) gone.splice(at, 1);
    return at < 0;
  });
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, index): UnreadChange => {
    const [before, after] = [gone[index]?.text, come[index]?.text];
    return {
      change: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
      unread: true,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      gained: [],
      lost: [],
      isPublic: false,
      isWithinAccount: false,
      alarms: [],
    };
  });
}

const unreadOf = (owned: OwnedStatements | undefined) =>
  owned?.statements.flatMap((one) => (one.kind === 'unread' ? one : [])) ?? [];
