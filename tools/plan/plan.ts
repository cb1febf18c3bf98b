import { NotSimulated } from '../not-simulated';
import { computedAttribute } from './computed-attributes';
import { PlanError } from './plan-error';
import { policyJson } from './policy-document';
import { templateText } from './template-text';

/** A stack's Terraform configuration: what was synthesized, and nothing of what made it. */
export interface Plan {
  readonly stackId: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly configuration: Configuration;
  /** What AWS gave, by `<type>.<name>.<attribute>`; what is not here is made up. */
  readonly known: ReadonlyMap<string, string>;
}

export interface Configuration {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly variable?: Readonly<Record<string, unknown>>;
  readonly [block: string]: unknown;
}

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Which attributes of a resource type are understood. */
export interface ResourceShape {
  /** These are resolved, and mean something here. */
  readonly reads: readonly string[];
  /** These change nothing for the reader; one that must know of everything lists them, so that a new one is an error. */
  readonly ignores: readonly string[] | 'the rest';
}

export interface PlanResource {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  /** What its shape reads, references resolved; an attribute that is absent or null is absent here. */
  readonly attributes: ReadonlyMap<string, unknown>;
}

/** Terraform's own; `provider` is not among them, since a stack has one. */
const metaArguments = ['depends_on', 'lifecycle', '//'];

/** @throws NotSimulated for a provider block that it cannot read */
export function readPlan(
  stackId: string,
  configuration: Configuration,
  known: ReadonlyMap<string, string> = new Map(),
): Plan {
  const provider = configuration.provider as
    | {
        readonly aws?: readonly {
          readonly region?: string;
          readonly allowed_account_ids?: readonly string[];
        }[];
      }
    | undefined;
  const [aws, ...others] = provider?.aws ?? [];
  const [accountId, ...otherAccounts] = aws?.allowed_account_ids ?? [];
  if (!aws?.region || !accountId || others.length > 0 || otherAccounts.length > 0) {
    throw new NotSimulated(stackId, 'a provider other than one "aws" with a region and one allowed account');
  }
  return {
    stackId,
    partition: partitionOf(aws.region),
    region: aws.region,
    accountId,
    configuration,
    known,
  };
}

/**
 * All resources of a type, in the order of the configuration.
 * @throws NotSimulated for an attribute that `shape` does not list, and for references that cannot be resolved
 */
export function resourcesOf(plan: Plan, type: string, shape: ResourceShape): readonly PlanResource[] {
  return Object.entries(plan.configuration.resource?.[type] ?? {}).map(([name, block]) => {
    const address = `${plan.stackId}: ${type}.${name}`;
    const attributes = new Map<string, unknown>();
    for (const [attribute, value] of Object.entries(block as object)) {
      if (shape.reads.includes(attribute)) {
        const resolved = resolve(plan, value, `${address}.${attribute}`);
        if (resolved !== null) attributes.set(attribute, resolved);
      } else if (
        shape.ignores !== 'the rest' &&
        !shape.ignores.includes(attribute) &&
        !metaArguments.includes(attribute)
      ) {
        throw new NotSimulated(address, `its attribute "${attribute}"`);
      }
    }
    for (const attribute of shape.reads) {
      if (isComputed(attribute) && !attributes.has(attribute)) {
        attributes.set(attribute, computedOf(plan, { type, name, attribute }, block as WrittenBlock));
      }
    }
    return { address, attributes };
  });
}

/**
 * The value of an output, references resolved; undefined where the stack has no such output.
 * @throws NotSimulated for references that cannot be resolved
 */
export function outputOf(plan: Plan, name: string): unknown {
  const outputs = plan.configuration.output as
    | Readonly<Record<string, { readonly value?: unknown }>>
    | undefined;
  const value = outputs?.[name]?.value;
  return value === undefined ? undefined : resolve(plan, value, `${plan.stackId}: output.${name}`);
}

type WrittenBlock = Readonly<Record<string, unknown>>;

/** Resources are not asked to write these themselves. */
const isComputed = (attribute: string) => ['id', 'root_resource_id', 'arn', 'key_id'].includes(attribute);

function computedOf(
  plan: Plan,
  what: { readonly type: string; readonly name: string; readonly attribute: string },
  block: WrittenBlock,
): string {
  const given = plan.known.get(`${what.type}.${what.name}.${what.attribute}`);
  if (given !== undefined) return given;
  const at = `${plan.stackId}: ${what.type}.${what.name}`;
  return computedAttribute(plan, what, (attribute) => {
    const value = resolve(plan, block[attribute], `${at}.${attribute}`);
    if (typeof value !== 'string') throw new PlanError(`${at} has no "${attribute}"`);
    return value;
  });
}

function resolve(plan: Plan, value: unknown, where: string): unknown {
  if (typeof value === 'string') {
    return templateText(value, where, (expression) => reference(plan, expression, where));
  }
  if (Array.isArray(value)) return value.map((item) => resolve(plan, item, where));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      String(templateText(key, where, (expression) => reference(plan, expression, where))),
      resolve(plan, inner, `${where}.${key}`),
    ]),
  );
}

const traversal = /^(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_-]*)\.([a-z][a-z0-9_]*)$/;

function reference(plan: Plan, expression: string, where: string): unknown {
  const variable = /^var\.([A-Za-z_][\w-]*)$/.exec(expression)?.[1];
  if (variable !== undefined) return variableValue(plan, variable, where);
  const [, data, type = '', name = '', attribute = ''] = traversal.exec(expression) ?? [];
  if (type === '') throw new NotSimulated(where, `the expression \${${expression}}`);
  const { configuration, stackId } = plan;
  const block = (data ? configuration.data : configuration.resource)?.[type]?.[name];
  if (block === undefined) {
    throw new PlanError(
      `${where}: \${${expression}} refers to nothing that the stack has; correct the reference`,
    );
  }
  if (data) {
    if (type === 'aws_iam_policy_document' && attribute === 'json') {
      const at = `${stackId}: data.${type}.${name}`;
      return policyJson(resolve(plan, block, at) as Readonly<Record<string, unknown>>, at);
    }
    throw new NotSimulated(where, `the data source \${${expression}}`);
  }
  const written = (block as WrittenBlock)[attribute];
  return written === undefined
    ? computedOf(plan, { type, name, attribute }, block as WrittenBlock)
    : resolve(plan, written, `${stackId}: ${type}.${name}.${attribute}`);
}

/** A variable has its default; without one, a text that stands for what is entered when the plan is applied. */
function variableValue({ configuration }: Plan, name: string, where: string): unknown {
  const variable = configuration.variable?.[name] as
    | { readonly type?: string; readonly default?: unknown }
    | undefined;
  if (!variable) {
    throw new PlanError(
      `${where}: \${var.${name}} refers to nothing that the stack has; correct the reference`,
    );
  }
  if (variable.default !== undefined) return variable.default;
  if (variable.type !== 'string') throw new NotSimulated(where, `the variable ${name}, which is no text,`);
  return `value-of-${name}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (/^[a-z]{2}-[a-z]+-\d$/.test(region)) return 'aws';
  throw new NotSimulated(`region ${region}`, 'its partition');
}
