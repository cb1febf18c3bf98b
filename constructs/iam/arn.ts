import type { Placement } from './placement';

/** The account itself, as a principal: it delegates to the identity policies of that account. */
export const accountRootArn = (at: Placement) => `arn:${at.partition}:iam::${at.accountId}:root`;

export const roleArn = (at: Placement, name: string) =>
  `arn:${at.partition}:iam::${at.accountId}:role/${name}`;

export const managedPolicyArn = (at: Placement, name: string) =>
  `arn:${at.partition}:iam::${at.accountId}:policy/${name}`;

/**
 * The role that AWS makes in the account for one of its services.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export const serviceLinkedRoleArn = (at: Placement, service: string, name: string) =>
  roleArn(at, `aws-service-role/${service}/${name}`);

/** Whose tokens the account trusts, by the host of their issuer. */
export const identityProviderArn = (at: Placement, host: string) =>
  `arn:${at.partition}:iam::${at.accountId}:oidc-provider/${host}`;

export const queueArn = (at: Placement, name: string) =>
  `arn:${at.partition}:sqs:${at.region}:${at.accountId}:${name}`;

/** Every KMS key of the account in the region; only ever used together with a condition on the key's alias. */
export const anyKeyArn = (at: Placement) => `arn:${at.partition}:kms:${at.region}:${at.accountId}:key/*`;

export const keyAliasArn = (at: Placement, alias: string) =>
  `arn:${at.partition}:kms:${at.region}:${at.accountId}:${alias}`;

export const functionArn = (at: Placement, name: string) =>
  `arn:${at.partition}:lambda:${at.region}:${at.accountId}:function:${name}`;

/** Every event source mapping of the account in the region: Lambda gives them ids, not names. */
export const anyEventSourceMappingArn = (at: Placement) =>
  `arn:${at.partition}:lambda:${at.region}:${at.accountId}:event-source-mapping:*`;

export const pipeArn = (at: Placement, name: string) =>
  `arn:${at.partition}:pipes:${at.region}:${at.accountId}:pipe/${name}`;

/** An API destination by name; EventBridge appends an id of its own, which only exists after creation. */
export const apiDestinationArn = (at: Placement, name: string) =>
  `arn:${at.partition}:events:${at.region}:${at.accountId}:api-destination/${name}/*`;

/** Connections or API destinations whose names match; whether the id that EventBridge appends is there or not. */
export const eventBridgeArn = (at: Placement, kind: 'api-destination' | 'connection', pattern: string) =>
  `arn:${at.partition}:events:${at.region}:${at.accountId}:${kind}/${pattern}`;

/**
 * The secrets in which EventBridge keeps what connections whose names match authorize themselves with.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection.html
 */
export const connectionSecretArn = (at: Placement, pattern: string) =>
  `arn:${at.partition}:secretsmanager:${at.region}:${at.accountId}:secret:events!connection/${pattern}`;

export const logGroupArn = (at: Placement, logGroupName: string) =>
  `arn:${at.partition}:logs:${at.region}:${at.accountId}:log-group:${logGroupName}`;

export const alarmArn = (at: Placement, name: string) =>
  `arn:${at.partition}:cloudwatch:${at.region}:${at.accountId}:alarm:${name}`;

export const topicArn = (at: Placement, name: string) =>
  `arn:${at.partition}:sns:${at.region}:${at.accountId}:${name}`;

/** IAM knows dashboards without a region. */
export const dashboardArn = (at: Placement, name: string) =>
  `arn:${at.partition}:cloudwatch::${at.accountId}:dashboard/${name}`;

/** Rules of the default event bus. */
export const eventRuleArn = (at: Placement, name: string) =>
  `arn:${at.partition}:events:${at.region}:${at.accountId}:rule/${name}`;

/** The streams of a log group, which is what writing needs. */
export const logStreamsArn = (at: Placement, logGroupName: string) =>
  `arn:${at.partition}:logs:${at.region}:${at.accountId}:log-group:${logGroupName}:*`;

export const bucketArn = (at: Placement, name: string) => `arn:${at.partition}:s3:::${name}`;

export const bucketObjectsArn = (at: Placement, name: string) => `${bucketArn(at, name)}/*`;

/** Every certificate of ACM of the account in the region: they have ids instead of names. */
export const anyCertificateArn = (at: Placement) =>
  `arn:${at.partition}:acm:${at.region}:${at.accountId}:certificate/*`;

export const hostedZoneArn = (at: Placement, id: string) => `arn:${at.partition}:route53:::hostedzone/${id}`;

/** Every change of records of the account: Route 53 gives them ids. */
export const anyRecordChangeArn = (at: Placement) => `arn:${at.partition}:route53:::change/*`;

/**
 * What API Gateway is configured with, which IAM knows by its path and without an account.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 * @param path with its leading slash.
 */
export const apiGatewayArn = (at: Placement, path: string) =>
  `arn:${at.partition}:apigateway:${at.region}::${path}`;

/**
 * A method of an API Gateway API. `*` stands for any method or path.
 * @param apiId usually a reference: API Gateway chooses the id.
 * @param path with its leading slash, or `/*`.
 */
export const executeApiArn = (
  at: Placement,
  apiId: string,
  stage: string,
  method: '*' | 'POST',
  path: string,
) => `arn:${at.partition}:execute-api:${at.region}:${at.accountId}:${apiId}/${stage}/${method}${path}`;

/**
 * A private API's address through one of its interface endpoints, for networks in which the endpoint has no private
 * DNS names. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-test-invoke-url.html
 */
export const endpointUrl = (at: Placement, apiId: string, vpcEndpointId: string, stage: string) =>
  `https://${apiId}-${vpcEndpointId}.execute-api.${at.region}.${at.dnsSuffix}/${stage}`;

/** Posting to the connections of one WebSocket stage. */
export const postToConnectionsArn = (at: Placement, apiId: string, stage: string) =>
  executeApiArn(at, apiId, stage, 'POST', '/@connections/*');

/**
 * The integration URI with which API Gateway calls SQS with one queue's path.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (`uri`, path-based AWS service)
 */
export const sqsIntegrationUri = (at: Placement, queueAccountId: string, queueName: string) =>
  `arn:${at.partition}:apigateway:${at.region}:sqs:path/${queueAccountId}/${queueName}`;

/** The account in an ARN. */
export const accountIdOf = (arn: string): string => arn.split(':')[4] ?? '';

/** The parts of an SQS queue's ARN, or undefined where `arn` is not one. */
export function parseQueueArn(
  arn: string,
): { partition: string; region: string; accountId: string; name: string } | undefined {
  const match =
    /^arn:(aws[a-z-]*):sqs:([a-z0-9-]+):(\d{12}):([A-Za-z0-9_-]{1,80}|[A-Za-z0-9_-]{1,75}\.fifo)$/.exec(arn);
  if (!match) return undefined;
  const [, partition = '', region = '', accountId = '', name = ''] = match;
  return { partition, region, accountId, name };
}

/**
 * The URI by which API Gateway calls a function.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_Authorizer.html (`authorizerUri`)
 */
export const functionInvocationUri = (at: Placement, functionArn: string) =>
  `arn:${at.partition}:apigateway:${at.region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;

/** A queue's URL, as the query API and the SDKs name it. */
export const queueUrl = (at: Placement, accountId: string, name: string) =>
  `https://sqs.${at.region}.${at.dnsSuffix}/${accountId}/${name}`;
