import { apiGateway, webAcl } from './api-access';
import {
  type Access,
  type AccessOf,
  account,
  arn,
  ask,
  bucketArn,
  inEnvironment,
  logDelivery,
  plain,
  region,
  roleArn,
} from './ask';
import type { Call } from './call';
import { certificate, records } from './domain-access';

/**
 * What AWS asks IAM for, call by call.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 * @param environment the one whose things the call is about: its name stands in theirs, and in their tags
 */
export function accessOf(call: Call, environment: string): readonly Access[] {
  const [service = '', method = ''] = call.operation.split('.');
  const of = services[service];
  if (!of) throw new Error(`nothing is known of ${call.operation}`);
  const about = { ...call, method, environment, on: inEnvironment(call.on, environment) };
  return [
    ...of(about),
    ...(call.passes
      ? [
          ask('iam:PassRole', roleArn(inEnvironment(call.passes, environment)), {
            'iam:PassedToService': passedTo[service],
          }),
        ]
      : []),
  ];
}

const passedTo: Readonly<Record<string, string>> = {
  APIGateway: 'apigateway.amazonaws.com',
  ApiGatewayV2: 'apigateway.amazonaws.com',
  Lambda: 'lambda.amazonaws.com',
  Pipes: 'pipes.amazonaws.com',
};

const functionArn = (name: string) => arn('lambda', `function:${name}`);

const lambda: AccessOf = (about) => {
  const { method, on, environment, tagged } = about;
  const own = functionArn(`${environment}-websocket-reply`);
  const mapping = arn('lambda', 'event-source-mapping:{id}');
  if (method === 'CreateEventSourceMapping') {
    return [
      ask('lambda:CreateEventSourceMapping', '*', { 'lambda:FunctionArn': own }),
      ask('lambda:TagResource', mapping),
    ];
  }
  if (/event-source-mapping/.test(on)) {
    const named = method === 'ListTags' || method.endsWith('tagResource') || method === 'TagResource';
    return [ask(`lambda:${method}`, mapping, named ? {} : { 'lambda:FunctionArn': own })];
  }
  const name = /function[s:]*[/:]([\w-]+)/.exec(on)?.[1] ?? `${environment}-websocket-reply`;
  return [
    ...plain('lambda', functionArn, 'TagResource')({ ...about, on: name, ...(tagged && { tagged }) }),
    ...(variablesKey[method]?.map((action) =>
      ask(`kms:${action}`, arn('kms', 'key/{id}'), {
        'kms:ViaService': `lambda.${region}.amazonaws.com`,
        'kms:EncryptionContext:aws:lambda:FunctionArn': functionArn(name),
      }),
    ) ?? []),
  ];
};

/** Lambda uses the key of a function's variables in the caller's name. */
const variablesKey: Readonly<Record<string, readonly string[] | undefined>> = {
  CreateFunction: ['CreateGrant', 'Encrypt'],
  GetFunction: ['Decrypt'],
  UpdateFunctionConfiguration: ['CreateGrant', 'Decrypt', 'Encrypt'],
};

/** Operations whose action has another name. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const s3Actions: Readonly<Record<string, string>> = {
  DeletePublicAccessBlock: 'PutBucketPublicAccessBlock',
  GetBucketAccelerateConfiguration: 'GetAccelerateConfiguration',
  GetBucketCors: 'GetBucketCORS',
  GetBucketEncryption: 'GetEncryptionConfiguration',
  GetBucketLifecycleConfiguration: 'GetLifecycleConfiguration',
  GetBucketReplication: 'GetReplicationConfiguration',
  GetObjectLockConfiguration: 'GetBucketObjectLockConfiguration',
  GetPublicAccessBlock: 'GetBucketPublicAccessBlock',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListObjectsV2: 'ListBucket',
  PutPublicAccessBlock: 'PutBucketPublicAccessBlock',
};

const s3: AccessOf = ({ method, on }) => {
  const [path = '', query = ''] = (on.split(' ')[1] ?? '').split('?');
  const prefix = /^prefix=(.*)$/.exec(query)?.[1];
  return [
    ask(
      `s3:${s3Actions[method] ?? method}`,
      bucketArn(path.replace(/^\/|\/$/g, '')),
      prefix === undefined ? {} : { 's3:prefix': prefix },
    ),
  ];
};

const kms: AccessOf = ({ method, on, environment, tagged }) => {
  const key = arn('kms', 'key/{id}');
  const ofKey = { 'aws:ResourceTag/environment': environment };
  const ofRequest = { 'aws:RequestTag/environment': environment };
  if (method === 'CreateKey') {
    return [
      ask('kms:CreateKey', '*', ofRequest),
      ask('kms:PutKeyPolicy', '*', ofRequest),
      ...(tagged ? [ask('kms:TagResource', '*', ofRequest)] : []),
    ];
  }
  if (method === 'ListAliases') return [ask('kms:ListAliases', '*')];
  if (/Alias$/.test(method)) {
    return [ask(`kms:${method}`, arn('kms', on)), ask(`kms:${method}`, key, ofKey)];
  }
  // Its tags do not count yet right after it was made.
  const sooner = /^(Describe|Get|List|EnableKeyRotation)/.test(method);
  return [ask(`kms:${method}`, key, sooner ? {} : ofKey)];
};

const logGroup = (on: string) => (on.startsWith('arn:') ? on : arn('logs', `log-group:${on}`));

const cloudWatchLogs: AccessOf = (about) =>
  about.method === 'DescribeLogGroups'
    ? [ask('logs:DescribeLogGroups', '*')]
    : plain('logs', logGroup, 'TagResource')(about);

const alarm = (on: string) => (on.startsWith('arn:') ? on : arn('cloudwatch', `alarm:${on}`));

const cloudWatch: AccessOf = (about) => {
  const { method, environment } = about;
  if (method === 'DescribeAlarms') {
    return [ask('cloudwatch:DescribeAlarms', arn('cloudwatch', 'alarm:*'))];
  }
  // Named like the environment, which the recording shows as it is.
  if (/Dashboards?$/.test(method)) {
    return [ask(`cloudwatch:${method}`, `arn:aws:cloudwatch::${account}:dashboard/${environment}`)];
  }
  return plain('cloudwatch', alarm, 'TagResource')(about);
};

const topic = (on: string) => (on.startsWith('arn:') ? on : arn('sns', on));

const iam: AccessOf = (about) => {
  const { method, on, boundary, environment, tagged } = about;
  const writes = /^(CreateRole|(Put|Delete|Attach|Detach)Role(Policy|PermissionsBoundary))$/.test(method);
  return [
    ask(`iam:${method}`, roleArn(on), {
      // The request's, or the role's.
      ...(writes && {
        'iam:PermissionsBoundary': `arn:aws:iam::${account}:policy/${inEnvironment(boundary ?? 'dev-boundary', environment)}`,
      }),
    }),
    ...(tagged && method === 'CreateRole' ? [ask('iam:TagRole', roleArn(on))] : []),
  ];
};

/** EventBridge writes the secret in the caller's name. */
const secret = (on: string, ...actions: readonly string[]) =>
  actions.map((action) =>
    ask(`secretsmanager:${action}`, arn('secretsmanager', `secret:events!connection/${on}/{id}`)),
  );

const linked = 'apidestinations.events.amazonaws.com';

const rule = (on: string) => (on.startsWith('arn:') ? on : arn('events', `rule/${on}`));

const eventBridge: AccessOf = (about) => {
  const { method, on } = about;
  if (!/(ApiDestination|Connection)$/.test(method)) return plain('events', rule, 'TagResource')(about);
  const kind = /ApiDestination$/.test(method) ? 'api-destination' : 'connection';
  return [
    ask(`events:${method}`, arn('events', `${kind}/${on}`)),
    ...(method === 'CreateApiDestination'
      ? [ask(`events:${method}`, arn('events', `connection/${on}/{id}`))]
      : []),
    ...(method === 'CreateConnection'
      ? [
          ...secret(on, 'CreateSecret', 'GetSecretValue', 'PutSecretValue'),
          ask(
            'iam:CreateServiceLinkedRole',
            roleArn(`aws-service-role/${linked}/AWSServiceRoleForAmazonEventBridgeApiDestinations`),
            { 'iam:AWSServiceName': linked },
          ),
        ]
      : []),
    ...(method === 'UpdateConnection' ? secret(on, 'UpdateSecret', 'GetSecretValue', 'PutSecretValue') : []),
    ...(method === 'DeleteConnection' ? secret(on, 'DeleteSecret') : []),
  ];
};

const pipes: AccessOf = (about) => {
  const name = /pipe[s:]*\/([\w-]+)$/.exec(about.on)?.[1] ?? '';
  return [
    ...plain('pipes', (pipe) => arn('pipes', `pipe/${pipe}`), 'TagResource')({ ...about, on: name }),
    ...(/^(Create|Update|Delete)Pipe$/.test(about.method) ? logDelivery : []),
  ];
};

const services: Readonly<Record<string, AccessOf>> = {
  ACM: certificate,
  APIGateway: apiGateway,
  ApiGatewayV2: apiGateway,
  CloudWatch: cloudWatch,
  CloudWatchLogs: cloudWatchLogs,
  EventBridge: eventBridge,
  IAM: iam,
  KMS: kms,
  Lambda: lambda,
  Pipes: pipes,
  Route53: records,
  S3: s3,
  SNS: plain('sns', topic, 'TagResource'),
  SQS: plain('sqs', (name) => arn('sqs', name), 'TagQueue'),
  WAFV2: webAcl,
  // Who one is nobody is refused.
  STS: () => [],
};
