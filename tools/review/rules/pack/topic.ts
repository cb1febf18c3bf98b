import { isOpen, refusesPlainHttp } from '../reading/exposure';
import { textOf } from '../reading/fields';
import { policiesOf } from '../reading/statements';
import { attributeOf, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

const topic = ['aws_sns_topic'];

const policies = (resource: RuleResource) =>
  policiesOf(resource, { attribute: 'policy', type: 'aws_sns_topic_policy', link: 'arn' });

export const topicEncryption: Rule = {
  id: 'topic-encryption',
  title: 'A topic is encrypted with a key of the account',
  scanners: ['CKV_AWS_26', 'AWS-0095', 'AWS-0136', 'SNS.1', 'KICS SNS Topic Not Encrypted'],
  protects:
    'Alarms name queues and subscribers; CloudWatch cannot notify a topic that alias/aws/sns encrypts.',
  fix: 'constructs/monitoring/alarm-topic.ts sets kmsMasterKeyId',
  types: topic,
  problems(resource) {
    const key = textOf(resource, 'kms_master_key_id');
    if (!key) return ['it has no key'];
    return when(/(^|:)alias\/aws\/sns$/.test(key), 'its key is alias/aws/sns');
  },
};

export const topicNotPublic: Rule = {
  id: 'topic-not-public',
  title: 'Nobody but those whom its policy names may use a topic',
  scanners: ['CKV_AWS_169', 'SNS.4', 'KICS SNS Topic is Publicly Accessible'],
  protects: 'Everyone may send alarms that are none, or read those that are.',
  fix: 'name who publishes in the topic’s policy',
  types: topic,
  problems: (resource) =>
    policies(resource)
      .flat()
      .filter(isOpen)
      .map(({ called }) => `${called} of its policy allows everyone`),
};

export const topicTls: Rule = {
  id: 'topic-tls-only',
  title: 'A topic refuses requests without TLS',
  scanners: ['AwsSolutions-SNS3'],
  protects: 'SNS answers plain HTTP as well, where messages can be read on the way.',
  fix: 'deny sns:Publish to everyone where aws:SecureTransport is false',
  types: topic,
  problems(resource) {
    const arn = attributeOf(resource, 'arn');
    const refuses = policies(resource).some((statements) =>
      statements.some(
        (statement) =>
          refusesPlainHttp(statement, 'sns', arn) ||
          (statement.actions.some((action) => action.toLowerCase() === 'sns:publish') &&
            refusesPlainHttp({ ...statement, actions: ['sns:*'] }, 'sns', arn)),
      ),
    );
    return when(!refuses, 'its policy has no Deny for everyone where aws:SecureTransport is false');
  },
};
