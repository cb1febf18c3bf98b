import { optionalText, text } from '../../../plan/attributes';
import { blocks, numeric, type StackReader, shown } from './stack-reader';

export interface LambdaFunction {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  /** None where only the account's limit holds. */
  readonly reservedConcurrency: number | undefined;
  readonly runtime: string;
  readonly architectures: string;
  readonly handler: string;
  readonly codeHash: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
}

/** What takes a queue's messages to a function. */
export interface EventSourceMapping {
  readonly address: string;
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  readonly maximumConcurrency: number | undefined;
  readonly reportsFailures: boolean;
  readonly enabled: boolean;
  readonly filters: readonly string[];
}

/** Defaults are Lambda's. https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const functionsOf = (reader: StackReader): readonly LambdaFunction[] =>
  reader.all(
    reader.each('aws_lambda_function', [
      'arn',
      'function_name',
      'timeout',
      'memory_size',
      'reserved_concurrent_executions',
      'runtime',
      'architectures',
      'handler',
      'source_code_hash',
      'environment',
    ]),
    (resource) => {
      const { address, attributes } = resource;
      const reserved = numeric(attributes.get('reserved_concurrent_executions')) ?? -1;
      const variables = blocks(attributes.get('environment'))[0]?.variables ?? {};
      return {
        address,
        arn: text(resource, 'arn'),
        name: text(resource, 'function_name'),
        timeoutSeconds: numeric(attributes.get('timeout')) ?? 3,
        memoryMegabytes: numeric(attributes.get('memory_size')) ?? 128,
        reservedConcurrency: reserved < 0 ? undefined : reserved,
        runtime: optionalText(resource, 'runtime') ?? 'none',
        architectures: [attributes.get('architectures') ?? 'x86_64'].flat().join(', '),
        handler: optionalText(resource, 'handler') ?? 'none',
        codeHash: optionalText(resource, 'source_code_hash'),
        variables: new Map(
          Object.entries(variables as object).map(([name, value]) => [name, shown(value) ?? '']),
        ),
      };
    },
  );

/** Defaults are Lambda's. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export const mappingsOf = (reader: StackReader): readonly EventSourceMapping[] =>
  reader.all(
    reader.each('aws_lambda_event_source_mapping', [
      'function_name',
      'event_source_arn',
      'batch_size',
      'maximum_batching_window_in_seconds',
      'scaling_config',
      'function_response_types',
      'enabled',
      'filter_criteria',
    ]),
    (mapping) => {
      const { address, attributes } = mapping;
      return {
        address,
        functionName: functionNameOf(text(mapping, 'function_name')),
        queueArn: text(mapping, 'event_source_arn'),
        batchSize: numeric(attributes.get('batch_size')) ?? 10,
        windowSeconds: numeric(attributes.get('maximum_batching_window_in_seconds')) ?? 0,
        maximumConcurrency: numeric(blocks(attributes.get('scaling_config'))[0]?.maximum_concurrency),
        reportsFailures: [attributes.get('function_response_types') ?? []]
          .flat()
          .includes('ReportBatchItemFailures'),
        enabled: attributes.get('enabled') !== false,
        filters: patternsIn(attributes.get('filter_criteria')),
      };
    },
  );

/** Of Lambda and of Pipes. */
export const patternsIn = (criteria: unknown): readonly string[] =>
  blocks(criteria)
    .flatMap(({ filter }) => blocks(filter))
    .flatMap(({ pattern }) => shown(pattern) ?? []);

/** Out of a name or an ARN. */
export const functionNameOf = (nameOrArn: string): string =>
  /:function:([\w-]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
