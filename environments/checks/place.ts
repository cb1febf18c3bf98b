import { parseQueueArn } from '../../constructs/iam/arn';
import type { Placement } from '../../constructs/iam/placement';
import type { Rule } from './check';
import { matching } from './rules';

export const accountIdRule: Rule = matching(
  /^\d{12}$/,
  'the twelve digits of an AWS account, in quotes and with leading zeros',
);

const direction = '(central|east|north|northeast|northwest|south|southeast|southwest|west)';

/** Of every partition. A new continent is added here. */
export const regionRule: Rule = matching(
  new RegExp(
    `^((af|ap|ca|eu|il|me|mx|sa|us)-${direction}-[1-9]|cn-(north|northwest)-1|us-gov-(east|west)-1|us-iso-(east|west)-1|us-isob-(east|west)-1|us-isof-(east|south)-1|eu-isoe-west-1|eusc-de-east-1)$`,
  ),
  'an AWS region such as ap-northeast-2, us-gov-west-1 or cn-north-1',
);

/** An ARN of something in the environment's own region, since AWS does not reach across regions there. */
const arnRule =
  (kind: string, pattern: RegExp, example: string, home: Placement | undefined, accountToo = false): Rule =>
  (value) => {
    const parts = typeof value === 'string' ? pattern.exec(value)?.groups : undefined;
    if (!parts) return `must be the ARN of ${kind}: ${example}`;
    return home && elsewhere(kind, parts, home, accountToo);
  };

function elsewhere(
  kind: string,
  parts: { readonly [part: string]: string | undefined },
  home: Placement,
  accountToo: boolean,
): string | undefined {
  const { partition, region, accountId } = parts;
  if (partition !== home.partition) {
    return `is in the partition ${partition}, the environment's region ${home.region} in ${home.partition}: use ${kind} of ${home.region}`;
  }
  if (region !== home.region) {
    return `is in the region ${region}, the environment in ${home.region}: use ${kind} of ${home.region}`;
  }
  if (accountToo && accountId !== home.accountId) {
    return `is in the account ${accountId}, the environment in ${home.accountId}: use ${kind} of ${home.accountId}`;
  }
  return undefined;
}

const arnPattern = (service: string, resource: string) =>
  new RegExp(
    `^arn:(?<partition>aws[a-z-]*):${service}:(?<region>[a-z0-9-]+):(?<accountId>\\d{12}):${resource}$`,
  );

/** CloudWatch alarms notify topics of their own region only. */
export const topicArnRule = (home: Placement | undefined) =>
  arnRule(
    'an SNS topic',
    arnPattern('sns', '[A-Za-z0-9_-]{1,256}(\\.fifo)?'),
    'arn:aws:sns:<region>:<account>:<topic>',
    home,
  );

/** A key's alias could be pointed elsewhere, and IAM does not take it for the key. */
export const keyArnRule = (home: Placement | undefined) =>
  arnRule(
    'a KMS key',
    arnPattern('kms', 'key/([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})'),
    'arn:aws:kms:<region>:<account>:key/<id>, and no alias',
    home,
  );

/**
 * Web ACLs of CloudFront are global, and go with nothing else.
 * https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
 */
export const webAclArnRule = (home: Placement | undefined) =>
  arnRule(
    'a regional WAF web ACL',
    arnPattern('wafv2', 'regional/webacl/[\\w-]{1,128}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'),
    'arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>',
    home,
    true,
  );

/** A key of the account itself: elsewhere its policy would have to let this account in. */
export const ownKeyArnRule =
  (home: Placement | undefined): Rule =>
  (value) =>
    keyArnRule(home)(value) ?? ownAccountRule(home)(value);

const ownAccountRule =
  (home: Placement | undefined): Rule =>
  (value) => {
    const accountId = typeof value === 'string' ? value.split(':')[4] : undefined;
    return home && accountId !== home.accountId
      ? `is in the account ${accountId}, the environment in ${home.accountId}: use one of ${home.accountId}`
      : undefined;
  };

/**
 * With the six characters that Secrets Manager appends: without them a policy would not match the secret, or match
 * another one that begins so.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html
 */
export const secretArnRule = (home: Placement | undefined) =>
  arnRule(
    'a Secrets Manager secret',
    arnPattern('secretsmanager', 'secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}'),
    'arn:aws:secretsmanager:<region>:<account>:secret:<name>-<six characters>, whole as `aws secretsmanager describe-secret` says it',
    home,
    true,
  );

export const functionArnRule = (home: Placement | undefined) =>
  arnRule(
    'a Lambda function',
    arnPattern('lambda', 'function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_$-]{1,128})?'),
    'arn:aws:lambda:<region>:<account>:function:<name>',
    home,
    true,
  );

/** A regional domain takes certificates of its own account and region. */
export const certificateArnRule = (home: Placement | undefined) =>
  arnRule(
    'an ACM certificate',
    arnPattern('acm', 'certificate/[A-Za-z0-9-]{1,64}'),
    'arn:aws:acm:<region>:<account>:certificate/<id>',
    home,
    true,
  );

/** API Gateway's integrations and pipes reach queues of their own region only; the account may be another. */
export const queueArnRule =
  (home: Placement | undefined): Rule =>
  (value) => {
    const parts = typeof value === 'string' ? parseQueueArn(value) : undefined;
    if (!parts) return 'must be the ARN of an SQS queue: arn:aws:sqs:<region>:<account>:<queue>';
    return home && elsewhere('a queue', parts, home, false);
  };
