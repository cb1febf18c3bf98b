import type { DescribePipeResponse } from '@aws-sdk/client-pipes';
import { canonicalJson } from '../../../../synthesis/canonical-json';
import type { Pipe } from '../../../rehearse/pipe/pipes';
import type { Finding } from '../../finding';

/** A finding as far as the difference itself tells it. */
export type Difference = Omit<Finding, 'at' | 'subject' | 'cause' | 'fix'> & Partial<Pick<Finding, 'cause'>>;

interface Surroundings {
  /** What is seen while nothing is taken from the queue. */
  readonly waiting: string;
  /** ARNs that AWS gave; what the plan has beyond them is made up. */
  readonly knownArns: ReadonlySet<string>;
}

/** What a pipe takes, delivers and acts as, where that is not as it was synthesized. */
export function pipeDifferences(
  pipe: Pipe,
  deployed: DescribePipeResponse,
  { waiting, knownArns }: Surroundings,
): readonly Difference[] {
  const parameters = deployed.SourceParameters?.SqsQueueParameters;
  const isApiDestination = pipe.target.kind === 'api-destination';
  // Without its destination the pipe has nothing to be held against, and that is another finding.
  const target = isApiDestination && !knownArns.has(pipe.targetArn) ? deployed.Target : pipe.targetArn;
  return [
    ...differing('pipe-source', 'it takes from another queue', pipe.sourceArn, deployed.Source, waiting),
    ...differing(
      'pipe-target',
      'it delivers to another target',
      target,
      deployed.Target,
      'the subscriber gets nothing; what the other target takes is deleted from the queue',
      'An API destination that was deleted and made again has another id: the pipe goes on with the old one, ' +
        'else someone has changed the target in the console',
    ),
    ...differing(
      'pipe-role',
      'it acts as another role',
      pipe.roleArn,
      deployed.RoleArn,
      `what the other role may not do fails with AccessDenied: then ${waiting}`,
    ),
    ...differing(
      'pipe-enrichment',
      'it has an enrichment',
      'none',
      deployed.Enrichment || 'none',
      'the subscriber gets what the enrichment makes of a message; while that fails, nothing is delivered',
    ),
    ...filterDifference(pipe.filters, deployed),
    ...differing(
      'pipe-input-template',
      'it turns messages into something else',
      compact(pipe.inputTemplate),
      compact(deployed.TargetParameters?.InputTemplate),
      isApiDestination
        ? 'the subscriber gets another body than agreed, and answers 4xx or loses what it looks for'
        : 'the function gets no SQS records: it fails, and messages go to the dead-letter queue',
      'It was changed in the console; older AWS providers also drop it when a filter is edited',
    ),
    ...batchDifference(pipe, parameters?.BatchSize ?? 10),
    ...differing(
      'pipe-batching-window',
      'it waits for batches to fill',
      '0 s',
      `${parameters?.MaximumBatchingWindowInSeconds ?? 0} s`,
      'messages reach the subscriber that much later',
      undefined,
      'warning',
    ),
    ...(isApiDestination ? requestDifferences(pipe, deployed) : invocationDifference(deployed)),
  ];
}

function differing(
  code: string,
  problem: string,
  synthesized: string | undefined,
  deployed: string | undefined,
  seen: string,
  cause?: string,
  severity: Finding['severity'] = 'error',
): readonly Difference[] {
  if (synthesized === deployed) return [];
  return [
    {
      code,
      severity,
      problem,
      synthesized: synthesized ?? 'none',
      deployed: deployed ?? 'none',
      seen,
      ...(cause !== undefined && { cause }),
    },
  ];
}

/**
 * A message that matches none of several patterns is deleted; without patterns all are delivered.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html
 */
function filterDifference(
  synthesized: readonly string[],
  { SourceParameters }: DescribePipeResponse,
): readonly Difference[] {
  const filters = SourceParameters?.FilterCriteria?.Filters ?? [];
  const wanted = new Set(synthesized.map(inOneForm));
  const there = new Set(filters.flatMap(({ Pattern }) => (Pattern === undefined ? [] : inOneForm(Pattern))));
  if (wanted.size === there.size && [...wanted].every((pattern) => there.has(pattern))) return [];
  const lets = [...wanted].every((pattern) => there.has(pattern)) && wanted.size > 0;
  const all = there.size === 0;
  const written = (patterns: ReadonlySet<string>) => [...patterns].join('\n') || 'none: all are delivered';
  return [
    {
      code: 'pipe-filter',
      severity: lets || all ? 'warning' : 'error',
      problem: all ? 'its filter is gone' : 'its filter is another one',
      synthesized: written(wanted),
      deployed: written(there),
      seen:
        lets || all
          ? 'the subscriber also gets messages that were to be left out'
          : 'messages that match none of the deployed patterns are deleted from the queue: they reach neither ' +
            'the subscriber nor the dead-letter queue, and no alarm goes off',
    },
  ];
}

function batchDifference({ batchSize, target }: Pipe, deployed: number): readonly Difference[] {
  const toServer = target.kind === 'api-destination';
  return differing(
    'pipe-batch-size',
    'it takes batches of another size',
    String(batchSize),
    String(deployed),
    toServer
      ? 'an API destination takes one message a delivery: a batch of several fails as a whole and is retried'
      : 'the function gets larger or smaller batches within the same timeout',
    undefined,
    toServer ? 'error' : 'warning',
  );
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html#pipes-invocation */
const invocationDifference = ({ TargetParameters }: DescribePipeResponse): readonly Difference[] =>
  differing(
    'pipe-invocation-type',
    'it does not wait for the function',
    'REQUEST_RESPONSE',
    TargetParameters?.LambdaFunctionParameters?.InvocationType ?? 'REQUEST_RESPONSE',
    'messages are deleted from the queue as soon as Lambda has them: one that the function fails on is lost, and ' +
      'never reaches the dead-letter queue',
  );

function requestDifferences(
  { target }: Pipe,
  { TargetParameters }: DescribePipeResponse,
): readonly Difference[] {
  if (target.kind !== 'api-destination') return [];
  const { HeaderParameters, QueryStringParameters } = TargetParameters?.HttpParameters ?? {};
  const differs = (what: string, wanted: ReadonlyMap<string, string>, there: Record<string, string> = {}) =>
    differing(
      `pipe-${what}`,
      `its requests have other ${what} parameters`,
      listed([...wanted]),
      // A value that nobody synthesized may be a secret.
      listed(
        Object.entries(there).map(([name, value]) => [
          name,
          wanted.get(name) === value ? value : '(another value)',
        ]),
      ),
      'the subscriber gets requests that it may refuse with 4xx; those messages end in the dead-letter queue',
    );
  return [
    ...differs('header', target.headers, HeaderParameters),
    ...differs('query', target.query, QueryStringParameters),
  ];
}

const listed = (pairs: readonly (readonly [string, string])[]) =>
  pairs
    .map(([name, value]) => `${name}: ${value}`)
    .sort()
    .join('\n') || 'none';

/** What is no JSON as it is. */
function inOneForm(pattern: string): string {
  try {
    return canonicalJson(JSON.parse(pattern));
  } catch {
    return pattern;
  }
}

/** A template without the whitespace between its parts; the console adds some. */
const compact = (template: string | undefined) =>
  template?.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_match, quoted?: string) => quoted ?? '') || undefined;
