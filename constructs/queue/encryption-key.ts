import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { accountRootArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PolicyDocument } from '../iam/policy-document';
import { sidPart } from '../iam/statement';
import { aliasName } from '../names';
import { type KeyAccess, keyByAlias, keyUserStatement } from './key-access';

export interface EncryptionKeyProps {
  /** Full name; becomes the alias `alias/<name>`. */
  readonly name: string;
  readonly description: string;
}

/**
 * A customer managed KMS key for queues: rotated every year, deleted 30 days after it is taken out of the stack.
 *
 * Its policy hands the decision to the account's identity policies. Roles are granted the key through its alias,
 * so that each grant is readable in the first plan, before the key has an id, and in other stacks.
 */
export class EncryptionKey extends Construct {
  /** What `kms_master_key_id` of a queue refers to. */
  readonly arn: string;
  readonly access: KeyAccess;
  /** What grants rest on, for whatever uses the key first. */
  readonly alias: KmsAlias;
  readonly #policy: PolicyDocument;
  readonly #consumers = new Set<string>();

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const at = placementOf(this);
    this.#policy = new PolicyDocument(this, 'policy').add({
      sid: 'IdentityPoliciesOfThisAccountDecide',
      actions: ['kms:*'],
      resources: ['*'],
      principals: [{ type: 'AWS', identifiers: [accountRootArn(at)] }],
      conditions: [{ test: 'StringEquals', variable: 'aws:PrincipalAccount', values: [at.accountId] }],
    });
    const key = new KmsKey(this, 'Resource', {
      description: props.description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: this.#policy.json,
    });
    this.alias = new KmsAlias(this, 'alias', { name: aliasName(props.name), targetKeyId: key.keyId });
    this.arn = key.arn;
    this.access = keyByAlias(at, props.name);
  }

  /**
   * Lets roles of other accounts read what is on one of the key's queues; theirs must allow it too. They must exist: KMS
   * refuses a policy with an unknown principal.
   * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
   */
  allowConsumers(roleArns: readonly string[]): void {
    for (const roleArn of roleArns.filter((arn) => !this.#consumers.has(arn))) {
      this.#consumers.add(roleArn);
      const sid = `${sidPart(roleArn.replace(/^arn:[^:]+:iam::/, ''))}DecryptsThroughQueues`;
      this.#policy.add(keyUserStatement(placementOf(this), sid, ['kms:Decrypt'], [roleArn]));
    }
  }
}
