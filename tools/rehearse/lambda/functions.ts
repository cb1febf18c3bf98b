import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NotSimulated } from '../../not-simulated';
import { flag, optionalNumber, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { checkVariables } from './environment-variables';

/** A function and the code it was synthesized with. */
export interface LambdaFunction {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  readonly arn: string;
  readonly functionName: string;
  readonly region: string;
  /** Module and export, as in `index.handler`. */
  readonly handler: string;
  readonly runtime: string;
  readonly architecture: 'x86_64' | 'arm64';
  readonly archive: Archive;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** Executions at once; `undefined` where only the account's limit holds. */
  readonly reservedConcurrency: number | undefined;
  readonly roleArn: string;
  readonly logGroupName: string;
  /** The function's own environment variables. */
  readonly variables: ReadonlyMap<string, string>;
}

/** The zip with a function's code. */
export interface Archive {
  readonly file: string;
  readonly sha256Base64: string;
  readonly bytes: Uint8Array;
}

const shape = {
  reads: [
    'arn',
    'architectures',
    'environment',
    'filename',
    'function_name',
    'handler',
    'logging_config',
    'memory_size',
    'package_type',
    'publish',
    'reserved_concurrent_executions',
    'role',
    'runtime',
    'source_code_hash',
    'timeout',
  ],
  // A trace id is handed over whether or not it is sampled. Lambda itself gives the role leave to read its variables.
  ignores: ['description', 'kms_key_arn', 'tags', 'tracing_config'],
};

/**
 * The functions that a plan makes.
 *
 * @param folder of the stack; `filename` is relative to it
 * @throws PlanError for a missing archive, one that is not the one of `source_code_hash`, and what Lambda
 * refuses
 * @throws NotSimulated for a runtime other than Node.js, and for container images
 */
export const functionsOf = (plan: Plan, folder: string): readonly LambdaFunction[] =>
  resourcesOf(plan, 'aws_lambda_function', shape).map((resource) => {
    const { address } = resource;
    if ((optionalText(resource, 'package_type') ?? 'Zip') !== 'Zip') {
      throw new NotSimulated(address, 'a function that is a container image');
    }
    if (flag(resource, 'publish')) throw new NotSimulated(address, 'a published version');
    const runtime = text(resource, 'runtime');
    if (!/^nodejs\d+\.x$/.test(runtime)) throw new NotSimulated(address, `the runtime ${runtime}`);
    const functionName = text(resource, 'function_name');
    const reserved = whole(resource, 'reserved_concurrent_executions', -1, Number.MAX_SAFE_INTEGER) ?? -1;
    return {
      address,
      arn: text(resource, 'arn'),
      functionName,
      region: plan.region,
      handler: text(resource, 'handler'),
      runtime,
      architecture: architectureOf(resource),
      archive: archiveOf(resource, folder),
      timeoutSeconds: whole(resource, 'timeout', 1, 900) ?? 3,
      memoryMegabytes: whole(resource, 'memory_size', 128, 10_240) ?? 128,
      reservedConcurrency: reserved < 0 ? undefined : reserved,
      roleArn: text(resource, 'role'),
      logGroupName: textIn(resource, 'logging_config', 'log_group') ?? `/aws/lambda/${functionName}`,
      variables: variablesOf(resource),
    };
  });

function archiveOf(resource: PlanResource, folder: string): Archive {
  const { address } = resource;
  const filename = text(resource, 'filename');
  const file = path.resolve(folder, filename);
  const bytes = contentOf(file, `${address}: "filename" is "${filename}"`);
  const sha256Base64 = createHash('sha256').update(bytes).digest('base64');
  const expected = optionalText(resource, 'source_code_hash');
  if (expected !== undefined && expected !== sha256Base64) {
    throw new PlanError(
      `${address}: "source_code_hash" is ${expected}, the archive ${filename} has ${sha256Base64}: Terraform would plan a change for ever; synthesize again`,
    );
  }
  return { file, sha256Base64, bytes };
}

function contentOf(file: string, what: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new PlanError(`${what}, and there is no such file in the stack's folder; synthesize again`);
  }
}

function architectureOf(resource: PlanResource): LambdaFunction['architecture'] {
  const [architecture = 'x86_64', ...others] = (resource.attributes.get('architectures') ?? []) as string[];
  if (others.length > 0 || (architecture !== 'x86_64' && architecture !== 'arm64')) {
    throw new PlanError(
      `${resource.address}: "architectures" is ${JSON.stringify(resource.attributes.get('architectures'))}; Lambda takes one of x86_64 and arm64`,
    );
  }
  return architecture;
}

function variablesOf(resource: PlanResource): ReadonlyMap<string, string> {
  const values = block(resource, 'environment').variables ?? {};
  const variables = new Map<string, string>();
  for (const [name, value] of Object.entries(values as object)) {
    if (!['string', 'number', 'boolean'].includes(typeof value)) {
      throw new PlanError(
        `${resource.address}: the variable ${name} is ${JSON.stringify(value)}, which is no text`,
      );
    }
    variables.set(name, String(value));
  }
  checkVariables(resource.address, variables);
  return variables;
}

function textIn(resource: PlanResource, name: string, attribute: string): string | undefined {
  const value = block(resource, name)[attribute];
  return typeof value === 'string' ? value : undefined;
}

/** Terraform's JSON syntax writes one block as itself or as a list of one. */
function block({ attributes }: PlanResource, name: string): Readonly<Record<string, unknown>> {
  const value = attributes.get(name) ?? {};
  return ((Array.isArray(value) ? value[0] : value) ?? {}) as Readonly<Record<string, unknown>>;
}

/** The limits are Lambda's. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
function whole(resource: PlanResource, attribute: string, lowest: number, highest: number) {
  const value = optionalNumber(resource, attribute);
  if (value === undefined || (Number.isInteger(value) && value >= lowest && value <= highest)) return value;
  throw new PlanError(
    `${resource.address}: "${attribute}" is ${value}; Lambda takes whole numbers from ${lowest} to ${highest}`,
  );
}
