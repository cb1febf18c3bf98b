import type { ITerraformDependable } from 'cdktf';
import type { ServiceRole } from '../iam/service-role';
import type { IdentityStatement } from '../iam/statement';
import { decryptStatement, encryptStatement, type KeyAccess } from './key-access';

/** A queue of this stack or an existing one; whatever sends or receives takes either. */
export interface Queue {
  /** With `.fifo` where it is one. */
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  readonly fifo: boolean;
  /** The queue itself, for what must come after it; an existing queue has none. */
  readonly resource?: ITerraformDependable;
  /** Written out like the ARN; `https://sqs.…`. */
  readonly url: string;
  /** Seconds for which a received message stays hidden; unknown of an existing queue. */
  readonly visibilityTimeoutSeconds?: number;
  /**
   * Lets the role send: the role's statement, the queue policy's and the key's, together.
   * @returns what must be in place before the first message is sent
   */
  grantSend(role: ServiceRole): readonly ITerraformDependable[];
  /** Lets the role receive and delete: what an event source mapping or a pipe does. */
  grantConsume(role: ServiceRole): readonly ITerraformDependable[];
}

/** What a role needs in its own policies to send. */
export const sendStatements = (arn: string, key?: KeyAccess): readonly IdentityStatement[] => [
  { sid: 'SendToTheQueue', actions: ['sqs:SendMessage'], resources: [arn] },
  ...(key ? [encryptStatement(key)] : []),
];

/** What Lambda and pipes ask of a queue that they consume. */
export const consumeActions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

/**
 * What a role needs in its own policies to consume.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions
 */
export const consumeStatements = (arn: string, key?: KeyAccess): readonly IdentityStatement[] => [
  {
    sid: 'ConsumeFromTheQueue',
    actions: consumeActions,
    resources: [arn],
  },
  ...(key ? [decryptStatement(key)] : []),
];
