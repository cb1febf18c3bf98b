import { Construct } from 'constructs';
import { parseQueueArn, queueUrl } from '../iam/arn';
import { placementOf } from '../iam/placement';
import type { ServiceRole } from '../iam/service-role';
import { type KeyAccess, keyByArn } from './key-access';
import { consumeStatements, type Queue, sendStatements } from './queue';

export interface ExistingQueueProps {
  readonly arn: string;
  /** The customer managed key that encrypts it, if one does: its ARN, or how else a role is let near it. */
  readonly key?: { readonly arn: string } | KeyAccess;
}

/**
 * A queue that this stack does not own. Grants only write the role's side: within one account that is enough; the
 * policy of a queue in another account must name the role, which its owner has to add.
 */
export class ExistingQueue extends Construct implements Queue {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly #key: KeyAccess | undefined;

  /** @throws Error when `arn` is not an SQS queue's. */
  constructor(scope: Construct, id: string, props: ExistingQueueProps) {
    super(scope, id);
    const parts = parseQueueArn(props.arn);
    if (!parts) {
      throw new Error(
        `${this.node.path}: "${props.arn}" is not the ARN of an SQS queue; it reads arn:<partition>:sqs:<region>:<account>:<name>`,
      );
    }
    this.name = parts.name;
    this.accountId = parts.accountId;
    this.arn = props.arn;
    this.url = queueUrl(placementOf(this), parts.accountId, parts.name);
    this.fifo = parts.name.endsWith('.fifo');
    this.#key = props.key && ('arn' in props.key ? keyByArn(placementOf(this), props.key.arn) : props.key);
  }

  grantSend(role: ServiceRole) {
    role.grant(...sendStatements(this.arn, this.#key));
    return role.policies;
  }

  grantConsume(role: ServiceRole) {
    role.grant(...consumeStatements(this.arn, this.#key));
    return role.policies;
  }
}
