import { listBlock } from '../list-block';
import { code, joined, type Markdown, md, text } from '../markdown/markdown';
import { prose } from '../markdown/prose';
import type { Block, Section } from '../section';
import type { ExposureChange } from './exposure/exposure-change';
import { type ChangeGroup, changeGroups } from './groups';
import type { PermissionChange } from './permission-change';
import type { PermissionsReview } from './permissions-review';
import { ownerName, type Sentence, sentenceText } from './words/sentence';

/** Who may newly do what, most serious first; nothing where nobody may do more or less than before. */
export function permissionsSection(review: PermissionsReview): Section | undefined {
  const groups = changeGroups(review.statements);
  const outside = groups.filter(isForOutsiders);
  const blocks = [
    ...review.unread.map((id) =>
      paragraph(md`The policies of ${code(id)} could not be read: who may do what there is not reviewed.`),
    ),
    ...alarms(groups),
    ...exposureTable([...review.exposure, ...outside.map(asExposure)]),
    ...statementTable(groups.filter((group) => !outside.includes(group))),
    ...(groups.some(takesAway)
      ? [paragraph(md`A flow that needs what is no longer allowed breaks; the rehearsal tells.`)]
      : []),
  ];
  return blocks.length === 0 ? undefined : { title: 'Permissions', blocks };
}

const paragraph = (markdown: Markdown): Block => ({ kind: 'paragraph', text: markdown });

const ownerIs = ({ changes: [first] }: ChangeGroup) => first?.ownerIs ?? 'there';

const isForOutsiders = (group: ChangeGroup): boolean =>
  ownerIs(group) === 'there' && group.changes.some(({ isPublic }) => isPublic);

const takesAway = (group: ChangeGroup): boolean => ownerIs(group) !== 'new' && group.lost.length > 0;

function alarms(groups: readonly ChangeGroup[]): readonly Block[] {
  const items = groups.flatMap(({ owners, changes }) =>
    [...new Set(changes.flatMap((change) => change.alarms))].map(
      (alarm) => md`**Look twice:** ${names(owners.map(ownerName))}: ${alarm}`,
    ),
  );
  return listBlock(items, ['warning', 'warnings']);
}

const asExposure = ({ owners, changes, gained, lost }: ChangeGroup): ExposureChange => ({
  stackId: changes[0]?.stackId ?? '',
  what: owners.map(ownerName),
  opened: gained.map(sentenceText),
  closed: lost.map(sentenceText),
  isNew: false,
});

function exposureTable(changes: readonly ExposureChange[]): readonly Block[] {
  if (changes.length === 0) return [];
  const rows = [...changes]
    .sort((a, b) => Number(b.opened.length > 0) - Number(a.opened.length > 0))
    .map(({ what, opened, closed, isNew }) => [
      md`${names(what)}${isNew ? ' (new)' : ''}`,
      names(opened),
      names(closed),
    ]);
  return [
    {
      kind: 'table',
      columns: ['Reachable from outside', 'Newly open to', 'No longer open to'],
      rows,
      noun: ['exposure', 'exposures'],
    },
  ];
}

function statementTable(groups: readonly ChangeGroup[]): readonly Block[] {
  if (groups.length === 0) return [];
  const rank = (group: ChangeGroup) =>
    group.changes.some(({ widens }) => widens) ? (ownerIs(group) === 'there' ? 0 : 1) : 2;
  const rows = [...groups]
    .sort((a, b) => rank(a) - rank(b))
    .map((group) => [
      md`${howMany(group)}${names(group.owners.map(ownerName))}`,
      text(changeName(group)),
      whatOf(group),
    ]);
  return [
    {
      kind: 'table',
      columns: ['Policies of', 'Change', 'What it means'],
      rows,
      noun: ['statement', 'statements'],
    },
  ];
}

const howMany = ({ owners }: ChangeGroup): string => (owners.length > 1 ? `${owners.length} alike: ` : '');

const changeName = (group: ChangeGroup): string => {
  const is = ownerIs(group);
  return is === 'there' ? (group.changes[0]?.change ?? 'changed') : is;
};

function whatOf(group: ChangeGroup): Markdown {
  const { owners, changes, gained, lost } = group;
  const own = owners.map(ownerName).join(', ');
  const told = [...gained, ...lost].map((sentence) =>
    sentenceMarkdown({
      ...sentence,
      // The row begins with the name.
      who: sentence.who === own ? '' : sentence.who,
      verb: ownerIs(group) === 'new' ? withoutNow(sentence.verb) : sentence.verb,
    }),
  );
  return joined([...told, ...changes.flatMap(unreadMarkdown)], '; ');
}

const withoutNow = (verb: string): string => verb.replace(' now', '');

/** What is compared as text stands there as text. */
function unreadMarkdown({ unread, before, after }: PermissionChange): readonly Markdown[] {
  if (!unread) return [];
  return [
    md`what it means is not known here: ${joined(
      [
        ...(before === undefined ? [] : [md`no longer ${code(before)}`]),
        ...(after === undefined ? [] : [md`now ${code(after)}`]),
      ],
      ', ',
    )}`,
  ];
}

function sentenceMarkdown({
  who,
  verb,
  actions,
  resources,
  conditions,
  note,
}: Omit<Sentence, 'verb'> & { readonly verb: string }): Markdown {
  return joined(
    [
      ...(who === '' ? [] : [prose(who)]),
      md`**${verb}** ${codes(actions)} on ${names(resources)}`,
      ...(conditions.length === 0 ? [] : [md`where ${codes(conditions, ' and ')}`]),
      ...(note === undefined ? [] : [md`(${prose(note)})`]),
    ],
    ' ',
  );
}

const codes = (values: readonly string[], between = ', ') => joined(values.map(code), between);

const names = (values: readonly string[]) => joined(values.map(prose));
