import { anyKeyArn } from '../iam/arn';
import type { Placement } from '../iam/placement';
import type { Action, Condition, IdentityStatement, Statement } from '../iam/statement';
import { aliasName } from '../names';

/** How a role is let near the key of an encrypted queue, whether or not the key is in the same stack. */
export interface KeyAccess {
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** Only for requests that SQS makes for the role, never for direct use of the key. */
const throughSqs = (at: Placement): Condition => ({
  test: 'StringEquals',
  variable: 'kms:ViaService',
  values: [`sqs.${at.region}.${at.dnsSuffix}`],
});

/**
 * A key named by its alias: the key's id is not known before it exists, its alias is.
 * A changed alias takes up to five minutes to count.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 */
export const keyByAlias = (at: Placement, name: string): KeyAccess => ({
  resources: [anyKeyArn(at)],
  conditions: [
    { test: 'ForAnyValue:StringEquals', variable: 'kms:ResourceAliases', values: [aliasName(name)] },
    throughSqs(at),
  ],
});

/** An existing key by its ARN. */
export const keyByArn = (at: Placement, keyArn: string): KeyAccess => ({
  resources: [keyArn],
  conditions: [throughSqs(at)],
});

/** What a key's own policy says of roles that use it: a policy of a key is about that key alone. */
export const keyUserStatement = (
  at: Placement,
  sid: string,
  actions: readonly Action[],
  roleArns: readonly string[],
): Statement => ({
  sid,
  actions,
  resources: ['*'],
  principals: [{ type: 'AWS', identifiers: roleArns }],
  conditions: [throughSqs(at)],
});

/**
 * Senders need both: SQS has a data key made and then reads it back.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export const encryptStatement = (access: KeyAccess): IdentityStatement => ({
  sid: 'EncryptThroughTheQueueKey',
  actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
  ...access,
});

/** Receivers only read data keys back. */
export const decryptStatement = (access: KeyAccess): IdentityStatement => ({
  sid: 'DecryptThroughTheQueueKey',
  actions: ['kms:Decrypt'],
  ...access,
});
