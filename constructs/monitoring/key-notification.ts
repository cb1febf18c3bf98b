import type { Construct } from 'constructs';
import type { EncryptionKey } from '../queue/encryption-key';
import { EventNotification } from './event-notification';

/**
 * Tells the topic when someone disables a key or schedules its deletion, while it can still be taken back.
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
    service: 'kms',
    operations: ['DisableKey', 'ScheduleKeyDeletion'],
    // By whatever name the caller called the key, AWS records its ARN.
    detail: { resources: { ARN: [key.arn] } },
    topicArn,
  });
