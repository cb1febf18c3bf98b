import { blocksOf, numberOf, textOf, valueAt } from '../reading/fields';
import { consumersOf, functionOf } from '../reading/queues';
import type { RuleResource, System } from '../reading/system';
import { type Rule, when } from '../rule';

/** Lambda's and SQS's own defaults, and how long an API destination may take, in seconds. */
const defaultTimeout = 3;
const defaultVisibility = 30;
const destinationTimeout = 5;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const factor = 6;

export const queueVisibility: Rule = {
  id: 'queue-visibility-timeout',
  title: 'A queue hides a message for six times as long as its consumer may take',
  scanners: [],
  protects:
    'A message that comes back while it is still worked on is delivered twice, and ends as a dead letter ' +
    'though it was delivered.',
  fix: 'consumerTimeoutSeconds of the queue’s settings, or websocketReply.functionTimeoutSeconds',
  differs:
    'The time for which batches are collected is added. Consumers outside the reviewed stacks are not seen.',
  types: ['aws_sqs_queue'],
  problems(queue, system) {
    const visibility = numberOf(queue, 'visibility_timeout_seconds') ?? defaultVisibility;
    return consumersOf(system, queue).flatMap((consumer) => {
      const longest = timeOf(consumer, system);
      return when(
        longest !== undefined && visibility < longest,
        `visibility_timeout_seconds is ${visibility}, and ${consumer.where} needs at least ${longest}`,
      );
    });
  },
};

/** How long a message must stay hidden for a consumer; nothing where the function is not of these stacks. */
function timeOf(consumer: RuleResource, system: System): number | undefined {
  if (consumer.type === 'aws_pipes_pipe') {
    const [source] = blocksOf(consumer, 'source_parameters').flatMap((block) =>
      blocksOf(block, 'sqs_queue_parameters'),
    );
    const window = (source && numberOf(source, 'maximum_batching_window_in_seconds')) ?? 0;
    const target = textOf(consumer, 'target') ?? '';
    if (isApiDestination(target)) return factor * destinationTimeout + window;
    const timeout = timeoutOf(system, target);
    return timeout === undefined ? undefined : factor * timeout + window;
  }
  const timeout = timeoutOf(system, valueAt(consumer, 'function_name'));
  const window = numberOf(consumer, 'maximum_batching_window_in_seconds') ?? 0;
  return timeout === undefined ? undefined : factor * timeout + window;
}

function timeoutOf(system: System, value: unknown): number | undefined {
  const called = functionOf(system, value);
  return called && (numberOf(called, 'timeout') ?? defaultTimeout);
}

/** Whether an ARN, or a reference that is not known yet, is an API destination's. */
export const isApiDestination = (target: string): boolean =>
  /:api-destination\/|aws_cloudwatch_event_api_destination\./.test(target);

const isOfQueue = (mapping: RuleResource) =>
  /:sqs:|aws_sqs_queue\./.test(textOf(mapping, 'event_source_arn') ?? '');

const mapping = ['aws_lambda_event_source_mapping'];

export const mappingPartialBatch: Rule = {
  id: 'mapping-partial-batch',
  title: 'An event source mapping takes back only what failed of a batch',
  scanners: [],
  protects: 'One message that fails brings back its whole batch: the others are delivered again.',
  fix: 'constructs/function/queue-event-source.ts sets ReportBatchItemFailures',
  types: mapping,
  problems: (resource) =>
    when(
      isOfQueue(resource) &&
        ![valueAt(resource, 'function_response_types') ?? []].flat().includes('ReportBatchItemFailures'),
      'function_response_types has no ReportBatchItemFailures',
    ),
};

export const mappingConcurrency: Rule = {
  id: 'mapping-concurrency',
  title: 'An event source mapping limits how many batches are in flight',
  scanners: [],
  protects:
    'Lambda takes batches that it then throttles; each time uses up a delivery, and messages end as dead ' +
    'letters.',
  fix: 'set websocketReply.maximumConcurrency; it has a default',
  types: mapping,
  problems: (resource) =>
    when(
      isOfQueue(resource) &&
        !blocksOf(resource, 'scaling_config').some(
          (config) => numberOf(config, 'maximum_concurrency') !== undefined,
        ),
      'scaling_config has no maximum_concurrency',
    ),
};
