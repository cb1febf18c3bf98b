import type { AccessRequest } from '../../../tools/iam/evaluate';
import type { Call } from './call';

/** What IAM is asked for a call; most calls ask for one action, of the operation's name. */
export type Access = Pick<AccessRequest, 'action' | 'resource' | 'context'>;

export const account = '111122223333';
export const region = 'ap-northeast-2';
export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
export const bucketArn = (name: string) => `arn:aws:s3:::${name}`;

/** Every condition key that the policies ask for: a request that says nothing of one is not decided. */
const without: AccessRequest['context'] = {
  'aws:RequestTag/environment': undefined,
  'aws:ResourceTag/environment': undefined,
  'acm:DomainNames': undefined,
  'iam:AWSServiceName': undefined,
  'iam:PassedToService': undefined,
  'iam:PermissionsBoundary': undefined,
  'kms:EncryptionContext:aws:lambda:FunctionArn': undefined,
  'kms:ViaService': undefined,
  'lambda:FunctionArn': undefined,
  'route53:ChangeResourceRecordSetsNormalizedRecordNames': undefined,
  's3:prefix': undefined,
};

export const ask = (action: string, resource: string, context: AccessRequest['context'] = {}): Access => ({
  action,
  resource,
  context: { ...without, ...context },
});

/** The recorded environment is `dev`. */
export const inEnvironment = (text: string, environment: string) =>
  text.replace(/\bdev-/g, `${environment}-`);

export interface About extends Call {
  readonly method: string;
  readonly environment: string;
}

export type AccessOf = (about: About) => readonly Access[];

/** An action of the operation's name on one resource, and what tags are set with, where the request has any. */
export const plain =
  (prefix: string, resourceOf: (on: string) => string, tagging?: string): AccessOf =>
  ({ method, on, tagged, environment }) => [
    ask(`${prefix}:${method}`, resourceOf(on), { 'aws:ResourceTag/environment': environment }),
    ...(tagged && tagging && tagging !== method ? [ask(`${prefix}:${tagging}`, resourceOf(on))] : []),
  ];

/** What a service with logs of its own is set up with in the caller's name. */
export const logDelivery = [
  'CreateLogDelivery',
  'DeleteLogDelivery',
  'DescribeResourcePolicies',
  'GetLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'UpdateLogDelivery',
].map((action) => ask(`logs:${action}`, '*'));
