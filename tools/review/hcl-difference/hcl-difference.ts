import { structuredPatch } from 'diff';
import { type Change, stackPairs } from '../change';
import { code, md } from '../markdown/markdown';
import type { Section } from '../section';

/** How a stack's HCL changes, as a unified diff without its heading. */
export interface HclDifference {
  readonly stackId: string;
  readonly added: number;
  readonly removed: number;
  readonly diff: string;
}

/** Of every stack whose HCL differs. */
export const hclDifferences = (change: Change): readonly HclDifference[] =>
  stackPairs(change).flatMap(({ id, base, head }) => {
    const before = base?.hcl ?? '';
    const after = head?.hcl ?? '';
    return before === after ? [] : [differenceOf(id, before, after)];
  });

function differenceOf(stackId: string, before: string, after: string): HclDifference {
  const { hunks } = structuredPatch(stackId, stackId, before, after, '', '', { context: 3 });
  const lines = hunks.flatMap((hunk) => [
    `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`,
    ...hunk.lines,
  ]);
  const count = (sign: string) =>
    hunks.flatMap(({ lines: all }) => all).filter((line) => line.startsWith(sign)).length;
  return { stackId, added: count('+'), removed: count('-'), diff: lines.join('\n') };
}

/** A range without lines begins, as diff has it, after the line before it. */
const range = (start: number, lines: number): string => `${lines === 0 ? start - 1 : start},${lines}`;

/** Collapsed, a stack each. */
export const hclSection = (differences: readonly HclDifference[]): Section | undefined =>
  differences.length === 0
    ? undefined
    : {
        title: 'HCL',
        blocks: differences.map(({ stackId, added, removed, diff }) => ({
          kind: 'fence',
          summary: md`${code(`synthesized/${stackId}.tf`)} ${`+${added} −${removed}`}`,
          language: 'diff',
          text: diff,
        })),
      };
