import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import type { Finding } from '../../finding';
import type { SynthesizedMapping } from './event-source-plan';

export type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> &
  Partial<Pick<Finding, 'synthesized' | 'deployed' | 'cause' | 'fix'>>;

interface Surroundings {
  /** What is seen while nothing is taken from the queue. */
  readonly waiting: string;
  /** Who waits for what the function does. */
  readonly noticed: string;
}

/** What a mapping hands over, and how, where that is not as synthesized. */
export function mappingDifferences(
  mapping: SynthesizedMapping,
  deployed: EventSourceMappingConfiguration,
  { waiting, noticed }: Surroundings,
): readonly Told[] {
  const fifo = mapping.queueArn.endsWith('.fifo');
  const reports = deployed.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
  return [
    ...differing(
      'mapping-batch-failures',
      mapping.reportsFailures ? 'error' : 'warning',
      reports
        ? 'it lets the function report failures'
        : 'it ignores which messages of a batch the function reports as failed',
      [responseTypes(mapping.reportsFailures), responseTypes(reports)],
      reports
        ? 'what the function does not report counts as done'
        : 'the function answers with the failed ones, which counts as success: they are deleted with ' +
            `the others and lost; they never reach the dead-letter queue, and no alarm goes off; ${noticed}. A batch ` +
            `that throws or times out comes back whole: what was done in it is done again` +
            `${fifo ? ', out of order within its group' : ''}`,
    ),
    ...differing(
      'mapping-batch-size',
      'warning',
      'it hands over batches of another size',
      [String(mapping.batchSize), String(deployed.BatchSize ?? mapping.batchSize)],
      'the function gets larger or smaller batches within the same timeout: too large ones end in ' +
        '"Task timed out" and come back',
    ),
    ...differing(
      'mapping-batching-window',
      'warning',
      'it waits for batches to fill',
      [`${mapping.batchingWindowSeconds} s`, `${deployed.MaximumBatchingWindowInSeconds ?? 0} s`],
      'messages reach the function that much later',
    ),
    ...concurrencyDifference(mapping, deployed, waiting),
    ...filterDifference(mapping, deployed, noticed),
  ];
}

function differing(
  code: string,
  severity: Finding['severity'],
  problem: string,
  [synthesized, deployed]: readonly [string, string],
  seen: string,
): readonly Told[] {
  return synthesized === deployed ? [] : [{ code, severity, problem, synthesized, deployed, seen }];
}

const responseTypes = (reports: boolean) =>
  reports ? 'ReportBatchItemFailures' : 'no function response types';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
function concurrencyDifference(
  { maximumConcurrency: wanted }: SynthesizedMapping,
  { ScalingConfig }: EventSourceMappingConfiguration,
  waiting: string,
): readonly Told[] {
  const there = ScalingConfig?.MaximumConcurrency;
  const fewer = there !== undefined && (wanted === undefined || there < wanted);
  const written = (limit: number | undefined) => (limit === undefined ? 'no limit' : `${limit} at once`);
  return differing(
    'mapping-concurrency',
    'warning',
    fewer ? 'it starts fewer batches at once' : 'it starts more batches at once',
    [written(wanted), written(there)],
    fewer
      ? `under load ${waiting}`
      : "under load batches beyond the function's reserved concurrency are throttled; messages " +
          'that come back until maxReceiveCount go to the dead-letter queue unread',
  );
}

/**
 * A message that matches none of the patterns is deleted. Criteria under a customer key are not in a list
 * of mappings; only the key is.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
function filterDifference(
  { filters }: SynthesizedMapping,
  { FilterCriteria, KMSKeyArn }: EventSourceMappingConfiguration,
  noticed: string,
): readonly Told[] {
  const wanted = new Set(filters.map(inOneForm));
  const there = new Set(FilterCriteria?.Filters?.map(({ Pattern }) => inOneForm(Pattern ?? '{}')));
  const hidden = FilterCriteria === undefined && KMSKeyArn !== undefined;
  if (!hidden && wanted.size === there.size && [...wanted].every((pattern) => there.has(pattern))) return [];
  const all = there.size === 0 && !hidden;
  const written = (patterns: ReadonlySet<string>) =>
    [...patterns].join('\n') || 'none: all messages are taken';
  return [
    {
      code: 'mapping-filter',
      severity: all ? 'warning' : 'error',
      problem: all
        ? 'its filter is gone'
        : wanted.size === 0
          ? 'it filters messages'
          : 'its filter is another one',
      synthesized: written(wanted),
      deployed: hidden
        ? `criteria under the key ${KMSKeyArn}, which a list of mappings does not show`
        : written(there),
      seen: all
        ? 'the function also gets messages that were to be left out'
        : 'messages that match none of the deployed patterns are deleted from the queue unseen: they ' +
          `reach neither the function nor the dead-letter queue, and no alarm goes off; ${noticed}`,
    },
  ];
}

function inOneForm(pattern: string): string {
  try {
    return canonicalJson(JSON.parse(pattern));
  } catch {
    return pattern;
  }
}
