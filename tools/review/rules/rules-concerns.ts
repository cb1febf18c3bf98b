import type { Concern } from '../concern';
import { counted } from '../counted';
import { groupsOf } from '../groups';
import type { RulesFindings, RuleViolation, WaiverRemark } from './rules-findings';

/** Why a change is not simply fine, each rule and each waiver once. */
export const rulesConcerns = ({ violations, waivers, faults, unread }: RulesFindings): readonly Concern[] => [
  ...violationConcerns(violations.filter(({ waivedUntil }) => waivedUntil === undefined)),
  ...waivers.map(waiverConcern),
  ...(faults.length > 0
    ? [{ level: 'broken' as const, text: `has ${counted(faults.length, 'fault')} in waivers.json` }]
    : []),
  ...(unread.length > 0
    ? [
        {
          level: 'attention' as const,
          text: `has ${counted(unread.length, 'place')} that the security rules cannot read`,
        },
      ]
    : []),
];

function violationConcerns(violations: readonly RuleViolation[]): readonly Concern[] {
  return groupsOf(violations, ({ rule, isNew }) => JSON.stringify([rule, isNew])).map((group) => {
    const [first] = group;
    const resources = [...new Set(group.map(({ resource }) => resource))];
    const where = resources.length === 1 ? resources.join() : `${resources.length} resources`;
    const text = first.isNew
      ? `breaks the rule ${first.rule} on ${where}`
      : `leaves the rule ${first.rule} broken on ${where}, as it was before`;
    return { level: 'broken', text };
  });
}

function waiverConcern({ remark, rule, resource, reason, expires }: WaiverRemark): Concern {
  switch (remark) {
    case 'expired':
      return {
        level: 'broken',
        text: `rests on a waiver of ${rule} for ${resource} that expired on ${expires}`,
      };
    case 'too-long':
      return {
        level: 'broken',
        text: `waives ${rule} for ${resource} until ${expires}, for more than a year`,
      };
    case 'new':
      return { level: 'attention', text: `waives ${rule} for ${resource} until ${expires}: ${reason}` };
    case 'changed':
      return {
        level: 'attention',
        text: `changes the waiver of ${rule} for ${resource}, now until ${expires}: ${reason}`,
      };
    case 'unused':
      return {
        level: 'attention',
        text: `keeps a waiver of ${rule} for ${resource} that nothing needs any more`,
      };
  }
}
