import { optionalText, text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import { blocksOf, optionalBlock, requiredBlock } from './blocks';

/** How requests of API destinations are authorized. */
export interface Connection {
  /** `<stack>: <type>.<name>`, for messages. */
  readonly address: string;
  readonly arn: string;
  readonly authorization: Authorization;
  /** Added to every request. */
  readonly parameters: HttpParameters;
}

export type Authorization =
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'oauth';
      readonly method: string;
      readonly endpoint: URL;
      readonly clientId: string;
      readonly clientSecret: string;
      /** Added to the request for a token. */
      readonly parameters: HttpParameters;
    };

type Parameter = readonly [name: string, value: string];

export interface HttpParameters {
  readonly headers: readonly Parameter[];
  readonly query: readonly Parameter[];
  readonly body: readonly Parameter[];
}

const shape = {
  reads: ['arn', 'authorization_type', 'auth_parameters'],
  ignores: ['name', 'description', 'kms_key_identifier', 'tags'],
};

/**
 * The connections that a plan makes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
 *
 * @throws PlanError for an authorization type without its parameters
 */
export const connectionsOf = (plan: Plan): readonly Connection[] =>
  resourcesOf(plan, 'aws_cloudwatch_event_connection', shape).map((connection) => {
    const parameters = requiredBlock(connection, 'auth_parameters', [
      'api_key',
      'basic',
      'oauth',
      'invocation_http_parameters',
    ]);
    return {
      address: connection.address,
      arn: text(connection, 'arn'),
      authorization: authorizationOf(connection, parameters),
      parameters: httpParametersOf(parameters, 'invocation_http_parameters'),
    };
  });

function authorizationOf(connection: PlanResource, parameters: PlanResource): Authorization {
  const type = text(connection, 'authorization_type');
  switch (type) {
    case 'API_KEY': {
      const apiKey = requiredBlock(parameters, 'api_key', ['key', 'value']);
      return { kind: 'header', name: text(apiKey, 'key').toLowerCase(), value: text(apiKey, 'value') };
    }
    case 'BASIC': {
      const basic = requiredBlock(parameters, 'basic', ['username', 'password']);
      const credentials = `${text(basic, 'username')}:${text(basic, 'password')}`;
      const value = `Basic ${Buffer.from(credentials).toString('base64')}`;
      return { kind: 'header', name: 'authorization', value };
    }
    case 'OAUTH_CLIENT_CREDENTIALS':
      return oauthOf(parameters);
    default:
      throw new PlanError(
        `${connection.address}: "authorization_type" is "${type}"; EventBridge takes ` +
          'API_KEY, BASIC and OAUTH_CLIENT_CREDENTIALS',
      );
  }
}

function oauthOf(parameters: PlanResource): Authorization {
  const oauth = requiredBlock(parameters, 'oauth', [
    'authorization_endpoint',
    'http_method',
    'client_parameters',
    'oauth_http_parameters',
  ]);
  const client = requiredBlock(oauth, 'client_parameters', ['client_id', 'client_secret']);
  return {
    kind: 'oauth',
    method: text(oauth, 'http_method'),
    endpoint: httpsUrl(oauth, 'authorization_endpoint'),
    clientId: text(client, 'client_id'),
    clientSecret: text(client, 'client_secret'),
    parameters: httpParametersOf(oauth, 'oauth_http_parameters'),
  };
}

function httpParametersOf(within: PlanResource, name: string): HttpParameters {
  const block = optionalBlock(within, name, ['header', 'query_string', 'body']);
  const listed = (kind: string): readonly Parameter[] =>
    block
      ? blocksOf(block, kind, ['key', 'value', 'is_value_secret']).map((parameter) => [
          text(parameter, 'key'),
          optionalText(parameter, 'value') ?? '',
        ])
      : [];
  return { headers: listed('header'), query: listed('query_string'), body: listed('body') };
}

/** @throws PlanError for an address that is not HTTPS */
export function httpsUrl(resource: PlanResource, attribute: string): URL {
  const address = text(resource, attribute);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol === 'https:') return url;
  throw new PlanError(
    `${resource.address}: "${attribute}" is "${address}"; EventBridge takes addresses ` +
      'that begin with https://',
  );
}
