import type { Concern } from '../concern';
import { groupsOf } from '../groups';
import {
  type Finding,
  listed,
  type Notice,
  type Setting,
  type Subject,
  subjectName,
  subjectText,
} from './notice';

/** What is the same of several subjects of a kind, once; the gravest first. */
export function grouped(findings: readonly Finding[]): {
  readonly notices: readonly Notice[];
  readonly settings: readonly Setting[];
} {
  const alike = groupsOf(findings, ({ subject, ...finding }) => JSON.stringify([subject.kind, finding]));
  const groups = alike.map((same) => ({
    finding: same[0],
    subjects: unique(same.map(({ subject }) => subject)),
  }));
  const notices = groups.flatMap(({ finding, subjects }): Notice[] => {
    if (finding.kind !== 'notice') return [];
    const { audience, level, text, examples } = finding;
    return [{ audience, level, subjects, text, examples }];
  });
  const settings = groups.flatMap(({ finding, subjects }): Setting[] => {
    if (finding.kind !== 'setting') return [];
    const { level, setting, before, after, consequence } = finding;
    return [{ level, subjects, setting, before, after, consequence }];
  });
  return { notices: sorted(notices), settings: sorted(settings) };
}

const unique = (subjects: readonly Subject[]): readonly Subject[] => [
  ...new Map(subjects.map((subject) => [JSON.stringify(subject), subject])).values(),
];

const ranks = ['broken', 'attention', undefined];

/** A stable sort: what is found first stays first among its equals. */
const sorted = <T extends { readonly level: Concern['level'] | undefined }>(found: readonly T[]) =>
  found.toSorted((a, b) => ranks.indexOf(a.level) - ranks.indexOf(b.level));

/** Several subjects in a sentence: `3 routes: a, b and c`. */
export function subjectsText(subjects: readonly Subject[]): string {
  const [first] = subjects;
  return first && subjects.length === 1
    ? subjectText(first)
    : `${subjects.length} ${first?.kind}s (${listed(subjects.map(subjectName))})`;
}

export const noticeConcerns = (notices: readonly Notice[]): readonly Concern[] =>
  notices.flatMap(({ level, subjects, text }) => {
    const about = `affects ${subjectsText(subjects)}: `;
    return level ? [{ level, text: `${about}${text}` }] : [];
  });

export const settingConcerns = (settings: readonly Setting[]): readonly Concern[] =>
  settings.flatMap(({ level, subjects, setting, before, after, consequence }) => {
    const why = consequence === undefined ? '' : `: ${consequence}`;
    const text = `changes "${setting}" of ${subjectsText(subjects)} from ${before} to ${after}${why}`;
    return level ? [{ level, text }] : [];
  });
