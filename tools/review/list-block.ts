import type { Markdown } from './markdown/markdown';
import type { Block, Noun } from './section';

/** A list as blocks of a section; none where nothing is in it. */
export const listBlock = (items: readonly Markdown[], noun: Noun): readonly Block[] =>
  items.length === 0 ? [] : [{ kind: 'list', items, noun }];
