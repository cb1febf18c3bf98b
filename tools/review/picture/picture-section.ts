import { code, joined, type Markdown, md } from '../markdown/markdown';
import type { Section } from '../section';
import { legibleDiagram } from './legible-diagram';
import { marks } from './node-text';
import type { Mark, Picture } from './picture';
import type { PictureReview } from './picture-review';

/** The flow of each environment that changes; nothing where none does. */
export function pictureSection({ pictures }: PictureReview): Section | undefined {
  if (pictures.length === 0) return undefined;
  return {
    title: 'Flow of the messages',
    blocks: pictures.flatMap((picture) => [
      { kind: 'paragraph', text: legend(picture) },
      { kind: 'mermaid', text: legibleDiagram(picture) },
    ]),
  };
}

/** Which marks are in the picture, and what they mean. */
function legend({ environment, stacks, parts, arrows }: Picture): Markdown {
  const there = new Set([...stacks, ...parts, ...arrows].map(({ mark }) => mark));
  const words = (Object.keys(marks) as Mark[])
    .filter((mark) => there.has(mark))
    .map((mark) => md`**${marks[mark]}** ${colours[mark]} is ${meanings[mark]}`);
  return md`${code(environment)}: ${joined(words)}.`;
}

const colours: Readonly<Record<Mark, string>> = {
  added: 'green',
  changed: 'amber',
  replaced: 'red',
  gone: 'dashed grey',
};

const meanings: Readonly<Record<Mark, string>> = {
  added: 'new',
  changed: 'changed',
  replaced: 'destroyed and created anew',
  gone: 'no longer configured',
};
