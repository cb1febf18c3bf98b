import { optionalNumber, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';

/** An event source mapping as it was synthesized. */
export interface SynthesizedMapping {
  readonly address: string;
  readonly functionArn: string;
  readonly functionName: string;
  readonly queueArn: string;
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  readonly maximumConcurrency: number | undefined;
  readonly reportsFailures: boolean;
  readonly enabled: boolean;
  /** Patterns, one of which a message must match; none takes all. */
  readonly filters: readonly string[];
}

export const mappingsOf = (plan: Plan): readonly SynthesizedMapping[] =>
  resourcesOf(plan, 'aws_lambda_event_source_mapping', {
    reads: [
      'batch_size',
      'enabled',
      'event_source_arn',
      'filter_criteria',
      'function_name',
      'function_response_types',
      'maximum_batching_window_in_seconds',
      'scaling_config',
    ],
    ignores: 'the rest',
  }).map((mapping) => {
    const { address, attributes } = mapping;
    const nameOrArn = text(mapping, 'function_name');
    const functionName = nameOrArn.replace(/^arn:[\w-]+:lambda:[\w-]+:\d+:function:/, '');
    const { partition, region, accountId } = plan;
    const [criteria] = blocks<{ readonly filter?: unknown }>(attributes.get('filter_criteria'));
    const [scaling] = blocks<{ readonly maximum_concurrency?: number }>(attributes.get('scaling_config'));
    return {
      address,
      functionName,
      functionArn: `arn:${partition}:lambda:${region}:${accountId}:function:${functionName}`,
      queueArn: text(mapping, 'event_source_arn'),
      // Lambda's own for queues, where nothing is written.
      batchSize: optionalNumber(mapping, 'batch_size') ?? 10,
      batchingWindowSeconds: optionalNumber(mapping, 'maximum_batching_window_in_seconds') ?? 0,
      maximumConcurrency: scaling?.maximum_concurrency,
      reportsFailures: ((attributes.get('function_response_types') ?? []) as readonly string[]).includes(
        'ReportBatchItemFailures',
      ),
      enabled: attributes.get('enabled') !== false,
      filters: blocks<{ readonly pattern?: string }>(criteria?.filter).flatMap(
        ({ pattern }) => pattern ?? [],
      ),
    };
  });

/** Terraform's JSON syntax writes one block as itself or as a list of one. */
const blocks = <Block>(written: unknown): readonly Block[] =>
  (written === undefined || written === null ? [] : Array.isArray(written) ? written : [written]) as Block[];
