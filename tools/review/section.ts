import type { Markdown } from './markdown/markdown';

/** A part of the review. It is left out where it has nothing to say, and shortened where all of it is too long. */
export interface Section {
  /** Plain text. */
  readonly title: string;
  /** From the most important to the least. */
  readonly blocks: readonly Block[];
}

/** What can be shortened says of what it has how many. Whatever is shortened is shortened at its end. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: Markdown }
  | { readonly kind: 'list'; readonly items: readonly Markdown[]; readonly noun: Noun }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Markdown[])[];
      readonly noun: Noun;
    }
  /** Text in a fence, collapsed under its summary where it has one. */
  | {
      readonly kind: 'fence';
      readonly summary?: Markdown;
      readonly language: 'diff' | 'hcl' | '';
      readonly text: string;
    }
  /** A picture: whole, or not at all. */
  | { readonly kind: 'mermaid'; readonly text: string };

/** `['statement', 'statements']`. */
export type Noun = readonly [singular: string, plural: string];
