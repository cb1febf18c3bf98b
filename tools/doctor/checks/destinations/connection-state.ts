import type { DescribeConnectionResponse } from '@aws-sdk/client-eventbridge';
import { flag, optionalText, text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { blocksOf, optionalBlock, requiredBlock } from '../../../rehearse/pipe/blocks';
import type { Finding } from '../../finding';

/**
 * What is to be said of the state that a connection is in; nothing where it may be used.
 *
 * EventBridge de-authorizes one itself, and does not come back to it: its secret must be given again. Terraform cannot see
 * that, and applies only what differs. The CDKTF CLI has no option to replace a resource, but starts Terraform with the
 * environment's variables.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-states.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-deauthorize.html
 * @param resource the connection's address in its stack: `<type>.<name>`
 */
export function connectionStateTold(
  { ConnectionState: state, StateReason: reason, AuthorizationType }: DescribeConnectionResponse,
  {
    waiting,
    deploy,
    resource,
  }: { readonly waiting: string; readonly deploy: string; readonly resource: string },
): Pick<Finding, 'severity' | 'problem' | 'seen' | 'cause' | 'fix'> | undefined {
  const problem = `it is ${state ?? 'in no known state'}${reason ? `: ${reason}` : ''}`;
  switch (state) {
    case 'AUTHORIZED':
    case 'ACTIVE':
      return undefined;
    case 'DEAUTHORIZED':
      return {
        severity: 'error',
        problem,
        seen: waiting,
        cause:
          AuthorizationType === 'OAUTH_CLIENT_CREDENTIALS'
            ? 'The token endpoint refuses the client id or secret, or does not answer with a token'
            : 'The subscriber has answered 401 or 407, after which EventBridge takes the authorization away; else someone did, or its secret in Secrets Manager is gone',
        fix: `Have the subscriber take the secret. If it is a new one, set it (its variable <…>_secret, as TF_VAR_… or in the workspace), then ${deploy}; if it is the same, Terraform sees no change: TF_CLI_ARGS_apply=-replace=${resource} ${deploy}`,
      };
    case 'FAILED_CONNECTIVITY':
      return {
        severity: 'error',
        problem,
        seen: waiting,
        cause:
          'EventBridge does not reach a private endpoint: the resource configuration in VPC Lattice, its security group',
        fix: 'Mend the network, then authorize the connection again; this project synthesizes public endpoints only',
      };
    case 'DELETING':
      return {
        severity: 'error',
        problem,
        seen: waiting,
        cause: 'Someone has deleted it',
        fix: `${deploy}, when it is gone`,
      };
    default:
      return {
        severity: 'warning',
        problem,
        seen: `messages wait until it is AUTHORIZED. If it stays so, ${waiting}`,
        cause: 'It is being changed, or waits for a token endpoint that does not answer',
        fix: 'Run the doctor again in two minutes',
      };
  }
}

type Difference = Omit<Finding, 'at' | 'subject' | 'fix'>;

/** How requests are authorized, where that is not as synthesized. Secrets are never given by AWS, and not looked at. */
export function connectionDifferences(
  connection: PlanResource,
  deployed: DescribeConnectionResponse,
): readonly Difference[] {
  const cause = 'It was changed in the console or by another tool';
  const type = text(connection, 'authorization_type');
  if (type !== deployed.AuthorizationType) {
    return [
      {
        code: 'connection-authorization',
        severity: 'error',
        problem: 'it authorizes in another way',
        synthesized: type,
        deployed: deployed.AuthorizationType ?? 'none',
        seen: 'the subscriber does not know the requests for ours, and answers 401 or 403',
        cause,
      },
    ];
  }
  const [wanted, there] = [wantedParameters(connection), deployedParameters(deployed)];
  return [...wanted].flatMap(([what, value]): readonly Difference[] => {
    const deployedValue = there.get(what);
    if (value === deployedValue || isSameHeader(what, value, deployedValue)) return [];
    return [
      {
        code: 'connection-parameter',
        severity: 'error',
        problem: `its ${what} is another one`,
        synthesized: value,
        deployed: deployedValue ?? 'none',
        seen:
          type === 'OAUTH_CLIENT_CREDENTIALS'
            ? 'EventBridge gets no token, or one of another client: the subscriber answers 401 or 403'
            : 'the subscriber does not know the requests for ours, and answers 401 or 403',
        cause,
      },
    ];
  });
}

const isSameHeader = (what: string, one: string, other: string | undefined) =>
  what === 'header' && one.toLowerCase() === other?.toLowerCase();

/** What of the authorization is no secret. */
function wantedParameters(connection: PlanResource): ReadonlyMap<string, string> {
  const kinds = ['api_key', 'basic', 'oauth', 'invocation_http_parameters'];
  const parameters = requiredBlock(connection, 'auth_parameters', kinds);
  const apiKey = optionalBlock(parameters, 'api_key', ['key', 'value']);
  const basic = optionalBlock(parameters, 'basic', ['username', 'password']);
  const oauth = optionalBlock(parameters, 'oauth', [
    'authorization_endpoint',
    'http_method',
    'client_parameters',
    'oauth_http_parameters',
  ]);
  const client = oauth && optionalBlock(oauth, 'client_parameters', ['client_id', 'client_secret']);
  return present([
    ['header', apiKey && text(apiKey, 'key')],
    ['user name', basic && text(basic, 'username')],
    ['token endpoint', oauth && text(oauth, 'authorization_endpoint')],
    ['token request method', oauth && optionalText(oauth, 'http_method')],
    ['client id', client && text(client, 'client_id')],
    ['token request body', oauth && listed(bodyParameters(oauth))],
  ]);
}

function deployedParameters({ AuthParameters }: DescribeConnectionResponse): ReadonlyMap<string, string> {
  const { ApiKeyAuthParameters, BasicAuthParameters, OAuthParameters } = AuthParameters ?? {};
  return present([
    ['header', ApiKeyAuthParameters?.ApiKeyName],
    ['user name', BasicAuthParameters?.Username],
    ['token endpoint', OAuthParameters?.AuthorizationEndpoint],
    ['token request method', OAuthParameters?.HttpMethod],
    ['client id', OAuthParameters?.ClientParameters?.ClientID],
    [
      'token request body',
      OAuthParameters &&
        listed(
          (OAuthParameters.OAuthHttpParameters?.BodyParameters ?? []).map(({ Key, Value, IsValueSecret }) =>
            parameter(Key, Value, IsValueSecret),
          ),
        ),
    ],
  ]);
}

const bodyParameters = (oauth: PlanResource): readonly string[] => {
  const http = optionalBlock(oauth, 'oauth_http_parameters', ['header', 'query_string', 'body']);
  return http
    ? blocksOf(http, 'body', ['key', 'value', 'is_value_secret']).map((body) =>
        parameter(text(body, 'key'), optionalText(body, 'value'), flag(body, 'is_value_secret')),
      )
    : [];
};

const parameter = (name = '', value = '', isSecret = false) => `${name}=${isSecret ? '(secret)' : value}`;

const listed = (parameters: readonly string[]) => [...parameters].sort().join('&') || 'empty';

const present = (entries: readonly (readonly [string, string | undefined])[]): ReadonlyMap<string, string> =>
  new Map(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
