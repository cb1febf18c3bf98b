import { connectionSecretArn, eventBridgeArn, pipeArn, serviceLinkedRoleArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';

/**
 * Pipes, connections and API destinations. As a pipe with logs is made or changed, EventBridge sets up their delivery
 * in the caller's name; as a connection is, it writes the connection's secret, and once an account makes a role.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-vended-logs-permissions.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/using-service-linked-roles-service-action-1.html
 * @param names a pattern of the names, such as `dev-*`
 */
export function pipeGrants(at: Placement, names: string): DeploymentGrants {
  const pipes = [pipeArn(at, names)];
  const connections = eventBridgeArn(at, 'connection', names);
  const apiDestinations = eventBridgeArn(at, 'api-destination', names);
  const apiDestinationsService = 'apidestinations.events.amazonaws.com';
  return {
    read: [
      { sid: 'ReadThePipes', actions: ['pipes:DescribePipe', 'pipes:ListTagsForResource'], resources: pipes },
      {
        sid: 'ReadTheConnectionsAndApiDestinations',
        actions: ['events:DescribeApiDestination', 'events:DescribeConnection'],
        resources: [apiDestinations, connections],
      },
    ],
    write: [
      {
        sid: 'MakeChangeAndDeleteThePipes',
        actions: [
          'pipes:CreatePipe',
          'pipes:DeletePipe',
          'pipes:TagResource',
          'pipes:UntagResource',
          'pipes:UpdatePipe',
        ],
        resources: pipes,
      },
      {
        sid: 'MakeChangeAndDeleteTheConnectionsAndApiDestinations',
        actions: [
          'events:CreateApiDestination',
          'events:CreateConnection',
          'events:DeleteApiDestination',
          'events:DeleteConnection',
          'events:UpdateApiDestination',
          'events:UpdateConnection',
        ],
        resources: [apiDestinations, connections],
      },
      {
        sid: 'WriteTheSecretsOfTheConnectionsThroughEventBridge',
        actions: [
          'secretsmanager:CreateSecret',
          'secretsmanager:DeleteSecret',
          'secretsmanager:GetSecretValue',
          'secretsmanager:PutSecretValue',
          'secretsmanager:UpdateSecret',
        ],
        resources: [connectionSecretArn(at, names)],
      },
      {
        sid: 'LetEventBridgeMakeItsRoleForConnections',
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [
          serviceLinkedRoleArn(
            at,
            apiDestinationsService,
            'AWSServiceRoleForAmazonEventBridgeApiDestinations',
          ),
        ],
        conditions: [
          { test: 'StringEquals', variable: 'iam:AWSServiceName', values: [apiDestinationsService] },
        ],
      },
      {
        sid: 'DeliverLogsOfPipesForWhichAwsDefinesNoResource',
        actions: [
          'logs:CreateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:DescribeResourcePolicies',
          'logs:GetLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:UpdateLogDelivery',
        ],
        resources: ['*'],
      },
    ],
  };
}
