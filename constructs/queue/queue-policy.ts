import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import { dependable } from 'cdktf';
import { Construct } from 'constructs';
import { accountRootArn } from '../iam/arn';
import { placementOf } from '../iam/placement';
import { PolicyDocument } from '../iam/policy-document';
import type { ServiceRole } from '../iam/service-role';
import { anyone, type Statement, sidPart } from '../iam/statement';
import { consumeActions } from './queue';

export interface QueuePolicyProps {
  readonly queueUrl: string;
  readonly queueArn: string;
}

/** Who may write to a queue, in the queue's own words; nobody without TLS. */
export class QueuePolicy extends Construct {
  readonly resource: SqsQueuePolicy;
  readonly #document: PolicyDocument;
  readonly #queueArn: string;

  constructor(scope: Construct, id: string, props: QueuePolicyProps) {
    super(scope, id);
    this.#queueArn = props.queueArn;
    this.#document = new PolicyDocument(this, 'document').add(
      {
        // What a person on call needs. Sending is not among it, and SQS takes at most seven actions a statement:
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
        sid: 'AccountOperatesTheQueue',
        actions: [
          'sqs:ChangeMessageVisibility',
          'sqs:DeleteMessage',
          'sqs:GetQueueAttributes',
          'sqs:GetQueueUrl',
          'sqs:ReceiveMessage',
          'sqs:SetQueueAttributes',
        ],
        resources: [props.queueArn],
        principals: [{ type: 'AWS', identifiers: [accountRootArn(placementOf(this))] }],
      },
      {
        sid: 'NobodyWithoutTls',
        effect: 'Deny',
        actions: ['sqs:*'],
        resources: [props.queueArn],
        principals: [anyone],
        conditions: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
      },
    );
    this.resource = new SqsQueuePolicy(this, 'Resource', {
      queueUrl: props.queueUrl,
      policy: this.#document.json,
    });
  }

  /** Names the role as a sender. SQS refuses a policy with an unknown principal, so the role comes first. */
  allowSend(role: ServiceRole): void {
    this.#document.add(senderStatement(this.#queueArn, role));
    this.resource.dependsOn = [...(this.resource.dependsOn ?? []), dependable(role.resource)];
  }

  /**
   * Names roles of other accounts as consumers. They must exist: SQS refuses a policy with an unknown principal.
   * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-cross-account-example.html
   */
  allowConsume(roleArns: readonly string[]): void {
    this.#document.add({
      sid: 'RolesOfOtherAccountsConsume',
      actions: consumeActions,
      resources: [this.#queueArn],
      principals: [{ type: 'AWS', identifiers: roleArns }],
    });
  }
}

/** What the policy of a queue says of a role that sends to it. */
export const senderStatement = (queueArn: string, role: ServiceRole): Statement => ({
  sid: `${sidPart(role.name)}Sends`,
  actions: ['sqs:SendMessage'],
  resources: [queueArn],
  principals: [{ type: 'AWS', identifiers: [role.arn] }],
});
