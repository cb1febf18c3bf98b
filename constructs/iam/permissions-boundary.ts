import type { Construct } from 'constructs';
import { functionLogGroupName } from '../names';
import { accountLoggingActions } from './account-logging-actions';
import {
  bucketObjectsArn,
  eventBridgeArn,
  functionArn,
  logStreamsArn,
  postToConnectionsArn,
  queueArn,
} from './arn';
import type { Placement } from './placement';
import { readSecretStatements, type SecretAccess } from './secret-access';
import type { IdentityStatement } from './statement';

const contextKey = 'permissions-boundary';

/** Puts every service role below `scope` within the managed policy; call it before the first child is added. */
export function setPermissionsBoundary(scope: Construct, policyArn: string): void {
  scope.node.setContext(contextKey, policyArn);
}

/** The ARN of the boundary of the roles below `scope`, where there is one. */
export function permissionsBoundaryOf(scope: Construct): string | undefined {
  return scope.node.tryGetContext(contextKey) ?? undefined;
}

export interface BoundaryProps {
  /** A pattern of the environment's names, such as `dev-*`. */
  readonly names: string;
  /** The same of its buckets. */
  readonly bucketNames: string;
  /** ARNs of the queues of others that its settings name. */
  readonly otherQueues: readonly string[];
  /** ARNs of the functions of others that its settings name. */
  readonly otherFunctions: readonly string[];
  /** With which requests to its callbacks are signed. */
  readonly secrets: SecretAccess;
  /** Whether the variables of its functions are encrypted with keys of the account. */
  readonly encryptsVariables: boolean;
  /** Whether it sets the role as which API Gateway writes the account's logs. */
  readonly setsAccountLogging: boolean;
}

/**
 * The most that the roles of the running system may ever do, whatever their own policies say: what the constructs
 * grant, on what is named after the environment, and on what of others its settings name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function boundaryStatements(at: Placement, props: BoundaryProps): readonly IdentityStatement[] {
  const { names, bucketNames, otherQueues, otherFunctions, secrets, encryptsVariables, setsAccountLogging } =
    props;
  return [
    {
      sid: 'SendToAndReceiveFromTheQueues',
      actions: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', 'sqs:SendMessage'],
      resources: [queueArn(at, names), ...otherQueues],
    },
    {
      sid: 'UseKeysWhichHaveIdsInsteadOfNamesThroughQueuesOnly',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: [
        { test: 'StringEquals', variable: 'kms:ViaService', values: [`sqs.${at.region}.${at.dnsSuffix}`] },
      ],
    },
    ...readSecretStatements(at, secrets),
    // Lambda gives the roles a grant of the key. AWS does not say that a boundary leaves grants alone.
    ...(encryptsVariables
      ? [
          {
            sid: 'ReadTheVariablesOfTheFunctions',
            actions: ['kms:Decrypt'] as const,
            resources: ['*'],
            conditions: [
              {
                test: 'ArnLike',
                variable: 'kms:EncryptionContext:aws:lambda:FunctionArn',
                values: [functionArn(at, names)],
              },
            ] as const,
          },
        ]
      : []),
    {
      sid: 'AnswerOnTheConnectionsOfApisWhichHaveIdsInsteadOfNames',
      actions: ['execute-api:ManageConnections'],
      resources: [postToConnectionsArn(at, '*', '*')],
    },
    {
      sid: 'CallTheFunctions',
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn(at, names), ...otherFunctions],
    },
    {
      sid: 'CallTheApiDestinations',
      actions: ['events:InvokeApiDestination'],
      resources: [eventBridgeArn(at, 'api-destination', names)],
    },
    { sid: 'WriteToTheBuckets', actions: ['s3:PutObject'], resources: [bucketObjectsArn(at, bucketNames)] },
    {
      sid: 'WriteTheLogsOfTheFunctions',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logStreamsArn(at, functionLogGroupName(names))],
    },
    ...(setsAccountLogging
      ? [
          {
            sid: 'WriteTheLogsOfEveryApiOfTheAccount',
            actions: accountLoggingActions,
            resources: ['*'],
          },
        ]
      : []),
    {
      sid: 'WriteTracesForWhichAwsDefinesNoResource',
      actions: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      resources: ['*'],
    },
  ];
}
