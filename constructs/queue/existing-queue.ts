import { Construct } from 'constructs';
import { accountIdOf, parseQueueArn, queueUrl } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PoliciesForOtherAccounts } from '../iam/policies-for-other-accounts';
import type { ServiceRole } from '../iam/service-role';
import { type Action, sidPart } from '../iam/statement';
import { type KeyAccess, keyByArn, keyUserStatement } from './key-access';
import { consumeStatements, type Queue, sendStatements } from './queue';
import { senderStatement } from './queue-policy';

export interface ExistingQueueProps {
  readonly arn: string;
  /** The customer managed key that encrypts it, if one does: its ARN, or how else a role is let near it. */
  readonly key?: { readonly arn: string } | KeyAccess;
}

/**
 * A queue that this stack does not own. Grants only write the role's side: within one account that is enough. The
 * policies of a queue and of a key in another account must name the role, which their owners have to add: the stack's
 * output `policies_for_other_accounts` has these.
 */
export class ExistingQueue extends Construct implements Queue {
  readonly name: string;
  readonly accountId: string;
  readonly arn: string;
  readonly url: string;
  readonly fifo: boolean;
  readonly #key: KeyAccess | undefined;
  /** Of a key that has one here. */
  readonly #keyArn: string | undefined;

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
    this.#keyArn = props.key && 'arn' in props.key ? props.key.arn : undefined;
    this.#key = props.key && ('arn' in props.key ? keyByArn(placementOf(this), props.key.arn) : props.key);
  }

  grantSend(role: ServiceRole) {
    role.grant(...sendStatements(this.arn, this.#key));
    if (this.accountId !== placementOf(this).accountId) {
      PoliciesForOtherAccounts.of(this).add(this.arn, senderStatement(this.arn, role));
    }
    this.#askForKey(role, ['kms:GenerateDataKey', 'kms:Decrypt'], 'Encrypts');
    return role.policies;
  }

  grantConsume(role: ServiceRole) {
    role.grant(...consumeStatements(this.arn, this.#key));
    this.#askForKey(role, ['kms:Decrypt'], 'Decrypts');
    return role.policies;
  }

  #askForKey(role: ServiceRole, actions: readonly Action[], does: string): void {
    const at = placementOf(this);
    if (this.#keyArn === undefined || accountIdOf(this.#keyArn) === at.accountId) return;
    PoliciesForOtherAccounts.of(this).add(
      this.#keyArn,
      keyUserStatement(at, `${sidPart(role.name)}${does}ThroughQueues`, actions, [role.arn]),
    );
  }
}
