import { type Change, isUnchanged, stackPairs } from '../change';
import { rules as everyRule } from './pack';
import { systemOf } from './reading/system';
import type { Rule } from './rule';
import { rulesConcerns } from './rules-concerns';
import type { RulesFindings, RulesReview, WaiverRemark } from './rules-findings';
import { held, type Violation } from './violations';
import { dayOf, hasExpired, isAbout, isOfStack, latestExpiry } from './waiver-match';
import { keyOf, type Waivers } from './waivers';

/**
 * @param waivers what the waiver file says in the two versions
 * @param today any time of the day, which is taken in UTC
 */
export function rulesReview(
  change: Change,
  waivers: { readonly base: Waivers; readonly head: Waivers },
  today: Date,
  rules: readonly Rule[] = everyRule,
): RulesReview {
  const day = dayOf(today);
  const before = held(systemOf(change.base.stacks, day), rules);
  const { violations, unread, resources } = held(systemOf(change.head.stacks, day), rules);
  const was = new Set(before.violations.map(placeOf));
  const entries = waivers.head.waivers;
  const valid = entries.filter((waiver) => !hasExpired(waiver, day) && waiver.expires <= latestExpiry(day));
  const covered = violations.map((violation) => ({
    violation,
    by: valid.find((waiver) => isAbout(waiver, violation)),
  }));
  const open = covered
    .filter(({ by }) => by === undefined)
    .map(({ violation }) => ({
      ...violation,
      isNew: !was.has(placeOf(violation)),
      waivedUntil: entries.find((waiver) => hasExpired(waiver, day) && isAbout(waiver, violation))?.expires,
    }));
  const findings: RulesFindings = {
    rules: rules.length,
    resources,
    changed:
      !stackPairs(change).every(isUnchanged) || JSON.stringify(waivers.base) !== JSON.stringify(waivers.head),
    violations: [...open.filter(({ isNew }) => isNew), ...open.filter(({ isNew }) => !isNew)],
    waived: covered.flatMap(({ violation, by }) =>
      by
        ? [{ ...violation, isNew: !was.has(placeOf(violation)), reason: by.reason, expires: by.expires }]
        : [],
    ),
    waivers: remarks(change, waivers, violations, day),
    faults: waivers.head.faults,
    unread,
  };
  return { ...findings, concerns: rulesConcerns(findings) };
}

const placeOf = ({ rule, resource }: Violation) => keyOf({ rule, resource });

/** What is to be said of each waiver: the worst, once. */
function remarks(
  change: Change,
  { base, head }: { readonly base: Waivers; readonly head: Waivers },
  violations: readonly Violation[],
  today: string,
): readonly WaiverRemark[] {
  const earlier = new Map(base.waivers.map((waiver) => [keyOf(waiver), waiver]));
  const stacks = stackPairs(change).map(({ id }) => id);
  return head.waivers.flatMap((waiver): readonly WaiverRemark[] => {
    const about = violations.filter((violation) => isAbout(waiver, violation)).length;
    const before = earlier.get(keyOf(waiver));
    const remark = (said: WaiverRemark['remark']) => [{ ...waiver, remark: said, violations: about }];
    if (hasExpired(waiver, today)) return remark('expired');
    if (waiver.expires > latestExpiry(today)) return remark('too-long');
    if (!before) return remark('new');
    if (before.reason !== waiver.reason || before.expires !== waiver.expires) return remark('changed');
    // Where only some environments are reviewed, nothing can be said of the others' waivers.
    return about === 0 && stacks.some((stack) => isOfStack(waiver, stack)) ? remark('unused') : [];
  });
}
