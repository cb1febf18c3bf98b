import type { Concern } from './concern';
import { code, type Markdown, md } from './markdown/markdown';
import { prose } from './markdown/prose';
import { type Verdict, verdictOf } from './verdict';

const titles: Readonly<Record<Verdict, Markdown>> = {
  fine: md`# Fine`,
  attention: md`# Needs attention`,
  broken: md`# Broken`,
};

/** More would be read by nobody; the sections have them all, and all of them. */
const most = 12;
const longest = 800;

/**
 * What everyone reads: the verdict, why, and what was compared.
 * @param changed whether anything that is deployed changes
 */
export function heading({
  concerns,
  base,
  head,
  changed,
}: {
  readonly concerns: readonly Concern[];
  readonly base: string;
  readonly head: string;
  readonly changed: boolean;
}): readonly Markdown[] {
  const verdict = verdictOf(concerns);
  const of = (level: Concern['level']) => concerns.filter((concern) => concern.level === level);
  return [
    titles[verdict],
    ...alert('CAUTION', md`Not to be merged as it is. This change`, of('broken')),
    ...alert('WARNING', md`Someone has to decide. This change`, of('attention')),
    ...(changed ? [] : [md`Nothing that is deployed changes.`]),
    ...(changed && verdict === 'fine'
      ? [md`Nothing is lost, and nothing is allowed that was not before.`]
      : []),
    md`Compared: ${code(base)} with ${code(head)}.`,
  ];
}

/** https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
function alert(
  kind: 'CAUTION' | 'WARNING',
  opening: Markdown,
  concerns: readonly Concern[],
): readonly Markdown[] {
  if (concerns.length === 0) return [];
  const shown = concerns.slice(0, most);
  const more = concerns.length - shown.length;
  return [
    {
      markdown: [
        `> [!${kind}]`,
        `> ${opening.markdown}`,
        ...shown.map(({ text }) => `> - ${prose(brief(text)).markdown}`),
        ...(more > 0 ? [`> - and ${more} more, below`] : []),
      ].join('\n'),
    },
  ];
}

const brief = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest)}… (all of it below)` : text;
