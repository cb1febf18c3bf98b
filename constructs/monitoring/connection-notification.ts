import type { Construct } from 'constructs';
import { EventNotification } from './event-notification';

/**
 * Tells the topic when a connection of the subscribers has lost its credentials, by a person or by EventBridge itself
 * after a 401 or 407 of the subscriber or a token that cannot be had, or when it is deleted or reaches no server.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-deauthorize.html
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/event-reference.html#event-detail-connection-state
 * @param stackId the rule is named after it
 */
export const connectionNotification = (
  scope: Construct,
  stackId: string,
  connections: readonly string[],
  topicArn: string,
): EventNotification =>
  new EventNotification(scope, 'connection-notification', {
    name: `${stackId}-connections`,
    description: `A connection of ${stackId} was de-authorized or deleted, or reaches no server: its deliveries fail. Look what the subscriber answers, and who did it. A deploy alone sees no change where the secret stays: docs/runbook.md says how to give it again.`,
    pattern: {
      source: ['aws.events'],
      'detail-type': [
        'Connection Deauthorized',
        'Connection Deletion Started',
        'Connection Failed Connectivity',
      ],
      detail: { ConnectionName: connections },
    },
    topicArn,
  });
