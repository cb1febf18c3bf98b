import type { Condition, Statement } from '../../../iam/statement';
import { implies, operatorOf } from './condition-implies';
import { actionPattern, resourcePattern } from './policy-patterns';
import { areListed, coversPrincipal, isOutside } from './principal-coverage';
import { apart, coversText, type TextPattern } from './text-pattern';

/**
 * One element of a statement against the same element of another: each value that suffices by itself, and
 * whether the other has it.
 */
interface Side {
  readonly isCovered: readonly boolean[];
  /** The statement with only these of the values. */
  readonly only: (indexes: readonly number[]) => Statement;
}

/**
 * Parts that a statement is taken into before the rest counts as not covered; no policy of a person comes
 * near.
 */
const limit = 2_000;

/**
 * What a statement says that none of the others says: nothing where they cover it, and parts of it where they
 * cover some of its values. It never leaves out anything that the others do not say; what cannot be decided
 * remains.
 * @param others of the same effect
 * @param accountId whose resource it is
 */
export function remainder(
  statement: Statement,
  others: readonly Statement[],
  accountId: string,
): readonly Statement[] {
  let parts = 0;
  const beyond = (part: Statement, left: readonly Statement[]): readonly Statement[] => {
    parts += 1;
    const [first, ...rest] = left;
    if (!first || parts > limit) return [part];
    const sides = sidesOf(part, first, accountId);
    if (sides.some(({ isCovered }) => !isCovered.includes(true))) return beyond(part, rest);
    const side = sides.find(({ isCovered }) => isCovered.includes(false));
    if (!side) return [];
    const indexes = (wanted: boolean) =>
      side.isCovered.flatMap((covered, index) => (covered === wanted ? index : []));
    return [...beyond(side.only(indexes(true)), left), ...beyond(side.only(indexes(false)), rest)];
  };
  return beyond(statement, others);
}

function sidesOf(part: Statement, other: Statement, accountId: string): readonly Side[] {
  return [
    principalSide(part, other, accountId),
    actionSide(part, other),
    resourceSide(part, other),
    ...other.conditions.map((condition) => conditionSide(part, condition)),
  ];
}

function principalSide(part: Statement, other: Statement, accountId: string): Side {
  const { principals, notPrincipals: excepted } = part;
  if (!principals) return whole(part, exceptsNoMore(excepted, other));
  const context = { effect: part.effect, accountId };
  return {
    isCovered: principals.map((principal) =>
      other.principals
        ? other.principals.some((wide) => coversPrincipal(wide, principal, context))
        : other.notPrincipals !== undefined && isOutside(principal, other.notPrincipals),
    ),
    only: (indexes) => ({ ...part, principals: chosen(principals, indexes) }),
  };
}

function exceptsNoMore(excepted: Statement['notPrincipals'], other: Statement): boolean {
  // An identity-based policy names nobody; it is about the one whom it belongs to.
  if (!excepted) return !other.principals && !other.notPrincipals;
  if (other.principals) return other.principals.some(({ kind }) => kind === 'everyone');
  return other.notPrincipals !== undefined && areListed(other.notPrincipals, excepted);
}

const actionSide = (part: Statement, other: Statement): Side =>
  textSide(
    part,
    { listed: part.actions, excepted: part.notActions },
    { listed: other.actions, excepted: other.notActions },
    { pattern: actionPattern, only: (actions) => ({ ...part, actions }) },
  );

/** A trust policy names no resource; it is about the role that it belongs to. */
const resourceSide = (part: Statement, other: Statement): Side =>
  textSide(
    part,
    { listed: part.resources ?? (part.notResources ? undefined : ['*']), excepted: part.notResources },
    { listed: other.resources ?? (other.notResources ? undefined : ['*']), excepted: other.notResources },
    {
      pattern: resourcePattern,
      only: (resources) => (part.resources ? { ...part, resources } : part),
    },
  );

interface Listed {
  readonly listed: readonly string[] | undefined;
  readonly excepted: readonly string[] | undefined;
}

function textSide(
  part: Statement,
  own: Listed,
  others: Listed,
  {
    pattern,
    only,
  }: {
    readonly pattern: (text: string) => TextPattern;
    readonly only: (values: readonly string[]) => Statement;
  },
): Side {
  const patterns = (texts: readonly string[] | undefined) => texts && patternsOf(texts, pattern);
  const [listed, excepted] = [patterns(own.listed), patterns(own.excepted) ?? []];
  const [wide, not] = [patterns(others.listed), patterns(others.excepted) ?? []];
  if (!listed) {
    // All but some are among all but others where those others are among the some.
    return whole(
      part,
      wide
        ? wide.some((one) => coversText(one, pattern('*')))
        : not.every((one) => excepted.some((own) => coversText(own, one))),
    );
  }
  return {
    isCovered: listed.map((one) =>
      wide ? wide.some((other) => coversText(other, one)) : not.every((other) => apart(other, one)),
    ),
    only: (indexes) => only(chosen(own.listed ?? [], indexes)),
  };
}

const known = new WeakMap<readonly string[], readonly TextPattern[]>();

/** Once for every list of a policy: each is held against many others. */
function patternsOf(
  texts: readonly string[],
  pattern: (text: string) => TextPattern,
): readonly TextPattern[] {
  const patterns = known.get(texts) ?? texts.map(pattern);
  known.set(texts, patterns);
  return patterns;
}

/** The condition of the part that says most of what the other's condition asks for. */
function conditionSide(part: Statement, wanted: Condition): Side {
  const sides = part.conditions.map((condition, at): Side => {
    if (!isUnion(condition)) return whole(part, implies(condition, wanted));
    const isCovered = condition.values.map((value) => implies({ ...condition, values: [value] }, wanted));
    return {
      // The same values are the same where they cannot be looked at one by one.
      isCovered: implies(condition, wanted) ? isCovered.map(() => true) : isCovered,
      only: (indexes) => ({
        ...part,
        conditions: part.conditions.with(at, { ...condition, values: chosen(condition.values, indexes) }),
      }),
    };
  });
  return (
    sides.find(({ isCovered }) => !isCovered.includes(false)) ??
    sides.find(({ isCovered }) => isCovered.includes(true)) ??
    whole(part, false)
  );
}

/** Whether a condition with two values is met where a condition with either of them is. */
const isUnion = (condition: Condition): boolean => {
  const { base, set, negated, type } = operatorOf(condition);
  return set !== 'ForAllValues' && !negated && (type !== undefined || base === 'Null');
};

const whole = (statement: Statement, isCovered: boolean): Side => ({
  isCovered: [isCovered],
  only: () => statement,
});

const chosen = <T>(values: readonly T[], indexes: readonly number[]): readonly T[] =>
  indexes.flatMap((index) => values.slice(index, index + 1));
