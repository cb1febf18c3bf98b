import { policyJson } from '../../plan/policy-document';
import type { ReviewedStack } from '../change';
import { type Fields, fields, isFields } from './record';
import { type Reference, replaceReferences } from './references';

/** A resource as a version's configuration has it. */
export interface ConfiguredResource {
  readonly address: string;
  readonly type: string;
  /** Its name in Terraform. */
  readonly label: string;
  /**
   * References to what the configuration says are resolved, policy documents as their JSON; those to what only AWS
   * knows are left as they are.
   */
  readonly attributes: Fields;
  readonly createsBeforeDestroy: boolean;
  /** `ignore_changes`: the attributes that Terraform leaves as they are. */
  readonly ignores: readonly string[] | 'all';
}

const metaArguments = new Set(['//', 'depends_on', 'lifecycle', 'provider', 'provisioner', 'connection']);

/** A stack's resources by their address, in the order of the configuration. */
export function resourcesOfStack({ configuration }: Pick<ReviewedStack, 'configuration'>) {
  const resolve = resolver(configuration);
  const resources = new Map<string, ConfiguredResource>();
  for (const [type, labels] of Object.entries(fields(configuration.resource))) {
    for (const [label, block] of Object.entries(fields(labels))) {
      const address = `${type}.${label}`;
      const lifecycle = fields(fields(block).lifecycle);
      const attributes = Object.fromEntries(
        Object.entries(fields(block)).flatMap(([name, value]) =>
          metaArguments.has(name) ? [] : [[name, resolve(value)]],
        ),
      );
      resources.set(address, {
        address,
        type,
        label,
        attributes,
        createsBeforeDestroy: lifecycle.create_before_destroy === true,
        ignores: ignored(lifecycle.ignore_changes),
      });
    }
  }
  return resources as ReadonlyMap<string, ConfiguredResource>;
}

const ignored = (written: unknown): readonly string[] | 'all' =>
  written === 'all' ? 'all' : Array.isArray(written) ? written.map(String) : [];

/** Longer texts are left as they are written: references to references could make one of any length. */
const longest = 100_000;

function resolver(configuration: ReviewedStack['configuration']): (value: unknown) => unknown {
  const known = new Map<string, string | number | boolean | undefined>();
  const at = (address: string): Fields | undefined => {
    const [mode, ...rest] = address.split('.');
    const [blocks, type = '', label = ''] =
      mode === 'data' ? [configuration.data, ...rest] : [configuration.resource, mode, ...rest];
    const block = fields(fields(fields(blocks)[type]))[label];
    return isFields(block) ? block : undefined;
  };
  const find = ({ address, attribute }: Reference): unknown => {
    const block = at(address);
    if (address.startsWith('data.aws_iam_policy_document.') && attribute === 'json') {
      return block && document(address, resolve(block));
    }
    return block && Object.hasOwn(block, attribute) ? resolve(block[attribute]) : undefined;
  };
  const referred = (reference: Reference): unknown => {
    const key = `${reference.address}.${reference.attribute}`;
    if (!known.has(key)) {
      // In a circle, it is found while it is looked for.
      known.set(key, undefined);
      const value = find(reference);
      if (typeof value === 'number' || typeof value === 'boolean') known.set(key, value);
      if (typeof value === 'string' && value.length <= longest) known.set(key, value);
    }
    return known.get(key);
  };
  const resolve = (value: unknown): unknown => {
    if (typeof value === 'string') return replaceReferences(value, referred);
    if (Array.isArray(value)) return value.map(resolve);
    if (!isFields(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner)]));
  };
  return resolve;
}

/** A document that is more than statements is compared as it is written. */
function document(address: string, block: unknown): unknown {
  try {
    return policyJson(fields(block), address);
  } catch {
    return JSON.stringify(fields(block));
  }
}
