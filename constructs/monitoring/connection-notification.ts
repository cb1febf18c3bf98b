import type { Construct } from 'constructs';
import { EventNotification } from './event-notification';

/**
 * Tells the topic when someone takes the credentials from a connection of the subscribers. EventBridge does so by itself
 * too, where a subscriber answers 401 or 407 or a token cannot be had, which is no call that CloudTrail records: there the
 * alarm on the pipe's failures goes off.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-deauthorize.html
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
    description: `A connection of ${stackId} was de-authorized or deleted: its deliveries fail. Find out who did it. A deploy alone sees no change where the secret stays: docs/runbook.md says how to give it again.`,
    service: 'events',
    operations: ['DeauthorizeConnection', 'DeleteConnection'],
    detail: { requestParameters: { name: connections } },
    topicArn,
  });
