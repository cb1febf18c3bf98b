import { apiGatewayArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition } from '../statement';
import type { DeploymentGrants } from './deployment-action';

/** What a WebSocket API is made of, apart from its stages, which have tags of their own. */
const webSocketParts = ['deployments', 'integrations', 'models', 'routes'];

/**
 * REST and WebSocket APIs, which have ids instead of names. What writes is allowed by the tag `environment`, which all
 * parts of a REST API inherit for that; the parts of a WebSocket API do not, and tags themselves are not resources
 * that have any. Reading is allowed by neither: what is gone would be refused instead of not found, and Terraform
 * could not tell.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
 * @param setsAccountLogging whether the environment sets the role as which API Gateway writes logs
 */
export function apiGrants(
  at: Placement,
  environment: string,
  { setsAccountLogging }: { readonly setsAccountLogging: boolean },
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
