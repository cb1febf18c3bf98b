import type { Style } from '../terminal';

/** How a line is meant. */
export type Tone = 'good' | 'bad' | 'quiet' | 'plain';

/** Gets one line for each thing that happens. */
export type Log = (line: string, tone?: Tone) => void;

/** Lines with the time of day, for a person who watches. Whatever others have sent is kept on its one line. */
export function eventLog(
  write: (text: string) => void,
  style: Style,
  now: () => Date = () => new Date(),
): Log {
  const tones: Readonly<Record<Tone, (text: string) => string>> = {
    good: style.green,
    bad: style.red,
    quiet: style.dim,
    plain: (text) => text,
  };
  return (line, tone = 'plain') =>
    write(`${style.dim(now().toTimeString().slice(0, 8))}  ${tones[tone](printable(line))}\n`);
}

/** Control characters could move the cursor, or pretend to be lines of their own. */
const printable = (text: string) =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (character) =>
    character === '\n' ? '\\n' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const longest = 300;

/** At most 300 characters of a text. */
export const shortened = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
