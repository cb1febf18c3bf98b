import type { CallbackSettings, Environment } from '../../../environments/environment';
import { map } from '../../plan/attributes';
import { type Plan, resourcesOf } from '../../plan/plan';
import { type RestApi, type RestMethod, restApisOf } from '../../rehearse/api-gateway/rest-api';
import {
  type WebSocketApi,
  type WebSocketRoute,
  webSocketApisOf,
} from '../../rehearse/api-gateway/websocket-api';
import { optionalBlock } from '../../rehearse/pipe/blocks';
import { type Pipe, pipesOf } from '../../rehearse/pipe/pipes';
import { queueArnOfPath } from '../../rehearse/sqs/queue-url';
import { type ProbedQueue, probedQueues } from './queues';

/** A flow that a message can be sent through. */
export type Target = CallbackTarget | WebSocketTarget | SubscriptionTarget;

export interface CallbackTarget {
  readonly kind: 'callback';
  readonly plan: Plan;
  /** Where it enters and where it ends. */
  readonly way: string;
  readonly settings: CallbackSettings;
  readonly api: RestApi;
  readonly method: RestMethod;
  readonly queue: ProbedQueue;
  readonly consumer: Consumer;
}

export interface WebSocketTarget {
  readonly kind: 'websocket';
  readonly plan: Plan;
  readonly way: string;
  readonly api: WebSocketApi;
  readonly route: WebSocketRoute;
  readonly queue: ProbedQueue;
}

/** A pipe from a queue that nothing fills which the probe calls: it is someone else's, or filled by an HTTP API. */
export interface SubscriptionTarget {
  readonly kind: 'subscription';
  readonly plan: Plan;
  readonly way: string;
  readonly pipe: Pipe;
}

/** Who takes a callback's messages. */
export type Consumer =
  | { readonly kind: 'archive'; readonly pipe: Pipe; readonly archive: Archive }
  | { readonly kind: 'subscriber'; readonly pipe: Pipe; readonly who: string }
  /** The queue is someone else's, and so is what takes from it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'nobody' };

/** The function that writes messages to a bucket. */
export interface Archive {
  readonly functionName: string;
  readonly bucket: string;
  readonly bucketArn: string;
  readonly versioned: boolean;
  readonly keyPrefix: string;
  readonly messageKeyField: string | undefined;
}

/** All flows of an environment: callbacks, WebSocket messages, and subscriptions that no callback feeds. */
export function targetsOf(plans: readonly Plan[], environment: Environment): readonly Target[] {
  const queues = probedQueues(plans, environment);
  const queueAt = (plan: Plan, path: string) => {
    const arn = queueArnOfPath(plan, path);
    const queue = queues.get(arn);
    if (!queue) throw new Error(`${plan.stackId}: ${arn} is in no stack and not among the existing queues`);
    return queue;
  };
  const pipes = plans.flatMap((plan) => pipesOf(plan).map((pipe) => ({ plan, pipe })));
  const callbacks = plans.flatMap((plan) =>
    restApisOf(plan).flatMap((api) =>
      api.methods.flatMap((method): readonly CallbackTarget[] => {
        const settings = environment.callbackReceiver?.callbacks.find(({ path }) => path === method.path);
        if (!settings) return [];
        const queue = queueAt(plan, method.integration.path);
        const pipe = pipes.find(({ pipe: { sourceArn } }) => sourceArn === queue.arn);
        const way = `${method.httpMethod} /${api.stageName}${method.path} → ${queue.name}`;
        const consumer = consumerOf(queue, pipe);
        return [{ kind: 'callback', plan, way, settings, api, method, queue, consumer }];
      }),
    ),
  );
  const webSockets = plans.flatMap((plan) =>
    webSocketApisOf(plan).flatMap((api) =>
      api.routes.map((route): WebSocketTarget => {
        const queue = queueAt(plan, route.integration.path);
        const way = `WebSocket /${api.stageName} → ${queue.name} → reply`;
        return { kind: 'websocket', plan, way, api, route, queue };
      }),
    ),
  );
  const filled = new Set(callbacks.map(({ queue }) => queue.arn));
  const subscriptions = pipes
    .filter(({ pipe }) => !filled.has(pipe.sourceArn))
    .map(({ plan, pipe }): SubscriptionTarget => {
      const way = `${pipe.sourceArn.split(':').at(-1)} → ${pipe.name}`;
      return { kind: 'subscription', plan, way, pipe };
    });
  return [...callbacks, ...webSockets, ...subscriptions];
}

function consumerOf(
  queue: ProbedQueue,
  found: { readonly plan: Plan; readonly pipe: Pipe } | undefined,
): Consumer {
  if (!found) return { kind: queue.own ? 'nobody' : 'unknown' };
  const { plan, pipe } = found;
  if (pipe.target.kind === 'api-destination') {
    return { kind: 'subscriber', pipe, who: pipe.target.destination.endpoint };
  }
  const archive = archiveOf(plan, pipe.target.functionArn);
  return archive
    ? { kind: 'archive', pipe, archive }
    : { kind: 'subscriber', pipe, who: `the function ${pipe.target.functionArn.split(':').at(-1)}` };
}

function archiveOf(plan: Plan, functionArn: string): Archive | undefined {
  const made = resourcesOf(plan, 'aws_lambda_function', {
    reads: ['arn', 'function_name', 'environment'],
    ignores: 'the rest',
  }).find(({ attributes }) => attributes.get('arn') === functionArn);
  const environment = made && optionalBlock(made, 'environment', ['variables']);
  const variables = environment && map(environment, 'variables', 'string');
  const bucket = variables?.get('BUCKET_NAME');
  if (!variables || bucket === undefined) return undefined;
  return {
    functionName: String(made.attributes.get('function_name')),
    bucket,
    bucketArn: `arn:${plan.partition}:s3:::${bucket}`,
    versioned: isVersioned(plan, bucket),
    keyPrefix: variables.get('KEY_PREFIX') ?? '',
    messageKeyField: variables.get('MESSAGE_KEY_FIELD'),
  };
}

const isVersioned = (plan: Plan, bucket: string): boolean =>
  resourcesOf(plan, 'aws_s3_bucket_versioning', {
    reads: ['bucket', 'versioning_configuration'],
    ignores: 'the rest',
  }).some(
    (versioning) =>
      versioning.attributes.get('bucket') === bucket &&
      optionalBlock(versioning, 'versioning_configuration', ['status', 'mfa_delete'])?.attributes.get(
        'status',
      ) === 'Enabled',
  );
