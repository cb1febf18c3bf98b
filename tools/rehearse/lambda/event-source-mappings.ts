import { NotSimulated } from '../../not-simulated';
import { optionalNumber, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';

/** What takes a queue's messages to a function. */
export interface EventSourceMapping {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  readonly functionName: string;
  readonly queueArn: string;
  /** Messages in an event, 1 to 10. */
  readonly batchSize: number;
  /** Batches in flight at once; `undefined` where only Lambda's own limit holds. */
  readonly maximumConcurrency: number | undefined;
  /** Whether the function says which messages of a batch failed. */
  readonly reportBatchItemFailures: boolean;
  readonly enabled: boolean;
}

const shape = {
  reads: [
    'batch_size',
    'enabled',
    'event_source_arn',
    'function_name',
    'function_response_types',
    'maximum_batching_window_in_seconds',
    'scaling_config',
  ],
  ignores: ['tags'],
};

const rules = 'https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html';

/**
 * The event source mappings that a plan makes.
 *
 * @throws PlanError for what Lambda refuses
 * @throws NotSimulated for sources other than queues, filters, batching windows and provisioned pollers
 */
export const eventSourceMappingsOf = (plan: Plan): readonly EventSourceMapping[] =>
  resourcesOf(plan, 'aws_lambda_event_source_mapping', shape).map((mapping) => {
    const { address, attributes } = mapping;
    const queueArn = text(mapping, 'event_source_arn');
    if (!/^arn:[\w-]+:sqs:/.test(queueArn)) throw new NotSimulated(address, `the event source ${queueArn}`);
    const enabled = attributes.get('enabled') ?? true;
    if (typeof enabled !== 'boolean') throw new PlanError(`${address}: "enabled" is neither true nor false`);
    return {
      address,
      functionName: functionNameOf(text(mapping, 'function_name'), address),
      queueArn,
      batchSize: batchSizeOf(mapping, queueArn.endsWith('.fifo')),
      maximumConcurrency: maximumConcurrencyOf(mapping),
      reportBatchItemFailures: reportsFailures(mapping),
      enabled,
    };
  });

/** Lambda takes a name or an ARN. */
function functionNameOf(nameOrArn: string, address: string): string {
  const name = /^(?:arn:[\w-]+:lambda:[\w-]+:\d+:function:)?([\w-]+)$/.exec(nameOrArn)?.[1];
  if (name === undefined) throw new NotSimulated(address, `the function ${nameOrArn}`);
  return name;
}

function batchSizeOf(mapping: PlanResource, fifo: boolean): number {
  const { address } = mapping;
  const size = optionalNumber(mapping, 'batch_size') ?? 10;
  const window = optionalNumber(mapping, 'maximum_batching_window_in_seconds') ?? 0;
  const refused = (attribute: string, value: number, rule: string) =>
    new PlanError(`${address}: "${attribute}" is ${value}; ${rule} (${rules})`);
  if (!Number.isInteger(window) || window < 0 || window > 300) {
    throw refused('maximum_batching_window_in_seconds', window, 'Lambda takes whole numbers from 0 to 300');
  }
  if (fifo && window > 0) {
    throw refused(
      'maximum_batching_window_in_seconds',
      window,
      'Lambda takes no batching window for FIFO queues: leave it out',
    );
  }
  const largest = fifo ? 10 : 10_000;
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw refused(
      'batch_size',
      size,
      `Lambda takes 1 to ${largest} for ${fifo ? 'FIFO' : 'standard'} queues`,
    );
  }
  if (size > 10 && window < 1) {
    throw refused(
      'batch_size',
      size,
      'above 10 Lambda wants a batching window: set maximum_batching_window_in_seconds to 1 or more',
    );
  }
  if (window > 0) throw new NotSimulated(address, 'a batching window');
  return size;
}

function maximumConcurrencyOf({ address, attributes }: PlanResource): number | undefined {
  const config = attributes.get('scaling_config');
  const block = Array.isArray(config) ? config[0] : config;
  const value = (block as { readonly maximum_concurrency?: unknown } | undefined)?.maximum_concurrency;
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 2 && value <= 1000) return value;
  throw new PlanError(
    `${address}: "maximum_concurrency" is ${JSON.stringify(value)}; Lambda takes whole numbers from 2 to 1000 (${rules})`,
  );
}

function reportsFailures({ address, attributes }: PlanResource): boolean {
  const types = attributes.get('function_response_types') ?? [];
  if (Array.isArray(types) && types.every((type) => type === 'ReportBatchItemFailures')) {
    return types.length > 0;
  }
  throw new PlanError(
    `${address}: "function_response_types" is ${JSON.stringify(types)}; Lambda knows ReportBatchItemFailures`,
  );
}
