import { joined, type Markdown, md } from '../markdown/markdown';
import type { Section } from '../section';
import { fittedSection, type SectionToFit, sectionToFit } from './fitted-section';
import { partLeftOut } from './left-out';

/** What a review consists of. */
export interface ReviewParts {
  /** The hidden HTML comment by which the comment on the pull request is found again; the first line. */
  readonly marker: string;
  /** Paragraphs that are never shortened. */
  readonly heading: readonly Markdown[];
  /** From the most important to the least. */
  readonly sections: readonly Section[];
  /**
   * In UTF-16 units. GitHub refuses bodies of more than 65,536 characters or 262,144 bytes, and up to 65,536
   * units are never more characters nor, at three bytes each, more bytes.
   */
  readonly limit: number;
  /** Where all of it is; goes on from "the whole is": `in the file review.md of the run's artifacts`. */
  readonly whole: Markdown;
}

/**
 * A review as Markdown, never longer than its limit.
 *
 * Where it is too long, the last sections give up first, in each the last blocks, and in a block the last
 * lines, rows or items. So that a long section does not starve those behind it, each has a reserve: its title
 * and a line on what is left out, and an equal share of half of the room that all these leave. What a section
 * does not need goes to the first that can use it. Whatever is left out is counted in its place, and one line
 * under the heading says where the whole is. Only where not even the titles have room, the last sections are
 * left out, which the last line says.
 *
 * @throws RangeError where the limit has no room for the marker, the heading and these two lines
 */
export function reviewMarkdown(parts: ReviewParts): {
  readonly markdown: string;
  readonly shortened: boolean;
} {
  const { marker, heading, sections, limit } = parts;
  const preface = `${[marker, ...heading.map(({ markdown }) => markdown.trim())].join('\n\n')}\n`;
  const whole = sections.map((section) => sectionToFit(section, limit, limit));
  if (lengthOf(preface, whole, 'whole') <= limit && !whole.some(hasCuts)) {
    const markdown = whole.map((section) => `\n${fittedSection(section, section.whole).markdown}\n`);
    return { markdown: preface + markdown.join(''), shortened: false };
  }
  return { markdown: shortenedReview(parts, preface), shortened: true };
}

const hasCuts = ({ pieces }: SectionToFit): boolean => pieces.some(({ cut }) => cut);

/** A review of more sections counts those that are shortened. */
const MOST_NAMED = 10;
const AROUND_SECTION = '\n\n'.length;

const lengthOf = (preface: string, sections: readonly SectionToFit[], length: 'whole' | 'least'): number =>
  sections.reduce((sum, section) => sum + AROUND_SECTION + section[length], preface.length);

function shortenedReview({ sections: all, limit, whole }: ReviewParts, preface: string): string {
  // One item must not take the room of all others.
  const longest = Math.max(200, Math.floor(limit / 10));
  const toFit = all.map((section) => sectionToFit(section, limit, longest));
  const titles = all.map(({ title }) => title);
  const begin = preface.length + shortenedLine(titles, all.length, whole).length;
  const none = begin + sectionsLeftOut(all.length, all.length).length;
  if (none > limit) {
    throw new RangeError(`a limit of ${limit} has no room for the review's heading; ${none} would have`);
  }
  const sections = toFit.slice(0, howManyFit(toFit, limit - begin));
  const end = sections.length < all.length ? sectionsLeftOut(all.length - sections.length, all.length) : '';

  let room = limit - begin - end.length - AROUND_SECTION * sections.length;
  const least = sections.reduce((sum, section) => sum + section.least, 0);
  const share = Math.floor((room - least) / 2 / sections.length);
  const reserve = (section: SectionToFit) => Math.min(section.whole, section.least + share);
  let reserved = sections.reduce((sum, section) => sum + reserve(section), 0);
  const fitted = sections.map((section) => {
    reserved -= reserve(section);
    const { markdown, shortened } = fittedSection(section, room - reserved);
    room -= markdown.length;
    return { title: section.title, markdown, shortened };
  });

  const shortened = titles.filter((_title, index) => fitted[index]?.shortened ?? true);
  return (
    preface +
    shortenedLine(shortened, all.length, whole) +
    fitted.map(({ markdown }) => `\n${markdown}\n`).join('') +
    end
  );
}

/** Of how many sections the titles have room; where not all have, the line that says so has room, too. */
function howManyFit(sections: readonly SectionToFit[], room: number): number {
  if (lengthOf('', sections, 'least') <= room) return sections.length;
  let length = sectionsLeftOut(sections.length, sections.length).length;
  return sections.findIndex((section) => {
    length += AROUND_SECTION + section.least;
    return length > room;
  });
}

const sectionsLeftOut = (count: number, total: number): string =>
  `\n${partLeftOut(count, { noun: ['section', 'sections'], total })}\n`;

function shortenedLine(titles: readonly string[], sections: number, whole: Markdown): string {
  const where =
    sections > MOST_NAMED
      ? md`${titles.length} of ${sections} sections`
      : joined(titles.map((title) => md`“${title}”`));
  return md`\nShortened: ${where}. What is left out is counted in its place; the whole is ${whole}.\n`
    .markdown;
}
