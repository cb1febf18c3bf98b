import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueueRedriveAllowPolicy } from '@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy';
import { Construct } from 'constructs';
import { canonicalJson } from '../../synthesis/canonical-json';
import { queueArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { deadLetterQueueName } from '../names';
import type { EncryptionKey } from './encryption-key';
import { encryptionAttributes, maximumMessageBytes, maximumRetentionSeconds } from './queue-attributes';
import { QueuePolicy } from './queue-policy';

export interface DeadLetterQueueProps {
  /** Name of the source queue, without `.fifo`. */
  readonly sourceName: string;
  readonly sourceArn: string;
  /** The dead-letter queue of a FIFO queue is FIFO too. */
  readonly fifo: boolean;
  readonly key?: EncryptionKey | undefined;
}

/** Where messages of one source queue go after too many deliveries; keeps them for 14 days, SQS's maximum. */
export class DeadLetterQueue extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly resource: SqsQueue;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.name = deadLetterQueueName(props.sourceName, props.fifo);
    this.arn = queueArn(placementOf(this), this.name);
    this.resource = new SqsQueue(this, 'Resource', {
      name: this.name,
      ...(props.fifo && { fifoQueue: true }),
      messageRetentionSeconds: maximumRetentionSeconds,
      maxMessageSize: maximumMessageBytes,
      ...encryptionAttributes(props.key),
    });
    new SqsQueueRedriveAllowPolicy(this, 'redrive-allow', {
      queueUrl: this.resource.url,
      redriveAllowPolicy: canonicalJson({ redrivePermission: 'byQueue', sourceQueueArns: [props.sourceArn] }),
    });
    new QueuePolicy(this, 'policy', { queueUrl: this.resource.url, queueArn: this.arn });
  }
}
