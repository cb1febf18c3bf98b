import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueueRedrivePolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-policy';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import { queueArn, queueUrl } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PoliciesForOtherAccounts } from '../iam/policies-for-other-accounts';
import type { ServiceRole } from '../iam/service-role';
import { sidPart } from '../iam/statement';
import { QueueAlarms } from '../monitoring/queue-alarms';
import { queueName } from '../names';
import { DeadLetterQueue } from './dead-letter-queue';
import type { EncryptionKey } from './encryption-key';
import { keyByArn } from './key-access';
import { consumeStatements, type Queue, sendStatements } from './queue';
import {
  defaultReceiveCount,
  defaultRetentionDays,
  encryptionAttributes,
  maximumMessageBytes,
  maximumReceiveCount,
  maximumVisibilityTimeoutSeconds,
  visibilityTimeoutFactor,
} from './queue-attributes';
import { QueuePolicy } from './queue-policy';

export interface MessageQueueProps {
  /** Full name without `.fifo`; SQS allows 80 characters, `.fifo` included. */
  readonly name: string;
  /** First in, first out within a message group, in high throughput mode. @default false */
  readonly fifo?: boolean;
  /** Longest time a consumer may take with one batch, in seconds; the visibility timeout is six times that. At most 7,200. */
  readonly consumerTimeoutSeconds: number;
  /** Deliveries before a message goes to the dead-letter queue, 1 to 1,000. @default 5 */
  readonly maxReceiveCount?: number | undefined;
  /** How long a message waits for its consumer, 1 to 13 days: less than the dead-letter queue's 14. @default 7 */
  readonly retentionDays?: number | undefined;
  /** Roles of other accounts that consume the queue. @default none */
  readonly consumerRoleArns?: readonly string[] | undefined;
  /** @default keys that SQS manages (SSE-SQS) */
  readonly key?: EncryptionKey | undefined;
  /** SNS topic that the alarms on age and dead letters notify. @default the alarms notify nobody */
  readonly alarmTopicArn?: string | undefined;
  /** Age of the oldest message above which its alarm goes off, in minutes. @default 15 */
  readonly oldestMessageMinutes?: number | undefined;
}

/**
 * A queue that is never alone: it comes encrypted, with a dead-letter queue that only it may use, a policy that
 * names its senders, and alarms on age and dead letters.
 *
 * @throws Error when a consumer could still be busy as its messages become visible again, or when the dead-letter
 * queue would not keep messages longer than the queue does.
 */
export class MessageQueue extends Construct implements Queue {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly visibilityTimeoutSeconds: number;
  /** Deliveries before a message goes to the dead-letter queue. */
  readonly maxReceiveCount: number;
  readonly deadLetterQueue: DeadLetterQueue;
  readonly resource: SqsQueue;
  readonly #redrive: SqsQueueRedrivePolicy;
  readonly #policy: QueuePolicy;
  readonly #key: EncryptionKey | undefined;

  constructor(scope: Construct, id: string, props: MessageQueueProps) {
    super(scope, id);
    const at = placementOf(this);
    const {
      consumerTimeoutSeconds,
      maxReceiveCount = defaultReceiveCount,
      retentionDays = defaultRetentionDays,
      key,
    } = props;
    this.fifo = props.fifo ?? false;
    this.name = queueName(props.name, this.fifo);
    this.accountId = at.accountId;
    this.arn = queueArn(at, this.name);
    this.url = queueUrl(at, at.accountId, this.name);
    this.visibilityTimeoutSeconds = visibilityTimeoutFactor * consumerTimeoutSeconds;
    this.maxReceiveCount = maxReceiveCount;
    this.#key = key;
    this.#check({ consumerTimeoutSeconds, retentionDays, maxReceiveCount });

    this.deadLetterQueue = new DeadLetterQueue(this, 'dead-letter', {
      sourceName: props.name,
      sourceArn: this.arn,
      fifo: this.fifo,
      key,
    });
    this.resource = new SqsQueue(this, 'Resource', {
      name: this.name,
      ...(this.fifo && {
        fifoQueue: true,
        // Duplicates and throughput count per message group: high throughput mode.
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
        deduplicationScope: 'messageGroup',
        fifoThroughputLimit: 'perMessageGroupId',
      }),
      visibilityTimeoutSeconds: this.visibilityTimeoutSeconds,
      messageRetentionSeconds: retentionDays * 24 * 60 * 60,
      maxMessageSize: maximumMessageBytes,
      ...encryptionAttributes(key),
    });
    // A resource of its own, so that both queues are made at once: the provider waits for 25 s after each.
    this.#redrive = new SqsQueueRedrivePolicy(this, 'redrive', {
      queueUrl: this.resource.url,
      redrivePolicy: canonicalJson({ deadLetterTargetArn: this.deadLetterQueue.arn, maxReceiveCount }),
      // The ARN above is written out, so that the plan shows it; SQS wants the queue behind it to exist.
      dependsOn: [this.deadLetterQueue.resource],
    });
    this.#policy = new QueuePolicy(this, 'policy', { queueUrl: this.resource.url, queueArn: this.arn });
    this.#allowConsumers(props.consumerRoleArns ?? []);
    new QueueAlarms(this, 'alarms', {
      queueName: this.name,
      deadLetterQueueName: this.deadLetterQueue.name,
      topicArn: props.alarmTopicArn,
      oldestMessageMinutes: props.oldestMessageMinutes,
    });
  }

  grantSend(role: ServiceRole) {
    role.grant(...sendStatements(this.arn, this.#key?.access));
    this.#policy.allowSend(role);
    return [...role.policies, this.#policy.resource, this.#redrive, ...(this.#key ? [this.#key.alias] : [])];
  }

  grantConsume(role: ServiceRole) {
    role.grant(...consumeStatements(this.arn, this.#key?.access));
    return [...role.policies, ...(this.#key ? [this.#key.alias] : [])];
  }

  /** Both sides, and what the roles' own account must say. */
  #allowConsumers(roleArns: readonly string[]): void {
    if (roleArns.length === 0) return;
    this.#policy.allowConsume(roleArns);
    this.#key?.allowConsumers(roleArns);
    const key = this.#key && keyByArn(placementOf(this), this.#key.arn);
    for (const roleArn of roleArns) {
      PoliciesForOtherAccounts.of(this).add(
        roleArn,
        ...consumeStatements(this.arn, key).map((statement) =>
          // One role may consume several queues.
          statement.resources[0] === this.arn
            ? { ...statement, sid: `ConsumeFrom${sidPart(this.name)}` }
            : statement,
        ),
      );
    }
  }

  #check(limited: { consumerTimeoutSeconds: number; retentionDays: number; maxReceiveCount: number }): void {
    const longest = maximumVisibilityTimeoutSeconds / visibilityTimeoutFactor;
    for (const [name, lowest, highest, rule] of [
      [
        'consumerTimeoutSeconds',
        1,
        longest,
        'the visibility timeout is six times that, and SQS allows twelve hours',
      ],
      [
        'retentionDays',
        1,
        13,
        'the dead-letter queue keeps messages for 14 days, counted from the first send, and must keep them longer than the queue',
      ],
      ['maxReceiveCount', 1, maximumReceiveCount, 'SQS redrives after that many deliveries'],
    ] as const) {
      const value = limited[name];
      if (Number.isInteger(value) && value >= lowest && value <= highest) continue;
      throw new Error(
        `${this.node.path}: ${name} ${value} is not a whole number from ${lowest} to ${highest}: ${rule}`,
      );
    }
  }
}
