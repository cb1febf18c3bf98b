import { listBlock } from '../list-block';
import { code, joined, type Markdown, md } from '../markdown/markdown';
import { prose } from '../markdown/prose';
import type { Block, Section } from '../section';
import type { BehaviourReview, UnreadPart } from './behaviour-review';
import { subjectsText } from './grouped';
import { type Example, type Notice, type Setting, type Subject, subjectName, subjectText } from './notice';

/** Reasons that are shown of one change of a model, and what changes in it. */
const mostExamples = 5;

/** Subjects that are named, where the same is true of many. */
const mostSubjects = 3;

/** What a person has to decide on first, then values before and after, then what is merely new. */
export function behaviourSection({ notices, settings, unread }: BehaviourReview): Section | undefined {
  const grave = notices.filter(({ level }) => level !== undefined);
  const others = notices.filter(({ level }) => level === undefined);
  const blocks: readonly Block[] = [
    ...listBlock(
      [...grave.map(noticeItem), ...unread.map(unreadItem)],
      ['point to decide on', 'points to decide on'],
    ),
    ...settingTable(settings),
    ...listBlock(others.map(noticeItem), ['other difference', 'other differences']),
  ];
  return blocks.length === 0 ? undefined : { title: 'What callers and subscribers will notice', blocks };
}

function noticeItem({ audience, level, subjects, text, examples }: Notice): Markdown {
  const lead = level === 'broken' ? md`**BROKEN** ` : md``;
  return md`${lead}${subjectsMarkdown(subjects)}, for ${audience}: ${prose(text)}${examplesMarkdown(examples)}`;
}

function subjectsMarkdown(subjects: readonly Subject[]): Markdown {
  const [first] = subjects;
  if (first && subjects.length === 1) return code(subjectText(first));
  const names = subjects.slice(0, mostSubjects).map((subject) => code(subjectName(subject)));
  const more = subjects.length - names.length;
  const rest = more > 0 ? md` and ${more} more` : md``;
  return md`${subjects.length} ${first?.kind ?? ''}s (${joined(names)}${rest})`;
}

function examplesMarkdown(examples: readonly Example[]): Markdown {
  if (examples.length === 0) return md``;
  const shown = examples.slice(0, mostExamples).map(exampleMarkdown);
  const more = examples.length - shown.length;
  const rest = more > 0 ? md`; and ${more} more` : md``;
  return md`: ${joined(shown, '; ')}${rest}`;
}

function exampleMarkdown({ payload, note, before, after }: Example): Markdown {
  if (before !== undefined && after !== undefined) {
    const sent = payload === undefined ? md`` : md`${code(payload)} becomes `;
    return md`${sent}${code(after)}, was ${code(before)}`;
  }
  if (payload === undefined) return md`${note ?? ''}`;
  return note === undefined ? md`such as ${code(payload)}` : md`${note}, such as ${code(payload)}`;
}

const settingTable = (settings: readonly Setting[]): readonly Block[] =>
  settings.length === 0
    ? []
    : [
        {
          kind: 'table',
          columns: ['of', 'what', 'before', 'after', 'which means'],
          rows: settings.map(({ subjects, setting, before, after, consequence, level }) => [
            md`${subjectsText(subjects)}`,
            level === undefined ? md`${setting}` : md`**${setting}**`,
            prose(before),
            prose(after),
            prose(consequence ?? ''),
          ]),
          noun: ['changed setting', 'changed settings'],
        },
      ];

const unreadItem = ({ stackId, address, version, reason }: UnreadPart): Markdown =>
  md`${code(address)} of ${code(stackId)} could not be read in ${version}: ${reason}`;
