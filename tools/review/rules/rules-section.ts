import { counted } from '../counted';
import { groupsOf } from '../groups';
import { listBlock } from '../list-block';
import { code, type Markdown, md, text } from '../markdown/markdown';
import type { Block, Section } from '../section';
import type { RulesReview, RuleViolation, WaivedViolation, WaiverRemark } from './rules-findings';

/** Nothing where neither the change nor the rules give anything to say. */
export function rulesSection(review: RulesReview): Section | undefined {
  const { changed, concerns } = review;
  if (!changed && concerns.length === 0) return undefined;
  return { title: 'Security rules', blocks: [...problemBlocks(review), ...stateBlocks(review)] };
}

function problemBlocks({ violations, waivers, faults, unread }: RulesReview): readonly Block[] {
  return [
    ...(violations.length > 0
      ? [
          {
            kind: 'table' as const,
            columns: ['Rule', 'Resource', 'Problem', 'Fix'],
            rows: violations.map(violationRow),
            noun: ['violation', 'violations'] as const,
          },
        ]
      : []),
    ...listBlock(
      faults.map((fault) => md`${code('waivers.json')}${fault.startsWith('[') ? '' : ' '}${fault}`),
      ['fault', 'faults'],
    ),
    ...listBlock(waivers.map(waiverItem), ['waiver', 'waivers']),
    ...listBlock(
      unread.map((place) => md`Not read: ${place}`),
      ['place', 'places'],
    ),
  ];
}

const violationRow = (violation: RuleViolation): readonly Markdown[] => {
  const { rule, title, resource, name, problem, fix } = violation;
  return [
    md`${code(rule)}: ${title}`,
    name === undefined ? code(resource) : md`${name} (${code(resource)})`,
    md`${problem}${standing(violation)}`,
    text(fix),
  ];
};

function standing({ isNew, waivedUntil }: RuleViolation): string {
  if (waivedUntil !== undefined) return `; its waiver expired on ${waivedUntil}`;
  return isNew ? '; new in this change' : '; it was so before';
}

function waiverItem({ remark, rule, resource, reason, expires, violations }: WaiverRemark): Markdown {
  const waiver = md`Waiver of ${code(rule)} for ${code(resource)}`;
  const covers = counted(violations, 'violation');
  switch (remark) {
    case 'expired':
      return md`${waiver} expired on ${expires}: mend what it covers (${covers}), or decide anew.`;
    case 'too-long':
      return md`${waiver} ends on ${expires}, more than a year from today: it waives nothing until it ends sooner.`;
    case 'new':
      return md`${waiver} is new, until ${expires}, for ${covers}: ${reason}`;
    case 'changed':
      return md`${waiver} is changed, now until ${expires}, for ${covers}: ${reason}`;
    case 'unused':
      return md`${waiver} matches nothing any more: remove it.`;
  }
}

function stateBlocks({ rules, resources, violations, waived, unread }: RulesReview): readonly Block[] {
  const broken = new Set(violations.map(({ rule }) => rule)).size;
  const state =
    broken > 0 ? `${broken} broken` : unread.length > 0 ? 'not all of them readable' : 'all satisfied';
  const fresh = waived.filter(({ isNew }) => isNew);
  const ending = waived.length > 0 ? `; ${waived.length} waived, ${fresh.length || 'none'} of them new` : '';
  return [
    {
      kind: 'paragraph',
      text: md`${counted(rules, 'rule')}, ${state} on ${counted(resources, 'resource')}${ending}.`,
    },
    ...(fresh.length > 0
      ? [
          {
            kind: 'fence' as const,
            summary: md`What is new and waived, and why`,
            language: '' as const,
            text: waivedText(fresh),
          },
        ]
      : []),
  ];
}

const waiverText = ({ rule, reason, expires }: WaivedViolation) => `${rule}, until ${expires}: ${reason}`;

/** By rule and reason, since one waiver may cover many resources. */
const waivedText = (waived: RulesReview['waived']): string =>
  groupsOf(waived, waiverText)
    .map((group) =>
      [
        waiverText(group[0]),
        ...new Set(group.map(({ resource, name }) => `  ${resource}${name ? ` (${name})` : ''}`)),
      ].join('\n'),
    )
    .join('\n\n');
