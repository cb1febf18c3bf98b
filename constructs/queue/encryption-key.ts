import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { accountRootArn, logGroupArn } from '../iam/arn';
import { type Placement, placementOf } from '../iam/placement';
import { PolicyDocument } from '../iam/policy-document';
import { type Statement, sidPart } from '../iam/statement';
import { aliasName } from '../names';
import { type KeyAccess, keyByAlias, keyUserStatement } from './key-access';

export interface EncryptionKeyProps {
  /** Full name; becomes the alias `alias/<name>`. */
  readonly name: string;
  readonly description: string;
  /** Services that use it without a role. @default none */
  readonly services?: readonly Statement[];
}

/**
 * A customer managed KMS key for what a stack keeps: queues, logs, the variables of functions. It is rotated every
 * year, and deleted 30 days after it is taken out of the stack.
 *
 * Its policy hands the decision to the account's identity policies. Roles are granted the key through its alias,
 * so that each grant is readable in the first plan, before the key has an id, and in other stacks. Services that
 * come without a role are named.
 */
export class EncryptionKey extends Construct {
  /** What queues, log groups and functions refer to. */
  readonly arn: string;
  readonly access: KeyAccess;
  /** What grants rest on, for whatever uses the key first. */
  readonly alias: KmsAlias;
  readonly #policy: PolicyDocument;
  readonly #logGroups = new Set<string>();
  readonly #at: Placement;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const at = placementOf(this);
    this.#at = at;
    this.#policy = new PolicyDocument(this, 'policy').add({
      sid: 'IdentityPoliciesOfThisAccountDecide',
      actions: ['kms:*'],
      resources: ['*'],
      principals: [{ type: 'AWS', identifiers: [accountRootArn(at)] }],
      conditions: [{ test: 'StringEquals', variable: 'aws:PrincipalAccount', values: [at.accountId] }],
    });
    if (props.services) this.#policy.add(...props.services);
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
   * Lets CloudWatch Logs encrypt one log group; each is named, so that the key opens no other group's logs.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
   * @returns what the log group's `kms_key_id` refers to
   */
  encryptLogs(logGroupName: string): string {
    this.#logGroups.add(logGroupName);
    this.#policy.set({
      sid: 'CloudWatchLogsEncryptsTheseLogGroups',
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: ['*'],
      principals: [{ type: 'Service', identifiers: [`logs.${this.#at.region}.${this.#at.dnsSuffix}`] }],
      conditions: [
        {
          test: 'ArnEquals',
          variable: 'kms:EncryptionContext:aws:logs:arn',
          values: [...this.#logGroups].map((name) => logGroupArn(this.#at, name)),
        },
      ],
    });
    return this.arn;
  }

  /**
   * Lets roles of other accounts read what is on one of the key's queues; theirs must allow it too. They must exist: KMS
   * refuses a policy with an unknown principal.
   * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
   */
  allowConsumers(roleArns: readonly string[]): void {
    for (const roleArn of roleArns) {
      const sid = `${sidPart(roleArn.replace(/^arn:[^:]+:iam::/, ''))}DecryptsThroughQueues`;
      this.#policy.set(keyUserStatement(this.#at, sid, ['kms:Decrypt'], [roleArn]));
    }
  }
}
