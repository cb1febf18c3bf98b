import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { Construct } from 'constructs';
import { topicArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PolicyDocument } from '../iam/policy-document';
import { anyone, type Condition, type Statement } from '../iam/statement';
import { EncryptionKey } from '../queue/encryption-key';

export interface AlarmTopicProps {
  /** Full name; SNS allows 256 characters. */
  readonly name: string;
  /** Name of its key's alias, without `alias/`. */
  readonly keyName: string;
}

/**
 * The topic that alarms notify, encrypted with a key of its own, since AWS's key for SNS lets no service publish.
 *
 * CloudWatch publishes for alarms of this account only. EventBridge sends neither SNS nor KMS anything to tell accounts
 * apart by: with a condition it would publish nothing, and say so nowhere but in its own metrics. A stranger who knows the
 * topic's ARN could have EventBridge send a false alarm, and no more: nobody but the account's own can read it.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
 */
export class AlarmTopic extends Construct {
  readonly arn: string;
  readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const at = placementOf(this);
    const ofThisAccount: Condition = {
      test: 'StringEquals',
      variable: 'aws:SourceAccount',
      values: [at.accountId],
    };
    this.arn = topicArn(at, props.name);
    this.key = new EncryptionKey(this, 'key', {
      name: props.keyName,
      description: `Encrypts the notifications of ${props.name}`,
      services: [
        { ...cloudWatch, ...keyUse, sid: 'CloudWatchEncryptsItsNotifications', conditions: [ofThisAccount] },
        { ...eventBridge, ...keyUse, sid: 'EventBridgeEncryptsItsNotifications' },
      ],
    });
    const topic = new SnsTopic(this, 'Resource', { name: props.name, kmsMasterKeyId: this.key.arn });
    const publish = { actions: ['sns:Publish'], resources: [this.arn] } as const;
    new SnsTopicPolicy(this, 'policy', {
      arn: topic.arn,
      policy: new PolicyDocument(this, 'document').add(
        {
          ...cloudWatch,
          ...publish,
          sid: 'CloudWatchPublishesAlarmsOfThisAccount',
          conditions: [ofThisAccount],
        },
        { ...eventBridge, ...publish, sid: 'EventBridgePublishesWhatItsRulesMatch' },
        {
          ...publish,
          sid: 'NobodyWithoutTls',
          effect: 'Deny',
          principals: [anyone],
          conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
        },
      ).json,
    });
  }
}

const cloudWatch = { principals: [{ type: 'Service', identifiers: ['cloudwatch.amazonaws.com'] }] } as const;
const eventBridge = { principals: [{ type: 'Service', identifiers: ['events.amazonaws.com'] }] } as const;

const keyUse: Pick<Statement, 'actions' | 'resources'> = {
  actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  resources: ['*'],
};
