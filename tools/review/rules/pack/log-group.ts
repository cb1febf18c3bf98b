import { isProduction } from '../reading/environment-kind';
import { numberOf, textOf } from '../reading/fields';
import { type Rule, when } from '../rule';

const logGroup = ['aws_cloudwatch_log_group'];

export const logGroupEncryption: Rule = {
  id: 'log-group-encryption',
  title: 'In production, a log group is encrypted with a key of the account',
  scanners: [
    'CKV_AWS_158',
    'AWS-0017',
    'HIPAA.Security-CloudWatchLogGroupEncrypted',
    'KICS CloudWatch Log Group Without KMS',
  ],
  protects: 'Logs tell callers’ addresses and ids of messages; a key of one’s own decides who can read them.',
  fix: "set encryption: 'customer-key'",
  differs: 'CloudWatch Logs always encrypts with its own key, which is taken outside production.',
  types: logGroup,
  problems: (group) =>
    when(isProduction(group.stack) && !textOf(group, 'kms_key_id'), 'it has no kms_key_id, in production'),
};

/** https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html#cloudwatch-16 */
const yearOfDays = 365;

export const logGroupRetention: Rule = {
  id: 'log-group-retention',
  title: 'A log group says how long it keeps logs: in production for a year',
  scanners: [
    'CKV_AWS_66',
    'CKV_AWS_338',
    'CloudWatch.16',
    'KICS CloudWatch Without Retention Period Specified',
  ],
  protects: 'Logs that are kept for ever cost ever more; those that are gone cannot explain what happened.',
  fix: 'set logRetentionDays: at least 365 in production',
  differs: 'Outside production any retention is taken.',
  types: logGroup,
  problems(group) {
    const days = numberOf(group, 'retention_in_days') ?? 0;
    if (days === 0) return ['retention_in_days is not set: logs are kept for ever'];
    return when(
      isProduction(group.stack) && days < yearOfDays,
      `retention_in_days is ${days}, in production at least ${yearOfDays}`,
    );
  },
};
