import { describe, expect, it } from 'vitest';
import type { ReviewedStack } from '../../../../tools/review/change';
import { hclDifferences, hclSection } from '../../../../tools/review/hcl-difference/hcl-difference';

const stack = (id: string, hcl: string): ReviewedStack => ({
  id,
  environment: 'dev',
  configuration: {},
  hcl,
  lock: undefined,
});
const changed = (base: readonly ReviewedStack[], head: readonly ReviewedStack[]) =>
  hclDifferences({ base: { name: 'a', stacks: base }, head: { name: 'b', stacks: head }, plans: new Map() });

describe("the HCL's difference", () => {
  it('is a unified diff of each stack that differs, and says nothing of one that does not', () => {
    expect(
      changed(
        [stack('dev-a', 'one\ntwo\nthree\n'), stack('dev-b', 'same\n')],
        [stack('dev-a', 'one\n2\nthree\nfour\n'), stack('dev-b', 'same\n')],
      ),
    ).toEqual([
      { stackId: 'dev-a', added: 2, removed: 1, diff: '@@ -1,3 +1,4 @@\n one\n-two\n+2\n three\n+four' },
    ]);
  });

  it('has all of a stack that is new or gone', () => {
    expect(changed([stack('dev-a', 'a\n')], [stack('dev-b', 'b\n')])).toEqual([
      { stackId: 'dev-b', added: 1, removed: 0, diff: '@@ -0,0 +1,1 @@\n+b' },
      { stackId: 'dev-a', added: 0, removed: 1, diff: '@@ -1,1 +0,0 @@\n-a' },
    ]);
  });

  it('counts lines that themselves begin like a mark', () => {
    expect(changed([stack('dev-a', '')], [stack('dev-a', '-x\n+y\n')])).toMatchObject([
      { added: 2, removed: 0 },
    ]);
  });

  it('is collapsed under the file and its counts', () => {
    const section = hclSection([{ stackId: 'dev-a', added: 2, removed: 1, diff: '+x' }]);
    expect(section?.blocks).toEqual([
      {
        kind: 'fence',
        language: 'diff',
        text: '+x',
        summary: { markdown: expect.stringContaining('synthesized/dev-a.tf') },
      },
    ]);
    expect(hclSection([])).toBeUndefined();
  });
});
