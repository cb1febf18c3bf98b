import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { Construct } from 'constructs';
import { managedPolicyArn } from '../arn';
import { placementOf } from '../placement';
import { PolicyDocument } from '../policy-document';
import type { Action, IdentityStatement } from '../statement';
import type { DeploymentAction } from './deployment-action';

export interface ManagedPolicyProps {
  /** Full name; IAM allows 128 characters. */
  readonly name: string;
  readonly description: string;
  /** At least one. */
  readonly statements: readonly IdentityStatement<Action | DeploymentAction>[];
}

/**
 * Without white space, which does not count.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const longestManagedPolicy = 6144;

/** A policy that several roles have, or that limits them. */
export class ManagedPolicy extends Construct {
  readonly name: string;
  /** Written out, so that what has the policy is known in the first plan. */
  readonly arn: string;
  /** The policy itself, for what must come after it. */
  readonly resource: IamPolicy;

  /** @throws Error where AWS would find the policy too long */
  constructor(scope: Construct, id: string, { name, description, statements }: ManagedPolicyProps) {
    super(scope, id);
    const length = policyLength(statements);
    if (length > longestManagedPolicy) {
      throw new Error(
        `${this.node.path}: the policy ${name} has ${length} characters, and AWS takes ${longestManagedPolicy}: move statements into a policy of their own`,
      );
    }
    this.name = name;
    this.arn = managedPolicyArn(placementOf(this), name);
    const document = new PolicyDocument(this, 'document').add(...statements);
    this.resource = new IamPolicy(this, 'Resource', { name, description, policy: document.json });
  }
}

/** As many characters as AWS counts, or a few more: Terraform writes a list of one as the one. */
export const policyLength = (statements: ManagedPolicyProps['statements']): number =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect = 'Allow', actions, resources, conditions }) => ({
      Sid: sid,
      Effect: effect,
      Action: actions,
      Resource: resources,
      ...(conditions && {
        Condition: conditions.map(({ test, variable, values }) => ({ [test]: { [variable]: values } })),
      }),
    })),
  }).replace(/\s/g, '').length;
