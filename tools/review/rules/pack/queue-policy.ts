import { coversResource, isOpen, refusesPlainHttp } from '../reading/exposure';
import { hasWildcard } from '../reading/glob';
import { policiesOf } from '../reading/statements';
import { attributeOf, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

const queue = ['aws_sqs_queue'];

const policies = (resource: RuleResource) =>
  policiesOf(resource, { attribute: 'policy', type: 'aws_sqs_queue_policy', link: 'queue_url' });

export const queueTls: Rule = {
  id: 'queue-tls-only',
  title: 'A queue refuses requests without TLS, a dead-letter queue too',
  scanners: ['AwsSolutions-SQS4'],
  protects: 'SQS answers plain HTTP as well, where messages can be read on the way.',
  fix: 'constructs/queue/queue-policy.ts denies it for every queue',
  types: queue,
  problems(resource) {
    const arn = attributeOf(resource, 'arn');
    const found = policies(resource);
    if (found.length === 0) return ['it has no policy, so nothing refuses requests without TLS'];
    return found.flatMap((statements) =>
      when(
        !statements.some((statement) => refusesPlainHttp(statement, 'sqs', arn)),
        'its policy has no Deny of sqs:* for everyone where aws:SecureTransport is false',
      ),
    );
  },
};

export const queueNotPublic: Rule = {
  id: 'queue-not-public',
  title: 'Nobody but those whom its policy names may use a queue',
  scanners: ['CKV_AWS_168', 'SQS.3', 'KICS SQS Queue Exposed', 'KICS SQS Policy With Public Access'],
  protects: 'Everyone with an AWS account, or without one, may put messages in or take them out.',
  fix: 'constructs/queue/queue-policy.ts names each sender; grant one with grantSend',
  differs:
    'An Allow to everyone is taken with a condition on who comes that holds a fixed value, such as ' +
    'aws:SourceArn. An ' +
    'Allow with NotPrincipal is one to everyone.',
  types: queue,
  problems: (resource) =>
    policies(resource)
      .flat()
      .filter(isOpen)
      .map(({ called }) => `${called} of its policy allows everyone`),
};

export const queueActions: Rule = {
  id: 'queue-no-wildcard-actions',
  title: 'A queue’s policy allows actions by name',
  scanners: ['CKV_AWS_72', 'AWS-0097', 'KICS SQS Policy Allows All Actions'],
  protects: 'A sender that may do everything can also read, delete, and change the policy itself.',
  fix: 'constructs/queue/queue-policy.ts allows sqs:SendMessage only',
  types: queue,
  problems: (resource) =>
    policies(resource)
      .flat()
      .filter(({ effect }) => effect === 'Allow')
      .flatMap(({ called, actions, notActions }) =>
        notActions
          ? [`${called} of its policy allows every action but ${notActions.join(', ')}`]
          : actions.filter(hasWildcard).map((action) => `${called} of its policy allows ${action}`),
      ),
};

export const queuePolicyResource: Rule = {
  id: 'queue-policy-own-resource',
  title: 'A queue’s policy is about that queue',
  scanners: [],
  protects: 'A statement on another resource has no effect, though it reads as if it had.',
  fix: 'constructs/queue/queue-policy.ts writes the queue’s own ARN',
  types: queue,
  problems(resource) {
    const arn = attributeOf(resource, 'arn');
    return policies(resource)
      .flat()
      .filter((statement) => !coversResource(statement, arn))
      .map(
        ({ called, resources }) => `${called} of its policy is about ${resources.join(', ') || 'nothing'}`,
      );
  },
};
