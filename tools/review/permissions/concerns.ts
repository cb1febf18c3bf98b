import type { Concern } from '../concern';
import type { ExposureChange } from './exposure/exposure-change';
import type { ChangeGroup } from './groups';
import type { PermissionChange } from './permission-change';
import { doingText, ownerName, type Sentence, severalNames } from './words/sentence';

const attention = (text: string): Concern => ({ level: 'attention', text });

/** What only gets smaller is no concern. */
export const exposureConcern = ({ what, opened, isNew }: ExposureChange): readonly Concern[] =>
  opened.length === 0
    ? []
    : [attention(`${isNew ? 'adds' : 'opens'} ${severalNames(what)}: ${severalNames(opened)}`)];

/** One clause for all that a group allows; nothing where it allows nothing new. */
export function groupConcern({ owners, changes, gained }: ChangeGroup): readonly Concern[] {
  const widening = changes.filter(({ widens }) => widens).filter((change) => !isOwnOfNew(change));
  if (widening.length === 0) return [];
  const whose = severalNames(owners.map(ownerName));
  const clauses = [
    ...(widening[0]?.ownerIs === 'new' && gained.length > 0
      ? [`adds ${whose}: ${gained.map((sentence) => newClause(sentence, whose)).join('; ')}`]
      : gained.map((sentence) => clause(sentence, owners.length === 1 ? whose : `each of ${whose}`))),
    ...widening.filter(({ unread }) => unread).map((change) => unreadClause(change, whose)),
    ...new Set(widening.flatMap(({ alarms }) => alarms)),
  ];
  return [attention(clauses.join('; '))];
}

const newClause = ({ who, verb: _, ...what }: Sentence, whose: string): string =>
  `${who === whose ? 'it' : who} may ${doingText(what)}`;

/** A resource's own policy speaks of it as it. */
function clause({ who, verb, resources, ...what }: Sentence, whose: string): string {
  const named = resources.map((resource) => (resource === 'it' ? whose : resource));
  return [
    verb === 'may now' ? 'lets' : 'no longer refuses',
    who === 'each' ? whose : who,
    doingText({ ...what, resources: named }),
  ].join(' ');
}

function unreadClause({ change, before, after }: PermissionChange, whose: string): string {
  const text = after ?? before ?? '';
  const what = text.length > longest ? 'a statement' : text;
  const open = `leaves open what the policies of ${whose} allow`;
  return `${open}: ${change} is ${what}, whose meaning is not known here`;
}

/** Characters of a text that a clause can do with; the table has it whole. */
const longest = 100;

/**
 * What is new, and lets in nobody but its own account, opens nothing that was there; what its roles may do with it
 * is told of them.
 */
const isOwnOfNew = ({ ownerIs, isWithinAccount, unread, alarms }: PermissionChange): boolean =>
  ownerIs === 'new' && isWithinAccount && !unread && alarms.length === 0;
