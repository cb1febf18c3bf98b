import { createHash } from 'node:crypto';
import {
  DefaultTokenResolver,
  Lazy,
  StringConcat,
  TerraformElement,
  TerraformStack,
  Tokenization,
} from 'cdktf';
import type { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';

/**
 * A value that changes when, and only when, the configuration of the API below `api` does: a deployment that has it
 * among its triggers is replaced then. It covers every element there, a resource policy's document included.
 */
export function deploymentTrigger(api: Construct): string {
  const stack = TerraformStack.of(api);
  return Lazy.stringValue({
    // CDKTF resolves everything once more while it prepares; the hash is only needed in what is written.
    produce: (context) => (context.preparing ? '' : hash(stack, api)),
  });
}

function hash(stack: TerraformStack, api: Construct): string {
  const resolve = (value: unknown) =>
    Tokenization.resolve(value, {
      scope: stack,
      resolver: new DefaultTokenResolver(new StringConcat()),
      preparing: false,
    });
  const configuration = api.node
    .findAll()
    .filter((node): node is TerraformElement => TerraformElement.isTerraformElement(node))
    .map((element) => withoutOrderAndComments(resolve(element.toTerraform())));
  return createHash('sha256').update(canonicalJson(configuration)).digest('hex');
}

/** `depends_on`, `lifecycle` and CDKTF's comments say how Terraform goes about it, not what the API is. */
function withoutOrderAndComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOrderAndComments);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '//' && key !== 'depends_on' && key !== 'lifecycle')
      .map(([key, inner]) => [key, withoutOrderAndComments(inner)]),
  );
}
