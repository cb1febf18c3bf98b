import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { roleArn } from '../arn';
import { placementOf } from '../placement';
import { PolicyDocument } from '../policy-document';
import type { ManagedPolicy } from './managed-policy';
import { type WebIdentity, webIdentityStatement } from './web-identity';

export interface DeploymentRoleProps {
  /** Full name; IAM allows 64 characters. */
  readonly name: string;
  readonly description: string;
  readonly identity: WebIdentity;
  /** By what each is about; IAM allows ten. */
  readonly policies: Readonly<Record<string, ManagedPolicy>>;
  /** The issuer's provider, where it is made here too. */
  readonly provider: ITerraformDependable | undefined;
}

/** A role as which jobs of another service deploy, with a token instead of a stored key. */
export class DeploymentRole extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeploymentRoleProps) {
    super(scope, id);
    const at = placementOf(this);
    this.arn = roleArn(at, props.name);
    const trust = new PolicyDocument(this, 'trust').add(webIdentityStatement(at, props.identity));
    const role = new IamRole(this, 'Resource', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: trust.json,
      // IAM looks the provider up as it takes the policy.
      ...(props.provider && { dependsOn: [props.provider] }),
    });
    for (const [about, policy] of Object.entries(props.policies)) {
      new IamRolePolicyAttachment(this, about, {
        role: role.name,
        policyArn: policy.arn,
        dependsOn: [policy.resource],
      });
    }
  }
}
