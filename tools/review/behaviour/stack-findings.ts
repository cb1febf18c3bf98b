import { type Audience, type Finding, notice, type Subject } from './notice';
import { pairsOf } from './pairs';
import type { StackBehaviour } from './read/behaviour-of';
import type { LambdaFunction } from './read/functions';
import { queueName } from './read/integration';
import { httpFindings, httpSubject, postedTo } from './routes/http-findings';
import { newRouteFindings, restApiFindings, routeSubject, type Surroundings } from './routes/route-findings';
import { webSocketFindings } from './routes/websocket-findings';
import { restApiSettings, throttlingSettings, webSocketSettings } from './settings/api-settings';
import { functionSettings, mappingSettings } from './settings/function-settings';
import { operationSettings } from './settings/operation-settings';
import { queueSettings } from './settings/queue-settings';
import { pipeFindings, targetOf } from './subscribers/pipe-findings';
import { modelsFeeding, sampleRecords } from './subscribers/sample-records';

/** Both versions of all stacks that could be read. */
export interface Versions {
  readonly base: readonly StackBehaviour[];
  readonly head: readonly StackBehaviour[];
}

/** What is noticed of a stack that is in both versions. */
export async function stackFindings(
  base: StackBehaviour,
  head: StackBehaviour,
  versions: Versions,
): Promise<readonly Finding[]> {
  const { environment } = head;
  const unread = new Set([...base.unread, ...head.unread].map(({ address }) => address));
  const isUnread = (address: string) => unread.has(address.slice(address.indexOf(': ') + 2));
  const surroundings = { environment, head: versions.head, isUnread };
  return [
    ...(await apiFindings(base, head, surroundings)),
    ...(await subscriberFindings(base, head, versions, isUnread)),
    ...pairsOf(base.queues, head.queues, ({ name }) => name).both.flatMap(([was, is]) =>
      queueSettings({ kind: 'queue', name: is.name, environment }, was, is),
    ),
    ...functionFindings(base, head, isUnread),
    ...operationSettings(base, head, versions.head, isUnread),
  ];
}

async function apiFindings(
  base: StackBehaviour,
  head: StackBehaviour,
  surroundings: Surroundings,
): Promise<readonly Finding[]> {
  const { environment, isUnread } = surroundings;
  const subject = (name: string): Subject => ({ kind: 'API', name, environment });
  const rest = pairsOf(base.restApis, head.restApis, ({ address }) => address);
  const http = pairsOf(base.httpApis, head.httpApis, ({ address }) => address);
  const sockets = pairsOf(base.webSocketApis, head.webSocketApis, ({ address }) => address);
  const findings = await Promise.all([
    ...rest.both.map(([was, is]) => restApiFindings(was, is, surroundings)),
    ...sockets.both.map(([was, is]) => webSocketFindings(was, is, surroundings)),
  ]);
  return [
    ...findings.flat(),
    ...http.both.flatMap(([was, is]) => httpFindings(was, is, environment, isUnread)),
    ...http.gone
      .filter(({ address }) => !isUnread(address))
      .flatMap((api) =>
        api.routes.map((route) =>
          notice('callers', httpSubject(api, route, environment), 'attention', 'is gone with its API'),
        ),
      ),
    ...http.added
      .filter(({ address }) => !isUnread(address))
      .flatMap((api) =>
        api.routes.map((route) =>
          notice('callers', httpSubject(api, route, environment), undefined, `is new: ${postedTo(route)}`),
        ),
      ),
    ...rest.gone
      .filter(({ address }) => !isUnread(address))
      .flatMap((api) =>
        api.routes.map((route) =>
          notice('callers', routeSubject(api, route, environment), 'attention', 'is gone with its API'),
        ),
      ),
    ...rest.added
      .filter(({ address }) => !isUnread(address))
      .flatMap((api) => api.routes.flatMap((route) => newRouteFindings(api, route, environment))),
    ...sockets.gone
      .filter(({ address }) => !isUnread(address))
      .map(({ name }) =>
        notice('clients', subject(name), 'attention', 'is gone: clients cannot connect any longer'),
      ),
    ...sockets.added
      .filter(({ address }) => !isUnread(address))
      .map(({ name, stageName }) =>
        notice('clients', subject(name), undefined, `is new: clients connect to /${stageName}`),
      ),
    ...rest.both.flatMap(([was, is]) => restApiSettings(subject(is.name), was, is)),
    ...throttlingSettings(base, head),
    ...sockets.both.flatMap(([was, is]) => webSocketSettings(subject(is.name), was, is)),
  ];
}

async function subscriberFindings(
  base: StackBehaviour,
  head: StackBehaviour,
  versions: Versions,
  isUnread: (address: string) => boolean,
): Promise<readonly Finding[]> {
  const { environment } = head;
  const subject = (name: string): Subject => ({ kind: 'pipe', name, environment });
  const { both, gone, added } = pairsOf(base.pipes, head.pipes, ({ name }) => name);
  const lasting = await Promise.all(
    both.map(async ([was, is]) => {
      const differs = was.filters.join() !== is.filters.join() || was.inputTemplate !== is.inputTemplate;
      const routes = [...versions.base, ...versions.head].flatMap(({ restApis }) =>
        restApis.flatMap((api) => api.routes),
      );
      const samples = differs
        ? await sampleRecords(modelsFeeding(routes, is.sourceArn), [was, is], is.sourceArn)
        : [];
      return pipeFindings(subject(is.name), was, is, samples);
    }),
  );
  return [
    ...gone
      .filter(({ address }) => !isUnread(address))
      .map((pipe) => {
        const text = `is gone: ${targetOf(pipe)} gets nothing of queue ${queueName(pipe.sourceArn)} any longer`;
        return notice('subscribers', subject(pipe.name), 'attention', text);
      }),
    ...lasting.flat(),
    ...added
      .filter(({ address }) => !isUnread(address))
      .map((pipe) => {
        const text = `is new: delivers what is on queue ${queueName(pipe.sourceArn)} to ${targetOf(pipe)}`;
        return notice('subscribers', subject(pipe.name), undefined, text);
      }),
  ];
}

function functionFindings(
  base: StackBehaviour,
  head: StackBehaviour,
  isUnread: (address: string) => boolean,
): readonly Finding[] {
  const { environment } = head;
  const subject = (name: string): Subject => ({ kind: 'function', name, environment });
  const functions = pairsOf(base.functions, head.functions, ({ name }) => name);
  const mappings = pairsOf(
    base.mappings,
    head.mappings,
    ({ functionName, queueArn }) => `${functionName} ${queueName(queueArn)}`,
  );
  return [
    ...functions.both.flatMap(([was, is]) =>
      functionSettings(subject(is.name), was, sameAddresses(is, base, head), audienceOf(is, head)),
    ),
    ...mappings.both.flatMap(([was, is]) => mappingSettings(subject(is.functionName), was, is)),
    ...mappings.gone
      .filter(({ address }) => !isUnread(address))
      .map(({ functionName, queueArn }) => {
        const text = `takes nothing from queue ${queueName(queueArn)} any longer`;
        return notice('consumers', subject(functionName), 'attention', text);
      }),
    ...mappings.added
      .filter(({ address }) => !isUnread(address))
      .map(({ functionName, queueArn }) => {
        const text = `takes messages from queue ${queueName(queueArn)} from now on`;
        return notice('consumers', subject(functionName), undefined, text);
      }),
  ];
}

/** The addresses of a stage that has another name are told of the stage. */
function sameAddresses(of: LambdaFunction, base: StackBehaviour, head: StackBehaviour): LambdaFunction {
  const stages = pairsOf(base.webSocketApis, head.webSocketApis, ({ address }) => address).both;
  const asBefore = (value: string) => {
    const stage = stages.find(([, { stageName }]) => value.endsWith(`/${stageName}`));
    return stage ? `${value.slice(0, -stage[1].stageName.length)}${stage[0].stageName}` : value;
  };
  return {
    ...of,
    variables: new Map([...of.variables].map(([name, value]) => [name, asBefore(value)])),
  };
}

/** Who gets what a function makes. */
function audienceOf(
  { name, arn }: LambdaFunction,
  { webSocketApis, mappings, pipes }: StackBehaviour,
): Audience {
  const sources = mappings
    .filter(({ functionName }) => functionName === name)
    .map(({ queueArn }) => queueName(queueArn));
  const queues = webSocketApis.flatMap(({ routes }) =>
    routes.flatMap(({ integration }) => (integration?.queue ? [queueName(integration.queue)] : [])),
  );
  if (sources.some((source) => queues.includes(source))) return 'clients';
  return pipes.some(({ targetArn }) => targetArn === arn) ? 'subscribers' : 'consumers';
}
