import { apiGatewayArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition } from '../statement';
import type { DeploymentGrants } from './deployment-action';

/** What a WebSocket API is made of, apart from its stages, which have tags of their own. */
const webSocketParts = ['deployments', 'integrations', 'models', 'routes'];

/** What HTTP APIs have beside those: `cors` is deleted by itself. */
const httpParts = ['authorizers', 'cors'];

/**
 * REST, HTTP and WebSocket APIs, which have ids instead of names. What writes is allowed by the tag `environment`, which all
 * parts of a REST API inherit for that; the parts of the others do not, and tags themselves are not resources
 * that have any. Reading is allowed by neither: what is gone would be refused instead of not found, and Terraform
 * could not tell.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 * @param setsAccountLogging whether the environment sets the role as which API Gateway writes logs
 * @param hasHttpApi whether one of its APIs is an HTTP API
 */
export function apiGrants(
  at: Placement,
  environment: string,
  { setsAccountLogging, hasHttpApi }: { readonly setsAccountLogging: boolean; readonly hasHttpApi: boolean },
): DeploymentGrants {
  const arns = (...paths: readonly string[]) => paths.map((path) => apiGatewayArn(at, path));
  const tag = (of: 'Request' | 'Resource'): Condition => ({
    test: 'StringEquals',
    variable: `aws:${of}Tag/environment`,
    values: [environment],
  });
  return {
    read: [
      {
        sid: 'ReadApisWhichHaveIdsInsteadOfNames',
        actions: ['apigateway:GET'],
        resources: arns('/apis/*', '/restapis/*'),
      },
      ...(setsAccountLogging
        ? [
            {
              sid: 'ReadTheRoleThatWritesTheLogsOfTheAccount',
              actions: ['apigateway:GET'] as const,
              resources: arns('/account'),
            },
          ]
        : []),
    ],
    write: [
      {
        sid: 'MakeApisWithTheTagOfThisEnvironment',
        actions: ['apigateway:POST'],
        resources: arns('/apis', '/restapis'),
        conditions: [tag('Request')],
      },
      {
        sid: 'ChangeAndDeleteTheApisWithTheTagOfThisEnvironment',
        actions: [
          'apigateway:DELETE',
          'apigateway:PATCH',
          'apigateway:POST',
          'apigateway:PUT',
          // With other tags than `environment`, which the request then has not.
          'apigateway:TagResource',
          'apigateway:UpdateRestApiPolicy',
        ],
        resources: arns('/apis/*', '/restapis/*'),
        conditions: [tag('Resource')],
      },
      {
        sid: 'ChangeThePartsOfWebSocketApisWhichHaveNoTags',
        actions: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST'],
        resources: arns(...webSocketParts.flatMap((part) => [`/apis/*/${part}`, `/apis/*/${part}/*`])),
      },
      {
        sid: 'MakeStagesOfWebSocketApisWithTheTagOfThisEnvironment',
        actions: ['apigateway:POST'],
        resources: arns('/apis/*/stages'),
        conditions: [tag('Request')],
      },
      {
        sid: 'TagApisAndStagesForWhichThereIsNoNarrowerResource',
        actions: ['apigateway:DELETE', 'apigateway:POST', 'apigateway:PUT'],
        resources: arns('/tags/*'),
      },
      {
        // Nothing in AWS's reference says so, but some requests with tags are checked for it.
        sid: 'TagApisAndStagesAsTheyAreMade',
        actions: ['apigateway:TagResource'],
        resources: arns('/apis', '/apis/*', '/restapis', '/restapis/*'),
        conditions: [tag('Request')],
      },
      ...(hasHttpApi
        ? [
            {
              sid: 'ChangeThePartsThatHttpApisHaveBesideThose',
              actions: ['apigateway:DELETE', 'apigateway:PATCH', 'apigateway:POST'] as const,
              resources: arns(...httpParts.flatMap((part) => [`/apis/*/${part}`, `/apis/*/${part}/*`])),
            },
          ]
        : []),
      ...(setsAccountLogging
        ? [
            {
              sid: 'SetTheRoleThatWritesTheLogsOfTheAccount',
              actions: ['apigateway:PATCH'] as const,
              resources: arns('/account'),
            },
          ]
        : []),
    ],
  };
}
