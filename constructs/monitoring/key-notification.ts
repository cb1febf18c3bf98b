import type { Construct } from 'constructs';
import type { EncryptionKey } from '../queue/encryption-key';
import { EventNotification } from './event-notification';

/**
 * Tells the topic when someone disables a key or schedules its deletion, while it can still be taken back. EventBridge
 * has these calls from CloudTrail: without a trail that logs management events in the region, none comes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys-creating-cloudwatch-alarm.html
 * @param stackId the rule is named after it
 */
export const keyNotification = (
  scope: Construct,
  stackId: string,
  key: EncryptionKey,
  topicArn: string,
): EventNotification =>
  new EventNotification(scope, 'key-notification', {
    name: `${stackId}-key`,
    description: `The key of ${stackId} was disabled, or will be deleted: what it encrypts cannot be read then. Find out who did it, and take it back with aws kms cancel-key-deletion and enable-key.`,
    pattern: {
      source: ['aws.kms'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: ['kms.amazonaws.com'],
        eventName: ['DisableKey', 'ScheduleKeyDeletion'],
        // By whatever name the caller called the key, AWS records its ARN.
        resources: { ARN: [key.arn] },
      },
    },
    topicArn,
  });
