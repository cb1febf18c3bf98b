import { DataResource, TerraformStack, Testing } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { renderStack } from '../../../synthesis/hcl/index';
import { corpus, stackOf } from './corpus/index';

/** What `metadata.json` will hold. */
function written(metadata: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(metadata)) as Record<string, unknown>;
}

function withProject(metadata: Record<string, unknown>, project: object): unknown {
  return JSON.parse(JSON.stringify(metadata), (key, value: unknown) =>
    key === 'workspaces' ? { ...(value as object), ...project } : value,
  );
}

class WrittenStack extends TerraformStack {
  override toHclTerraform() {
    return renderStack(this);
  }
}

describe('a stack class that writes its own HCL', () => {
  it('is heard by the synthesizer', () => {
    const stack = new WrittenStack(Testing.app(), 'stack');
    new DataResource(stack, 'data', { input: { a: 'say "b"' } });
    expect(Testing.synthHcl(stack)).toBe(
      '# data\nresource "terraform_data" "data" {\n  input = {\n    a = "say \\"b\\""\n  }\n}\n',
    );
    expect(Testing.synthHcl(stack, false, true)).toMatchObject({
      '//': { metadata: { stackName: 'stack' } },
    });
  });
});

describe('the metadata beside the HCL', () => {
  it('is what cdktf itself gives', () => {
    let compared = 0;
    for (const item of corpus) {
      let stock: Record<string, unknown>;
      try {
        stock = written(
          (TerraformStack.prototype.toHclTerraform.call(stackOf(item)) as { metadata: unknown }).metadata,
        );
      } catch {
        continue;
      }
      const ours = written(renderStack(stackOf(item)).metadata);
      // The stock writer loses the project of a workspace, here as in its HCL.
      const project = /"project":"p \\"q\\""/.test(JSON.stringify(ours)) ? { project: 'p "q"' } : {};
      expect(ours, item.name).toMatchObject(stock);
      expect(withProject(stock, project), item.name).toEqual(ours);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(100);
  });
});
