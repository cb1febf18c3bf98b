import { optionalNumber, optionalText, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import { optionalBlock } from '../../../rehearse/pipe/blocks';

/** A function as it was synthesized; what is absent is left to Lambda. */
export interface SynthesizedFunction {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly runtime: string | undefined;
  readonly handler: string | undefined;
  /** SHA-256 of the archive, as base64. */
  readonly codeSha256: string | undefined;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly architecture: string;
  readonly reservedConcurrency: number | undefined;
  readonly variables: readonly SynthesizedVariable[];
  readonly logging: { readonly format: string | undefined; readonly group: string | undefined } | undefined;
  /** `Active` or `PassThrough`. */
  readonly tracing: string | undefined;
}

export interface SynthesizedVariable {
  readonly name: string;
  /**
   * Nothing where the plan alone does not say it: it holds an id that AWS has not given, or a Terraform
   * variable.
   */
  readonly value: string | undefined;
}

export const functionsOf = (plan: Plan): readonly SynthesizedFunction[] => {
  const written = Object.values(plan.configuration.resource?.aws_lambda_function ?? {});
  return resourcesOf(plan, 'aws_lambda_function', {
    reads: [
      'architectures',
      'arn',
      'environment',
      'function_name',
      'handler',
      'logging_config',
      'memory_size',
      'reserved_concurrent_executions',
      'role',
      'runtime',
      'source_code_hash',
      'timeout',
      'tracing_config',
    ],
    ignores: 'the rest',
  }).map((resource, index) => {
    const logging = optionalBlock(resource, 'logging_config', [
      'application_log_level',
      'log_format',
      'log_group',
      'system_log_level',
    ]);
    const tracing = optionalBlock(resource, 'tracing_config', ['mode']);
    const [architecture = 'x86_64'] = (resource.attributes.get('architectures') ?? []) as readonly string[];
    const reserved = optionalNumber(resource, 'reserved_concurrent_executions') ?? -1;
    return {
      address: resource.address,
      arn: text(resource, 'arn'),
      name: text(resource, 'function_name'),
      roleArn: text(resource, 'role'),
      runtime: optionalText(resource, 'runtime'),
      handler: optionalText(resource, 'handler'),
      codeSha256: optionalText(resource, 'source_code_hash'),
      // Lambda's own. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
      timeoutSeconds: optionalNumber(resource, 'timeout') ?? 3,
      memoryMegabytes: optionalNumber(resource, 'memory_size') ?? 128,
      architecture,
      reservedConcurrency: reserved < 0 ? undefined : reserved,
      variables: variablesOf(plan, resource, written[index]),
      logging: logging && {
        format: optionalText(logging, 'log_format'),
        group: optionalText(logging, 'log_group'),
      },
      tracing: tracing && optionalText(tracing, 'mode'),
    };
  });
};

function variablesOf(plan: Plan, resource: PlanResource, written: unknown): readonly SynthesizedVariable[] {
  const variables = environmentOf(resource.attributes.get('environment'));
  const expressions = environmentOf((written as { readonly environment?: unknown } | undefined)?.environment);
  return Object.entries(variables).map(([name, value]) => ({
    name,
    value: isTold(plan, String(expressions[name])) ? String(value) : undefined,
  }));
}

/** Terraform's JSON syntax writes one block as itself or as a list of one. */
function environmentOf(blocks: unknown): Readonly<Record<string, unknown>> {
  const [block] = (Array.isArray(blocks) ? blocks : [blocks]) as readonly {
    readonly variables?: Readonly<Record<string, unknown>>;
  }[];
  return block?.variables ?? {};
}

/**
 * Ids of APIs are made up until AWS has given them, and the values of Terraform's variables are not in a
 * plan.
 */
const isTold = (plan: Plan, expression: string): boolean =>
  [...expression.matchAll(/\$\{\s*([\w.-]+)\s*\}/g)].every(
    ([, reference = '']) =>
      !reference.startsWith('var.') &&
      (!/^aws_apigatewayv2_api\.[\w-]+\.id$/.test(reference) || plan.known.has(reference)),
  );
