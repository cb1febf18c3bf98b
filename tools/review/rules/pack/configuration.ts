import { blocksOf, mapOf, valueAt } from '../reading/fields';
import type { Rule } from '../rule';
import { when } from '../rule';

export const tags: Rule = {
  id: 'tags',
  title: 'Everything bears its environment and its stack as tags',
  scanners: ['KICS Resource Not Using Tags'],
  protects: 'Nobody can tell whose a resource is, what it costs, and whether it may go.',
  fix: 'stacks/environment-stack.ts sets both as default tags; further ones are the environment’s tags',
  types: ['provider'],
  problems(provider) {
    const [found] = blocksOf(provider, 'default_tags').map((block) => mapOf(block, 'tags'));
    if (!found) return ['it sets no default tags'];
    return [
      ...when(!found.get('environment'), 'its default tags have no environment'),
      ...when(
        found.get('stack') !== provider.stack.id,
        `its default tag stack is ${found.get('stack') ?? 'not set'}`,
      ),
    ];
  },
};

/** By which Terraform makes resources that do not stand in the configuration one by one. */
const multiplying = ['count', 'for_each', 'dynamic'];

/** Routes that an API takes from a definition, or makes by itself. */
const hidden: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_rest_api: ['body'],
  aws_apigatewayv2_api: ['body', 'target'],
};

export const writtenOut: Rule = {
  id: 'configuration-written-out',
  title: 'Every resource and route stands in the configuration itself',
  scanners: [],
  protects:
    'What a module, a loop or an API definition makes is seen by no rule, and by no reviewer of the ' +
    'plan’s text.',
  fix: 'write each resource with a construct; stacks of this project do',
  types: 'every',
  problems(resource) {
    if (resource.type === 'module') return ['it is a module: what it makes is not seen'];
    if (resource.type === 'provider') {
      const { configuration } = resource.stack.place;
      const providers = [
        (configuration.provider as { readonly aws?: unknown } | undefined)?.aws ?? [],
      ].flat();
      return when(providers.length !== 1, `the stack has ${providers.length} aws providers`);
    }
    const attributes = [
      ...multiplying,
      ...((Object.hasOwn(hidden, resource.type) && hidden[resource.type]) || []),
    ];
    return attributes
      .filter((attribute) => valueAt(resource, attribute) !== undefined)
      .map((attribute) => `it has ${attribute}: what that makes is not seen`);
  },
};
