import { parse } from '@cdktf/hcl2json';
import { TerraformStack } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { renderStack } from '../../../synthesis/hcl/index';
import { differencesFromJson } from './compare';
import { corpus, stackOf } from './corpus/index';

describe('the corpus', () => {
  it('is large and has no name twice', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(80);
    expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
  });

  it.each(corpus)('$name: HCL says what JSON says', async (item) => {
    const stack = stackOf(item);
    const { hcl } = renderStack(stack);
    if (item.parserRewrites) expect(await parse('cdk.tf', hcl)).toBeTypeOf('object');
    else expect(await differencesFromJson(hcl, stack.toTerraform())).toEqual([]);
  });

  it('is one that the stock writer often gets wrong', async () => {
    const wrong: string[] = [];
    const comparable = corpus.filter(({ parserRewrites }) => !parserRewrites);
    for (const item of comparable) {
      const stack = stackOf(item);
      try {
        const { hcl } = TerraformStack.prototype.toHclTerraform.call(stack) as { hcl: string };
        if ((await differencesFromJson(hcl, stack.toTerraform())).length > 0) wrong.push(item.name);
      } catch {
        wrong.push(item.name);
      }
    }
    console.log(`cdktf's own HCL writer gets ${wrong.length} of ${comparable.length} stacks wrong`);
    expect(wrong.length).toBeGreaterThanOrEqual(70);
  });
});
