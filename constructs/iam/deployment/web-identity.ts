import { identityProviderArn } from '../arn';
import type { Placement } from '../placement';
import type { Statement } from '../statement';

/** A service that signs tokens for its jobs, and what STS is to find in them. */
export interface Issuer {
  /** Of its URL, without `https://`: the condition keys of its claims begin with it. */
  readonly host: string;
  /** The audience (`aud`) that the tokens are for. */
  readonly audience: string;
}

/** https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws */
export const githubIssuer: Issuer = {
  host: 'token.actions.githubusercontent.com',
  audience: 'sts.amazonaws.com',
};

/**
 * HCP Terraform, or a Terraform Enterprise of that host.
 * https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/aws-configuration
 */
export const terraformIssuer = (host = 'app.terraform.io'): Issuer => ({
  host,
  audience: 'aws.workload.identity',
});

/** Which tokens of an issuer a role is for; a claim has one of its values, compared to the letter. */
export interface WebIdentity {
  readonly issuer: Issuer;
  readonly subjects: readonly string[];
  /** The git reference that a GitHub job runs on. @default not looked at */
  readonly ref?: string;
}

/** The single statement of the trust policy of a role that deploys. */
export function webIdentityStatement(at: Placement, { issuer, subjects, ref }: WebIdentity): Statement {
  const { host, audience } = issuer;
  return {
    sid: 'TheseJobsAndNoOthersAssumeThisRole',
    actions: ['sts:AssumeRoleWithWebIdentity'],
    principals: [{ type: 'Federated', identifiers: [identityProviderArn(at, host)] }],
    conditions: [
      { test: 'StringEquals', variable: `${host}:aud`, values: [audience] },
      { test: 'StringEquals', variable: `${host}:sub`, values: subjects },
      ...(ref ? ([{ test: 'StringEquals', variable: `${host}:ref`, values: [ref] }] as const) : []),
    ],
  };
}

/**
 * The two roles' tokens of a GitHub repository: to plan, jobs on the branch; to apply, jobs of the GitHub environment,
 * which a pull request has no part in. GitHub puts the environment in place of the branch, so the branch is a
 * condition of its own, where STS knows the claim.
 * https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 * @param repository `owner/name`, or with GitHub's ids `owner@1/name@2`, as the repository's tokens have it.
 */
export function githubIdentities(
  at: Placement,
  { repository, branch, environment }: { repository: string; branch: string; environment: string },
): { readonly plan: WebIdentity; readonly apply: WebIdentity } {
  const ref = `refs/heads/${branch}`;
  return {
    plan: { issuer: githubIssuer, subjects: [`repo:${repository}:ref:${ref}`] },
    apply: {
      issuer: githubIssuer,
      subjects: [`repo:${repository}:environment:${environment}`],
      ...(at.partition === 'aws' && { ref }),
    },
  };
}

export interface Workspaces {
  readonly organization: string;
  readonly project: string;
  /** Names of the workspaces. */
  readonly names: readonly string[];
  readonly host: string | undefined;
}

/**
 * The two roles' tokens of HCP Terraform: the plans of the workspaces, and their applies.
 * https://developer.hashicorp.com/terraform/cloud-docs/dynamic-provider-credentials/workload-identity-tokens
 */
export function terraformIdentities({ organization, project, names, host }: Workspaces): {
  readonly plan: WebIdentity;
  readonly apply: WebIdentity;
} {
  const phase = (name: 'plan' | 'apply'): WebIdentity => ({
    issuer: terraformIssuer(host),
    subjects: names.map(
      (workspace) =>
        `organization:${organization}:project:${project}:workspace:${workspace}:run_phase:${name}`,
    ),
  });
  return { plan: phase('plan'), apply: phase('apply') };
}
