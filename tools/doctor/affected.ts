import { map, optionalText, text } from '../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../plan/plan';
import { queueArnOfPath, queueArnOfUrl } from '../rehearse/sqs/queue-url';

/** What sends to a queue: a REST API, an HTTP API, a WebSocket API. */
export const senderKinds = ['callback', 'http-callback', 'websocket'] as const;

type SenderKind = (typeof senderKinds)[number];

export const sends = ({ kind }: { readonly kind: string }): boolean =>
  senderKinds.some((sender) => sender === kind);

/** Who does something with a queue, under which role. */
export interface Actor {
  /** The first three send to the queue, as `senderKinds` says; `function` and `pipe` take from it. */
  readonly kind: SenderKind | 'function' | 'pipe';
  /** For a sentence: `POST /v1/bizppurio/delivery-results`, `pipe dev-delivery-results-archive`. */
  readonly name: string;
  readonly roleArn: string;
  readonly queueArn: string;
}

/** The flows of an environment, to say who notices a defect. */
export interface Affected {
  readonly as: (roleArn: string) => readonly Actor[];
  readonly at: (queueArn: string) => readonly Actor[];
}

/** @param plans of all stacks of the environment: a queue and the pipe that reads it are in different ones */
export function affectedBy(plans: readonly Plan[]): Affected {
  const actors = plans.flatMap((plan) => [
    ...callbacks(plan),
    ...httpCallbacks(plan),
    ...webSocketRoutes(plan),
    ...functions(plan),
    ...pipes(plan),
  ]);
  return {
    as: (roleArn) => actors.filter((actor) => actor.roleArn === roleArn),
    at: (queueArn) => actors.filter((actor) => actor.queueArn === queueArn),
  };
}

const read = (plan: Plan, type: string, ...reads: readonly string[]) =>
  resourcesOf(plan, type, { reads, ignores: 'the rest' });

function callbacks(plan: Plan): readonly Actor[] {
  const pathOf = restPaths(plan);
  const [stage] = read(plan, 'aws_api_gateway_stage', 'stage_name');
  return read(
    plan,
    'aws_api_gateway_integration',
    'credentials',
    'http_method',
    'resource_id',
    'uri',
  ).flatMap((integration): readonly Actor[] => {
    const base = stage ? `/${text(stage, 'stage_name')}` : '';
    const name = `${text(integration, 'http_method')} ${base}${pathOf(text(integration, 'resource_id'))}`;
    return sender(plan, 'callback', name, integration, 'uri', 'credentials');
  });
}

/** Paths of a REST API's resources, by id, each with its leading slash. */
export function restPaths(plan: Plan): (resourceId: string) => string {
  const resources = new Map(
    read(plan, 'aws_api_gateway_resource', 'id', 'parent_id', 'path_part').map((resource) => [
      text(resource, 'id'),
      resource,
    ]),
  );
  return function pathOf(resourceId): string {
    const resource = resources.get(resourceId);
    return resource ? `${pathOf(text(resource, 'parent_id'))}/${text(resource, 'path_part')}` : '';
  };
}

function httpCallbacks(plan: Plan): readonly Actor[] {
  const [stage] = read(plan, 'aws_apigatewayv2_stage', 'name');
  const integrations = new Map(
    read(plan, 'aws_apigatewayv2_integration', 'id', 'credentials_arn', 'request_parameters').map(
      (integration) => [`integrations/${text(integration, 'id')}`, integration],
    ),
  );
  return read(plan, 'aws_apigatewayv2_route', 'route_key', 'target').flatMap((route): readonly Actor[] => {
    const integration = integrations.get(optionalText(route, 'target') ?? '');
    const url = integration && map(integration, 'request_parameters', 'string').get('QueueUrl');
    const roleArn = integration && optionalText(integration, 'credentials_arn');
    if (url === undefined || roleArn === undefined) return [];
    const [method = '', path = ''] = text(route, 'route_key').split(' ');
    const name = `${method} ${stage ? `/${text(stage, 'name')}` : ''}${path}`;
    return [{ kind: 'http-callback', name, roleArn, queueArn: queueArnOfUrl(plan, url, route.address) }];
  });
}

const webSocketRoutes = (plan: Plan): readonly Actor[] => {
  const [api] = read(plan, 'aws_apigatewayv2_api', 'name');
  return read(plan, 'aws_apigatewayv2_integration', 'credentials_arn', 'integration_uri').flatMap(
    (integration) =>
      sender(
        plan,
        'websocket',
        `WebSocket API ${api ? text(api, 'name') : ''}`,
        integration,
        'integration_uri',
        'credentials_arn',
      ),
  );
};

function sender(
  plan: Plan,
  kind: 'callback' | 'websocket',
  name: string,
  integration: PlanResource,
  uriAttribute: string,
  roleAttribute: string,
): readonly Actor[] {
  const path = /:sqs:path(\/.+)$/.exec(optionalText(integration, uriAttribute) ?? '')?.[1];
  const roleArn = optionalText(integration, roleAttribute);
  if (path === undefined || roleArn === undefined) return [];
  return [{ kind, name, roleArn, queueArn: queueArnOfPath(plan, path) }];
}

function functions(plan: Plan): readonly Actor[] {
  const roles = new Map(
    read(plan, 'aws_lambda_function', 'function_name', 'role').map((fn) => [
      text(fn, 'function_name'),
      text(fn, 'role'),
    ]),
  );
  return read(plan, 'aws_lambda_event_source_mapping', 'event_source_arn', 'function_name').map((mapping) => {
    const name = text(mapping, 'function_name');
    return {
      kind: 'function',
      name: `function ${name}`,
      roleArn: roles.get(name) ?? '',
      queueArn: text(mapping, 'event_source_arn'),
    };
  });
}

const pipes = (plan: Plan): readonly Actor[] =>
  read(plan, 'aws_pipes_pipe', 'name', 'role_arn', 'source').map((pipe) => ({
    kind: 'pipe',
    name: `pipe ${text(pipe, 'name')}`,
    roleArn: text(pipe, 'role_arn'),
    queueArn: text(pipe, 'source'),
  }));
