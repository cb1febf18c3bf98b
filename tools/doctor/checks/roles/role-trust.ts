import { policyDifference, type Statement } from '../../../iam/policy-difference';
import { principalsText, statementText } from '../../../iam/statement-text';
import { text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import type { Finding } from '../../finding';
import { unusableSeen } from './role-consequences';
import type { PlannedRole } from './role-plan';
import type { RoleUser } from './role-users';
import { verdict } from './role-verdict';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

/** Who may act as a role. */
export function trustDifferences(
  { arn, trust }: PlannedRole,
  deployed: string,
  { plan, users }: { readonly plan: Plan; readonly users: readonly RoleUser[] },
): readonly Told[] {
  const { missing, extra } = policyDifference(trust, deployed);
  const shutOut = missing.filter(
    (statement) => !servicesOf(statement).every((service) => mayAssume(service, arn, deployed, plan)),
  );
  const shuts = shutOut.map(
    (statement): Told => ({
      code: 'role-trust',
      severity: 'error',
      problem: `its trust policy does not let ${principalsText(statement)} assume it`,
      synthesized: statementText(statement),
      deployed: extra.map(statementText).join('\n') || 'none',
      seen: unusableSeen(users, arn),
      cause:
        'Someone has changed the trust policy, or named another account or pipe in its aws:SourceAccount or aws:SourceArn; a service that does not send these keys meets no condition on them',
    }),
  );
  // What shuts the service out is told with it.
  const others =
    shutOut.length > 0 ? extra.filter((statement) => !sharesPrincipal(statement, shutOut)) : extra;
  return [...shuts, ...others.map(extraTrust)];
}

const servicesOf = ({ Principal: principal = {} }: Statement): readonly string[] =>
  (principal as { readonly Service?: readonly string[] }).Service ?? [];

const sharesPrincipal = (statement: Statement, others: readonly Statement[]) =>
  others.some((other) => principalsText(other) === principalsText(statement));

/** Pipes say for which pipe they act; of other services AWS does not document it. */
function mayAssume(service: string, roleArn: string, trust: string, plan: Plan): boolean {
  const pipes = resourcesOf(plan, 'aws_pipes_pipe', { reads: ['arn', 'role_arn'], ignores: 'the rest' })
    .filter((pipe) => text(pipe, 'role_arn') === roleArn)
    .map((pipe) => ({ 'aws:SourceAccount': plan.accountId, 'aws:SourceArn': text(pipe, 'arn') }));
  const contexts = service === 'pipes.amazonaws.com' && pipes.length > 0 ? pipes : [{}];
  return contexts.every(
    (context) =>
      verdict(
        {
          principal: service,
          action: 'sts:AssumeRole',
          resource: roleArn,
          accountId: plan.accountId,
          context: { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': plan.region, ...context },
        },
        { identity: [], resource: trust, resourcePolicyDecides: true },
      ) === 'allowed',
  );
}

const extraTrust = (statement: Statement): Told => ({
  code: statement.Effect === 'Deny' ? 'role-trust-deny' : 'role-trust-extra',
  severity: 'warning',
  problem:
    statement.Effect === 'Deny'
      ? `its trust policy also refuses ${principalsText(statement)}`
      : `${principalsText(statement)} may assume it on other terms than were reviewed`,
  synthesized: 'none',
  deployed: statementText(statement),
  seen: 'nothing: the services that act as it still may',
  cause: 'Someone has changed the trust policy in the console or with another tool',
});
