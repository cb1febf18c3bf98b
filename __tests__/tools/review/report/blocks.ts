import { code, md, text } from '../../../../tools/review/markdown/markdown';
import { reviewMarkdown } from '../../../../tools/review/report/review-markdown';
import type { Block, Section } from '../../../../tools/review/section';

export const parts = {
  marker: '<!-- review -->',
  heading: [md`**Fine.** 2 resources change.`, md`Rehearsed.`],
  whole: md`in the file ${code('review.md')}`,
};
export const review = (sections: readonly Section[], limit: number) =>
  reviewMarkdown({ ...parts, sections, limit });

export const statements = ['statement', 'statements'] as const;
export const rules = ['rule', 'rules'] as const;
/** Each unit bears a `¤`, by which those that are shown are counted. */
export const list = (items: number, item = 'item'): Block => ({
  kind: 'list',
  items: Array.from({ length: items }, (_, index) => md`¤ ${item} ${index}`),
  noun: statements,
});
export const table = (rows: number, cell = 'cell'): Block => ({
  kind: 'table',
  columns: ['Who', 'May'],
  rows: Array.from({ length: rows }, (_, index) => [md`¤ ${index}`, code(cell)]),
  noun: rules,
});
export const fence = (lines: number, line = '+ line', summary = md`HCL of ${code('dev')}`): Block => ({
  kind: 'fence',
  summary,
  language: 'diff',
  text: `${Array(lines).fill(`¤ ${line}`).join('\n')}\n`,
});
export const paragraph = (length: number): Block => ({
  kind: 'paragraph',
  text: text(`¤ ${'p'.repeat(length)}`),
});
export const picture = (lines: number): Block => ({
  kind: 'mermaid',
  text: `flowchart LR ¤\n${'  a --> b\n'.repeat(lines)}`,
});
