import { TerraformDataSource, TerraformElement, TerraformResource, type TerraformStack } from 'cdktf';
import type { IConstruct, Node } from 'constructs';

/** A construct of this id adds nothing to the names of what is in it: it is the construct around it. */
export const transparentId = 'Resource';

/**
 * An element's name in Terraform, from its construct path: `delivery-results/queue/policy` becomes
 * `delivery_results_queue_policy`. It depends on that path alone, so that adding a construct renames nothing else.
 */
export function readableName(stack: TerraformStack, element: TerraformElement | Node): string {
  const node = 'node' in element ? element.node : element;
  return node.scopes
    .slice(node.scopes.indexOf(stack) + 1)
    .map((scope) => scope.node.id)
    .filter((id) => id !== transparentId)
    .join('_')
    .replace(/[^A-Za-z0-9_]/g, '_')
    .replace(/^(?=\d)/, '_');
}

/** Elements of a stack that share an address, of which Terraform would silently keep only one. */
export function nameCollisions(stack: TerraformStack): string[] {
  const paths = new Map<string, string[]>();
  for (const element of stack.node.findAll()) {
    for (const address of addressesOf(element)) {
      paths.set(address, [...(paths.get(address) ?? []), element.node.path]);
    }
  }
  return [...paths]
    .filter(([, sharing]) => sharing.length > 1)
    .map(
      ([address, sharing]) =>
        `${sharing.join(' and ')} would both be ${address} in Terraform: rename one, so that they differ in letters or digits`,
    );
}

/** `resource.aws_sqs_queue.orders`, `variable.secret` … as far as the element is one that Terraform knows by name. */
function addressesOf(element: IConstruct): readonly string[] {
  if (!TerraformElement.isTerraformElement(element)) return [];
  if (TerraformResource.isTerraformResource(element)) {
    return [`resource.${element.terraformResourceType}.${element.friendlyUniqueId}`];
  }
  if (TerraformDataSource.isTerraformDataSource(element)) {
    return [`data.${element.terraformResourceType}.${element.friendlyUniqueId}`];
  }
  return Object.entries(element.toTerraform() as Record<string, object>)
    .filter(([kind]) => ['output', 'variable', 'module', 'locals'].includes(kind))
    .flatMap(([kind, content]) => Object.keys(content).map((name) => `${kind}.${name}`));
}
