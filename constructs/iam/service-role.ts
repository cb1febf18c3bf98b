import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { roleArn } from './arn';
import { permissionsBoundaryOf } from './permissions-boundary';
import { placementOf } from './placement';
import { PolicyDocument } from './policy-document';
import type { IdentityStatement } from './statement';
import { type Trust, trustStatement } from './trust-policy';

export interface ServiceRoleProps {
  /** Full name; IAM allows 64 characters. */
  readonly name: string;
  /** What the role is for; up to 1,000 characters. */
  readonly description: string;
  readonly trust: Trust;
}

/** The role of one actor. Grants are collected in one inline policy, in the order in which they are made. */
export class ServiceRole extends Construct {
  readonly name: string;
  /** Written out, not a reference: policies that name the role are then known in the first plan. */
  readonly arn: string;
  /** The role itself, for what must come after it. */
  readonly resource: IamRole;
  #grants: PolicyDocument | undefined;
  readonly #policies: IamRolePolicy[] = [];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const at = placementOf(this);
    this.name = props.name;
    this.arn = roleArn(at, props.name);
    const boundary = permissionsBoundaryOf(this);
    const trust = new PolicyDocument(this, 'trust').add(trustStatement(at, props.trust));
    this.resource = new IamRole(this, 'Resource', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: trust.json,
      ...(boundary && { permissionsBoundary: boundary }),
    });
  }

  /** Lets the role do what the statements say. */
  grant(...statements: readonly IdentityStatement[]): void {
    this.#grants ??= this.#attach('grants', this.name);
    this.#grants.add(...statements);
  }

  /**
   * Puts a statement that Terraform cannot know before the first apply into a policy of its own, so that it does
   * not hide the other grants from the first plan.
   */
  grantApart(id: string, statement: IdentityStatement): void {
    this.#attach(id, `${this.name}-${id}`).add(statement);
  }

  /** The role's policies so far: whatever acts as this role comes after them. */
  get policies(): readonly ITerraformDependable[] {
    return this.#policies;
  }

  #attach(id: string, policyName: string): PolicyDocument {
    const document = new PolicyDocument(this, `${id}-document`);
    this.#policies.push(
      new IamRolePolicy(this, id, { name: policyName, role: this.resource.name, policy: document.json }),
    );
    return document;
  }
}
