import { LambdaEventSourceMapping } from '@cdktf/provider-aws/lib/lambda-event-source-mapping';
import { Construct } from 'constructs';
import type { Queue } from '../queue/queue';
import { visibilityTimeoutFactor } from '../queue/queue-attributes';
import type { NodeFunction } from './node-function';

export interface QueueEventSourceProps {
  readonly queue: Queue;
  readonly function: NodeFunction;
  /** Batches in flight at once, 2 to 1,000. */
  readonly maximumConcurrency: number;
}

/** Ten: the largest batch of a FIFO queue. */
const batchSize = 10;

/**
 * Hands a queue's messages to a function in batches of ten, of which only the failed ones come back.
 *
 * @throws Error when messages would become visible again while the function still works on them
 */
export class QueueEventSource extends Construct {
  constructor(scope: Construct, id: string, props: QueueEventSourceProps) {
    super(scope, id);
    const { queue, function: consumer } = props;
    const needed = visibilityTimeoutFactor * consumer.timeoutSeconds;
    if (queue.visibilityTimeoutSeconds !== undefined && queue.visibilityTimeoutSeconds < needed) {
      throw new Error(
        `${this.node.path}: the queue ${queue.name} hides messages for ${queue.visibilityTimeoutSeconds} s; the function ${consumer.name} may take ${consumer.timeoutSeconds} s, which wants at least ${needed} s: raise the queue's consumerTimeoutSeconds to ${consumer.timeoutSeconds}`,
      );
    }
    const granted = queue.grantConsume(consumer.role);
    new LambdaEventSourceMapping(this, 'Resource', {
      eventSourceArn: queue.arn,
      functionName: consumer.resource.functionName,
      batchSize,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: props.maximumConcurrency },
      // Lambda checks the role's grants, and that the queue exists, as the mapping is made.
      dependsOn: [...new Set([...consumer.ready, ...granted, ...(queue.resource ? [queue.resource] : [])])],
    });
  }
}
