import type { Statement } from '../../iam/policy-difference';
import {
  actionsText,
  conditionsText,
  deletedKind,
  principalsText,
  statementText,
} from '../../iam/statement-text';
import type { Finding } from '../finding';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

/**
 * A statement that lets someone in beyond what was synthesized.
 * @param code of the policy: the finding's begins with it
 * @param danger what may happen when it lets everyone in
 */
export function extraTold(code: string, danger: string, statement: Statement): Told {
  const who = principalsText(statement);
  const conditions = conditionsText(statement);
  const identifiers = Object.values((statement.Principal ?? {}) as Record<string, readonly string[]>).flat();
  const isStale =
    identifiers.length > 0 && identifiers.every((identifier) => deletedKind(identifier) !== undefined);
  const isPublic = identifiers.includes('*') && conditions === '';
  return {
    code: isStale ? `${code}-stale` : isPublic ? `${code}-public` : `${code}-extra`,
    severity: isPublic ? 'error' : 'warning',
    problem: isStale
      ? `its policy still names ${who}`
      : `its policy also lets ${who} do ${actionsText(statement)}${conditions && ` where ${conditions}`}`,
    synthesized: 'none',
    deployed: statementText(statement),
    seen: isStale
      ? 'nothing: nobody has this id any more'
      : isPublic
        ? `nothing, until someone on the internet uses it: ${danger}`
        : 'nothing: nobody notices who may do more than was reviewed',
    cause: isStale
      ? 'The role or user was deleted after someone had named it here'
      : 'Someone has added the statement in the console or with another tool',
  };
}

/** Whom a denial hits; `seen` is empty where nobody is known to be. */
export interface Hit {
  readonly seen: string;
  readonly isUndecided: boolean;
}

/** A statement that refuses more than was synthesized. */
export const denialTold = (code: string, statement: Statement, { seen, isUndecided }: Hit): Told => ({
  code: `${code}-deny`,
  severity: seen ? 'error' : 'warning',
  problem: `its policy also refuses ${actionsText(statement)} to ${principalsText(statement)}`,
  synthesized: 'none',
  deployed: statementText(statement),
  seen:
    seen ||
    (isUndecided
      ? 'AccessDenied for whom its condition hits, which only AWS can say'
      : 'nothing: none of the flows is among those that it hits'),
  cause: 'A denial wins over every permission. Someone has added it in the console or with another tool',
});
