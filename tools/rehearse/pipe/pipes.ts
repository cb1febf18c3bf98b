import { NotSimulated } from '../../not-simulated';
import { map, optionalNumber, optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { type ApiDestination, apiDestinationsOf } from './api-destinations';
import { blocksOf, optionalBlock } from './blocks';
import { filter } from './filter';
import { inputTemplate } from './input-template';

/** What takes a queue's messages to a target. */
export interface Pipe {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  /** Of a queue. */
  readonly sourceArn: string;
  readonly targetArn: string;
  readonly desiredState: 'RUNNING' | 'STOPPED';
  /** Messages a delivery, 1 to 10. */
  readonly batchSize: number;
  /** Patterns as JSON, five at most. */
  readonly filters: readonly string[];
  readonly inputTemplate: string | undefined;
  readonly target: Target;
}

export type Target =
  | {
      readonly kind: 'api-destination';
      readonly destination: ApiDestination;
      readonly headers: ReadonlyMap<string, string>;
      readonly query: ReadonlyMap<string, string>;
      /** One for each `*` in the endpoint. */
      readonly path: readonly string[];
    }
  | {
      readonly kind: 'lambda';
      readonly functionArn: string;
      readonly invocationType: 'REQUEST_RESPONSE';
    };

const shape = {
  reads: [
    'arn',
    'desired_state',
    'name',
    'role_arn',
    'source',
    'source_parameters',
    'target',
    'target_parameters',
  ],
  ignores: ['description', 'kms_key_identifier', 'log_configuration', 'tags'],
};

const batching =
  'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html';

/**
 * The pipes that a plan makes.
 *
 * @throws PlanError for what EventBridge refuses
 * @throws NotSimulated for sources other than queues, enrichments, batching windows, and targets other than
 *   API destinations of the plan and functions
 */
export function pipesOf(plan: Plan): readonly Pipe[] {
  const destinations = apiDestinationsOf(plan);
  return resourcesOf(plan, 'aws_pipes_pipe', shape).map((resource) => {
    const { address } = resource;
    const sourceArn = text(resource, 'source');
    if (!/^arn:[\w-]+:sqs:/.test(sourceArn)) throw new NotSimulated(address, `the source ${sourceArn}`);
    const source = optionalBlock(resource, 'source_parameters', ['sqs_queue_parameters', 'filter_criteria']);
    const parameters = optionalBlock(resource, 'target_parameters', [
      'input_template',
      'http_parameters',
      'lambda_function_parameters',
    ]);
    const pipe: Pipe = {
      address,
      arn: text(resource, 'arn'),
      name: text(resource, 'name'),
      roleArn: text(resource, 'role_arn'),
      sourceArn,
      targetArn: text(resource, 'target'),
      desiredState: desiredStateOf(resource),
      batchSize: batchSizeOf(resource, source, sourceArn.endsWith('.fifo')),
      filters: filtersOf(source),
      inputTemplate: parameters && optionalText(parameters, 'input_template'),
      target: targetOf(resource, parameters, destinations),
    };
    check(pipe, batchSizeWritten(source));
    return pipe;
  });
}

function check(pipe: Pipe, batchSize: number | undefined): void {
  const { address, filters, target } = pipe;
  filter(filters, `${address}.filter`);
  if (pipe.inputTemplate !== undefined) {
    inputTemplate(pipe.inputTemplate, pipe, `${address}.input_template`);
  }
  if (target.kind !== 'api-destination') return;
  if (batchSize === undefined) {
    throw new NotSimulated(
      address,
      'an API destination without a "batch_size": set it to 1, a pipe that does',
    );
  }
  if (batchSize > 1) {
    throw new PlanError(
      `${address}: "batch_size" is ${batchSize}; an API destination takes no batches: ` +
        `set it to 1 (${batching})`,
    );
  }
  if (pipe.inputTemplate === undefined) {
    throw new NotSimulated(address, 'an API destination without an "input_template"');
  }
}

function desiredStateOf(resource: PlanResource): Pipe['desiredState'] {
  const state = optionalText(resource, 'desired_state') ?? 'RUNNING';
  if (state === 'RUNNING' || state === 'STOPPED') return state;
  throw new PlanError(
    `${resource.address}: "desired_state" is "${state}"; EventBridge takes RUNNING and STOPPED`,
  );
}

const queueParametersOf = (source: PlanResource | undefined) =>
  source &&
  optionalBlock(source, 'sqs_queue_parameters', ['batch_size', 'maximum_batching_window_in_seconds']);

function batchSizeWritten(source: PlanResource | undefined): number | undefined {
  const parameters = queueParametersOf(source);
  return parameters && optionalNumber(parameters, 'batch_size');
}

/** https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_PipeSourceSqsQueueParameters.html */
function batchSizeOf({ address }: PlanResource, source: PlanResource | undefined, fifo: boolean): number {
  const parameters = queueParametersOf(source);
  const window =
    (parameters && optionalNumber(parameters, 'maximum_batching_window_in_seconds')) ?? undefined;
  const size = batchSizeWritten(source) ?? 10;
  const largest = fifo ? 10 : 10_000;
  if (!Number.isInteger(size) || size < 1 || size > largest) {
    throw new PlanError(`${address}: "batch_size" is ${size}; Pipes take 1 to ${largest} from such a queue`);
  }
  if (window) throw new NotSimulated(address, 'a batching window');
  if (size > 10) throw new NotSimulated(address, 'batches of more than 10 messages');
  return size;
}

function filtersOf(source: PlanResource | undefined): readonly string[] {
  const criteria = source && optionalBlock(source, 'filter_criteria', ['filter']);
  return criteria ? blocksOf(criteria, 'filter', ['pattern']).map((block) => text(block, 'pattern')) : [];
}

function targetOf(
  resource: PlanResource,
  parameters: PlanResource | undefined,
  destinations: readonly ApiDestination[],
): Target {
  const { address } = resource;
  const target = text(resource, 'target');
  const http =
    parameters &&
    optionalBlock(parameters, 'http_parameters', [
      'header_parameters',
      'path_parameter_values',
      'query_string_parameters',
    ]);
  const lambda = parameters && optionalBlock(parameters, 'lambda_function_parameters', ['invocation_type']);
  const destination = destinations.find(({ arn }) => arn === target);
  if (destination && !lambda) {
    return {
      kind: 'api-destination',
      destination,
      headers: http ? map(http, 'header_parameters', 'string') : new Map(),
      query: http ? map(http, 'query_string_parameters', 'string') : new Map(),
      path: [optionalPathValues(http)].flat(),
    };
  }
  if (!/^arn:[\w-]+:lambda:[\w-]+:\d+:function:[\w-]+$/.test(target) || http) {
    throw new NotSimulated(address, `the target ${target} with these parameters`);
  }
  const invocationType = (lambda && optionalText(lambda, 'invocation_type')) ?? 'REQUEST_RESPONSE';
  if (invocationType !== 'REQUEST_RESPONSE') {
    throw new NotSimulated(address, `the invocation type ${invocationType}`);
  }
  return { kind: 'lambda', functionArn: target, invocationType };
}

/** The provider takes one value. */
function optionalPathValues(http: PlanResource | undefined): readonly string[] {
  const value = http?.attributes.get('path_parameter_values') ?? [];
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.every((one) => typeof one === 'string')) return values;
  throw new PlanError(
    `${http?.address}: "path_parameter_values" is ${JSON.stringify(value)}, which is no text`,
  );
}
