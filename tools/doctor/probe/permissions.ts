import type { Environment } from '../../../environments/environment';
import type { Plan } from '../../plan/plan';
import type { Permission } from '../check';
import { markPrefix } from './mark';
import type { ProbedQueue } from './queues';
import { type Archive, type Target, targetsOf, type WebSocketTarget } from './targets';

/** What `probe` asks of AWS, beyond what anyone may; ids that AWS gives are `*`. */
export const probePermissions = (plans: readonly Plan[], environment: Environment): readonly Permission[] =>
  unique(targetsOf(plans, environment).flatMap(permissionsFor));

function permissionsFor(target: Target): readonly Permission[] {
  switch (target.kind) {
    case 'callback': {
      const { queue, consumer, plan } = target;
      return [
        ...(consumer.kind === 'unknown' ? [] : counting(queue)),
        ...(consumer.kind === 'nobody' ? receiving(plan, queue) : []),
        ...(consumer.kind === 'archive' ? finding(consumer.archive) : []),
      ];
    }
    case 'websocket':
      return [
        ...counting(target.queue),
        ...(target.api.connectAuthorization === 'AWS_IAM' ? [connecting(target, '*')] : []),
      ];
    case 'subscription':
      return [];
  }
}

const counting = ({ arn, deadLetter }: ProbedQueue): readonly Permission[] =>
  [arn, ...(deadLetter ? [deadLetter.arn] : [])].map((resource) => ({
    action: 'sqs:GetQueueAttributes',
    resource,
  }));

const receiving = (
  { partition, region, accountId }: Plan,
  { arn, keyArn }: ProbedQueue,
): readonly Permission[] => [
  ...['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'].map((action) => ({
    action,
    resource: arn,
  })),
  ...(keyArn === undefined
    ? []
    : [{ action: 'kms:Decrypt', resource: `arn:${partition}:kms:${region}:${accountId}:key/*` }]),
];

const finding = (archive: Archive): readonly Permission[] => [
  { action: 's3:ListBucket', resource: archive.bucketArn },
  { action: 's3:GetObject', resource: objectsOf(archive) },
  { action: deletingAction(archive.versioned), resource: objectsOf(archive) },
];

/** Without a field that names them, objects have SQS's message ids, and any may be the probe's. */
const objectsOf = ({ bucketArn, keyPrefix, messageKeyField }: Archive): string =>
  `${bucketArn}/${keyPrefix}${messageKeyField === undefined ? '' : markPrefix}*`;

/**
 * A version that is named in the request is deleted for good.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html
 */
export const deletingAction = (versioned: boolean) =>
  versioned ? 's3:DeleteObjectVersion' : 's3:DeleteObject';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html */
export const connecting = ({ plan, api }: WebSocketTarget, apiId: string): Permission => ({
  action: 'execute-api:Invoke',
  resource: `arn:${plan.partition}:execute-api:${plan.region}:${plan.accountId}:${apiId}/${api.stageName}/$connect`,
});

const unique = (permissions: readonly Permission[]): readonly Permission[] => [
  ...new Map(
    permissions.map((permission) => [`${permission.action} ${permission.resource}`, permission]),
  ).values(),
];
