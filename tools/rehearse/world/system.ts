import { NotSimulated } from '../../not-simulated';
import { text } from '../../plan/attributes';
import { type Configuration, type Plan, readPlan, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { type CustomDomain, checkMappings, customDomainsOf } from '../api-gateway/custom-domain';
import { type HttpApi, httpApisOf } from '../api-gateway/http-api';
import { type RestApi, restApisOf } from '../api-gateway/rest-api';
import { type WebSocketApi, webSocketApisOf } from '../api-gateway/websocket-api';
import { type EventSourceMapping, eventSourceMappingsOf } from '../lambda/event-source-mappings';
import { functionsOf, type LambdaFunction } from '../lambda/functions';
import { type Pipe, pipesOf } from '../pipe/pipes';
import { type Bucket, bucketsOf } from '../s3/buckets';
import type { Secret } from '../secrets-manager/secret-store';
import { type Queue, queuesOf } from '../sqs/queue';
import { queueArnOfPath } from '../sqs/queue-url';
import { mayUseAsDeadLetterQueue, redriveAllowPoliciesOf } from '../sqs/redrive-allow';
import { type AccessPolicies, accessPoliciesOf } from './access-policies';
import type { CallbackFlow, Flow, HttpCallbackFlow, SubscriptionFlow, WebSocketFlow } from './flows';
import { httpCallbackFlows, missingHttpCallbacks } from './http-flows';
import { checkNames } from './names-of-their-own';
import { outsideQueues, withOutsidePolicies } from './outside';
import { printedPoliciesOf } from './printed-policies';
import { checkResourceTypes } from './resource-types';
import { sendersOf } from './senders';
import { secretsOf, type Wanted, type WantedSubscription } from './wanted';
import { lostOf } from './wanted-callback';

/** A stack as it was synthesized. */
export interface StackInput {
  readonly id: string;
  /** Terraform's JSON. */
  readonly configuration: Configuration;
  /** Where the files that the configuration names are. */
  readonly folder: string;
}

/** All stacks of an environment as one system: nothing in it moves yet. */
export interface System {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly queues: readonly Queue[];
  /** Those among them that no stack makes. */
  readonly outside: readonly Queue[];
  /** None of them is made by a stack. */
  readonly secrets: readonly Secret[];
  readonly restApis: readonly RestApi[];
  readonly httpApis: readonly HttpApi[];
  readonly webSocketApis: readonly WebSocketApi[];
  readonly domains: readonly CustomDomain[];
  readonly functions: readonly LambdaFunction[];
  readonly mappings: readonly EventSourceMapping[];
  readonly pipes: readonly Pipe[];
  readonly buckets: readonly Bucket[];
  /** ARNs of the web ACLs that look at requests first. */
  readonly webAcls: readonly string[];
  readonly policies: AccessPolicies;
  readonly flows: readonly Flow[];
  /** What the environment wants and no stack has. */
  readonly missing: readonly string[];
}

/**
 * @throws NotSimulated for what the plans hold and nobody knows how to simulate
 * @throws PlanError for what AWS or Terraform would refuse in them
 */
export function systemOf(stacks: readonly StackInput[], wanted: Wanted): System {
  const plans = stacks.map(({ id, configuration }) => {
    checkResourceTypes(id, Object.keys(configuration.resource ?? {}));
    return readPlan(id, configuration);
  });
  const [first] = plans;
  if (!first) throw new Error('a system has at least one stack');
  const elsewhere = plans.find(
    ({ region, accountId }) => region !== first.region || accountId !== first.accountId,
  );
  if (elsewhere) {
    const [here, there] = [first, elsewhere].map(({ accountId, region }) => `${accountId}, ${region}`);
    throw new NotSimulated(elsewhere.stackId, `an environment in both ${here} and ${there}`);
  }
  checkNames(plans);
  const made = plans.flatMap(queuesOf);
  checkRedrives(made, plans);
  const outside = outsideQueues(wanted.existingQueues, made);
  const secrets = secretsOf(wanted);
  const restApis = plans.flatMap((plan) => restApisOf(plan).map((api) => ({ api, stackId: plan.stackId })));
  const httpApis = plans.flatMap((plan) => httpApisOf(plan).map((api) => ({ api, stackId: plan.stackId })));
  const webSocketApis = plans.flatMap((plan) =>
    webSocketApisOf(plan).map((api) => ({ api, stackId: plan.stackId })),
  );
  const domains = plans.flatMap(customDomainsOf);
  checkMappings(
    domains,
    [...restApis, ...httpApis, ...webSocketApis].map(({ api }) => api),
  );
  const pipes = plans.flatMap((plan) => pipesOf(plan).map((pipe) => ({ pipe, stackId: plan.stackId })));
  const callbacks = restApis.flatMap(({ api, stackId }) => callbackFlows(first, stackId, api, wanted));
  const httpCallbacks = httpApis.flatMap(({ api, stackId }) => httpCallbackFlows(stackId, api, wanted));
  const messages = webSocketApis.flatMap(({ api, stackId }) => webSocketFlows(first, stackId, api, wanted));
  return {
    partition: first.partition,
    region: first.region,
    accountId: first.accountId,
    queues: [...made, ...outside],
    outside,
    secrets,
    restApis: restApis.map(({ api }) => api),
    httpApis: httpApis.map(({ api }) => api),
    webSocketApis: webSocketApis.map(({ api }) => api),
    domains,
    functions: plans.flatMap((plan, index) => functionsOf(plan, stacks[index]?.folder ?? '')),
    mappings: plans.flatMap(eventSourceMappingsOf),
    pipes: pipes.map(({ pipe }) => pipe),
    buckets: plans.flatMap(bucketsOf),
    webAcls: plans.flatMap((plan) =>
      resourcesOf(plan, 'aws_wafv2_web_acl_association', webAclShape).map((one) => text(one, 'web_acl_arn')),
    ),
    policies: withOutsidePolicies(accessPoliciesOf(plans), outside, first, printedPoliciesOf(plans), secrets),
    flows: [
      ...callbacks,
      ...httpCallbacks,
      ...messages,
      ...pipes.map(({ pipe, stackId }) => subscriptionFlow(stackId, pipe, [...callbacks, ...httpCallbacks])),
    ],
    missing: [
      ...missing(
        wanted,
        [...callbacks, ...httpCallbacks],
        messages,
        pipes.map(({ pipe }) => pipe),
      ),
      ...missingHttpCallbacks(wanted, httpCallbacks),
    ],
  };
}

const webAclShape = { reads: ['web_acl_arn'], ignores: ['resource_arn'] };

/** SQS takes a redrive policy only when the dead-letter queue lets it in; of the same kind it is by its name. */
function checkRedrives(queues: readonly Queue[], plans: readonly Plan[]): void {
  const allowed = new Map(plans.flatMap((plan) => [...redriveAllowPoliciesOf(plan)]));
  for (const { arn: sourceArn, redrive } of queues) {
    if (!redrive) continue;
    const deadLetterArn = redrive.deadLetterTargetArn;
    const deadLetter = queues.find((queue) => queue.arn === deadLetterArn);
    const fault = deadLetter
      ? !mayUseAsDeadLetterQueue(allowed, { sourceArn, deadLetterArn }) &&
        'does not list it in its redrive allow policy'
      : 'is in no stack';
    if (fault) throw new PlanError(`${sourceArn}: its dead-letter queue ${deadLetterArn} ${fault}`);
  }
}

const nameOf = (arn: string) => arn.split(':').at(-1) ?? arn;

const callbackFlows = (plan: Plan, stackId: string, api: RestApi, wanted: Wanted): readonly CallbackFlow[] =>
  api.methods.map((method) => {
    const queueArn = queueArnOfPath(plan, method.integration.path);
    return {
      kind: 'callback',
      stackId,
      way: `${method.httpMethod} /${api.stageName}${method.path} → ${nameOf(queueArn)}`,
      queueArn,
      api,
      method,
      ...sendersOf(api, method, wanted),
      domain: wanted.callbackDomain,
    };
  });

const webSocketFlows = (
  plan: Plan,
  stackId: string,
  api: WebSocketApi,
  wanted: Wanted,
): readonly WebSocketFlow[] =>
  api.routes.map((route) => {
    const queueArn = queueArnOfPath(plan, route.integration.path);
    return {
      kind: 'websocket',
      stackId,
      way: `${route.routeKey} → ${nameOf(queueArn)} → function → @connections`,
      queueArn,
      api,
      route,
      domain: wanted.webSocketDomain,
    };
  });

const subscriptionFlow = (
  stackId: string,
  pipe: Pipe,
  callbacks: readonly (CallbackFlow | HttpCallbackFlow)[],
): SubscriptionFlow => ({
  kind: 'subscription',
  stackId,
  way: `${nameOf(pipe.sourceArn)} → ${pipe.name} → ${pipe.target.kind === 'lambda' ? nameOf(pipe.target.functionArn) : pipe.target.destination.endpoint}`,
  queueArn: pipe.sourceArn,
  pipe,
  callback: callbacks.find(({ queueArn }) => queueArn === pipe.sourceArn),
});

function missing(
  wanted: Wanted,
  callbacks: readonly (CallbackFlow | HttpCallbackFlow)[],
  messages: readonly WebSocketFlow[],
  pipes: readonly Pipe[],
): readonly string[] {
  return [
    ...wanted.callbacks
      .filter(({ path }) => !callbacks.some((flow) => flow.kind === 'callback' && flow.method.path === path))
      .map(({ name, path }) => `the callback ${name}: no stack has a REST API with a method on ${path}`),
    ...wanted.callbacks.flatMap((one) =>
      callbacks.flatMap((flow) =>
        flow.kind === 'callback' && flow.method.path === one.path ? lostOf(one, flow) : [],
      ),
    ),
    ...(wanted.webSocketReplies && messages.length === 0
      ? ['replies to WebSocket messages: no stack has a WebSocket API with a route for messages']
      : []),
    ...wanted.subscriptions.flatMap((subscription) => {
      const { name, pipeName, queueArn = callbackQueue(subscription, wanted, callbacks) } = subscription;
      const pipe = pipes.find((candidate) => candidate.name === pipeName);
      if (!pipe) return [`the subscription ${name}: no stack has a pipe ${pipeName}`];
      if (queueArn === undefined || queueArn === pipe.sourceArn) return [];
      return [
        `the subscription ${name}: its pipe takes messages from ${pipe.sourceArn}, not from ${queueArn}`,
      ];
    }),
  ];
}

function callbackQueue(
  { callback }: WantedSubscription,
  wanted: Wanted,
  callbacks: readonly (CallbackFlow | HttpCallbackFlow)[],
): string | undefined {
  const pathIn = (list: readonly { readonly name: string; readonly path: string }[]) =>
    list.find(({ name }) => name === callback)?.path;
  const path = pathIn(wanted.callbacks);
  const httpPath = pathIn(wanted.httpCallbacks);
  return callbacks.find((flow) =>
    flow.kind === 'callback' ? flow.method.path === path : flow.route.path === httpPath,
  )?.queueArn;
}
