import { blocksOf, type Fields, flagOf, numberOf, textOf, valueAt } from '../reading/fields';
import { at } from '../reading/resolve';
import type { RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

export const destinationHttps: Rule = {
  id: 'destination-https',
  title: 'An API destination is reached through TLS, at a limited rate',
  scanners: [],
  protects:
    'Messages and the secret can be read on the way; and EventBridge sends up to 300 a second to a server ' +
    'that may not bear it.',
  fix: 'subscriber.url begins with https://, and rateLimitPerSecond has a default',
  types: ['aws_cloudwatch_event_api_destination'],
  problems(resource) {
    const url = textOf(resource, 'invocation_endpoint') ?? '';
    return [
      ...when(!/^https:\/\//i.test(url), `invocation_endpoint is ${url === '' ? 'not set' : url}`),
      ...when(
        numberOf(resource, 'invocation_rate_limit_per_second') === undefined,
        'invocation_rate_limit_per_second is not set',
      ),
    ];
  },
};

export const connectionSecret: Rule = {
  id: 'connection-secret',
  title: 'A connection’s secret is a sensitive variable without a default',
  scanners: [],
  protects: 'What stands in the configuration is in git, in the plan’s text and in every review for good.',
  fix: 'subscriber.authorization makes the variable; enter the value as TF_VAR_… or in HCP Terraform',
  types: ['aws_cloudwatch_event_connection'],
  problems: (resource) =>
    secretsOf({ where: resource.where, values: resource.written }).flatMap(({ where, value }) => {
      const path = where.slice(resource.where.length + 1);
      return secretProblem(resource, value).map((problem) => `${path} ${problem}`);
    }),
};

interface Secret {
  readonly where: string;
  readonly value: unknown;
}

/** As they are written: a reference must still be one. */
function secretsOf(connection: Fields): readonly Secret[] {
  const secrets = (holders: readonly Fields[], attribute: string) =>
    holders
      .filter((holder) => valueAt(holder, attribute) !== undefined)
      .map((holder) => ({ where: `${holder.where}.${attribute}`, value: valueAt(holder, attribute) }));
  return blocksOf(connection, 'auth_parameters').flatMap((parameters) => {
    const oauth = blocksOf(parameters, 'oauth');
    const http = [
      ...blocksOf(parameters, 'invocation_http_parameters'),
      ...oauth.flatMap((block) => blocksOf(block, 'oauth_http_parameters')),
    ].flatMap((block) => ['header', 'query_string', 'body'].flatMap((kind) => blocksOf(block, kind)));
    return [
      ...secrets(blocksOf(parameters, 'api_key'), 'value'),
      ...secrets(blocksOf(parameters, 'basic'), 'password'),
      ...secrets(
        oauth.flatMap((block) => blocksOf(block, 'client_parameters')),
        'client_secret',
      ),
      ...secrets(
        http.filter((parameter) => flagOf(parameter, 'is_value_secret') === true),
        'value',
      ),
    ];
  });
}

/** What is wrong; never the value itself. */
function secretProblem({ stack }: RuleResource, value: unknown): readonly string[] {
  const name = typeof value === 'string' ? /^\$\{\s*var\.([\w-]+)\s*\}$/.exec(value)?.[1] : undefined;
  if (name === undefined) return ['is no variable: the secret stands in the configuration'];
  const variable = at(stack.place.configuration, 'variable', name);
  const sensitive = at(variable, 'sensitive');
  if (sensitive !== true && sensitive !== 'true') return [`is var.${name}, which is not sensitive`];
  return when(
    at(variable, 'default') !== undefined,
    `is var.${name}, whose default stands in the configuration`,
  );
}
