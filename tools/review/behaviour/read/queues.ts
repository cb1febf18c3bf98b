import { optionalText, text } from '../../../plan/attributes';
import { queueArnOfUrl } from '../../../rehearse/sqs/queue-url';
import { type RedrivePolicy, redrivePolicy } from '../../../rehearse/sqs/redrive-policy';
import { numeric, type StackReader, shown } from './stack-reader';

/** A queue as its senders and consumers meet it. */
export interface Queue {
  readonly address: string;
  readonly arn: string;
  readonly name: string;
  /** In bytes. */
  readonly maximumMessageSize: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly delaySeconds: number;
  readonly waitSeconds: number;
  readonly contentBasedDeduplication: string;
  readonly deduplicationScope: string;
  readonly throughputLimit: string;
  readonly redrive: RedrivePolicy | undefined;
}

/** The queues of a stack; what is not written has the value that SQS, or the provider, gives it. */
export function queuesOf(reader: StackReader): readonly Queue[] {
  const apart = reader.all(
    reader.each('aws_sqs_queue_redrive_policy', ['queue_url', 'redrive_policy']),
    (policy) => {
      const arn = queueArnOfUrl(reader.plan, text(policy, 'queue_url'), policy.address);
      return [arn, redrivePolicy(optionalText(policy, 'redrive_policy'), arn, policy.address)] as const;
    },
  );
  const redrives = new Map(apart);
  return reader.all(
    reader.each('aws_sqs_queue', [
      'arn',
      'name',
      'max_message_size',
      'visibility_timeout_seconds',
      'message_retention_seconds',
      'delay_seconds',
      'receive_wait_time_seconds',
      'content_based_deduplication',
      'deduplication_scope',
      'fifo_throughput_limit',
      'redrive_policy',
    ]),
    (queue) => {
      const { address, attributes } = queue;
      const arn = text(queue, 'arn');
      const number = (attribute: string) => numeric(attributes.get(attribute));
      return {
        address,
        arn,
        name: text(queue, 'name'),
        // https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/sqs_queue
        maximumMessageSize: number('max_message_size') ?? 262_144,
        visibilityTimeoutSeconds: number('visibility_timeout_seconds') ?? 30,
        retentionSeconds: number('message_retention_seconds') ?? 345_600,
        delaySeconds: number('delay_seconds') ?? 0,
        waitSeconds: number('receive_wait_time_seconds') ?? 0,
        contentBasedDeduplication: shown(attributes.get('content_based_deduplication')) ?? 'false',
        deduplicationScope: shown(attributes.get('deduplication_scope')) ?? 'queue',
        throughputLimit: shown(attributes.get('fifo_throughput_limit')) ?? 'perQueue',
        redrive: redrivePolicy(optionalText(queue, 'redrive_policy'), arn, address) ?? redrives.get(arn),
      };
    },
  );
}
