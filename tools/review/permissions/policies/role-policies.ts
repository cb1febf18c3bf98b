import type { Plan } from '../../../plan/plan';
import { type Block, blocksOf, evaluated, listOf, textOf } from './evaluated';
import type { OwnedStatements, Owner } from './owned-statements';
import { policyStatements, type ReadStatement, readFrom, unread } from './policy-statements';
import { unresolved } from './unresolved';

/** What the managed policies say that stacks make, by their ARNs. */
export type ManagedStatements = ReadonlyMap<string, readonly ReadStatement[]>;

export const managedStatements = (plans: readonly Plan[]): ManagedStatements =>
  new Map(
    plans.flatMap((plan) => [...managedOf(plan)].map(([arn, { statements }]) => [arn, statements] as const)),
  );

/**
 * What roles may do, who may assume them, and what bounds them.
 * @param elsewhere what other stacks make and this one's roles are given
 */
export function rolePolicies(plan: Plan, elsewhere: ManagedStatements): readonly OwnedStatements[] {
  const managed = managedPolicies(plan, elsewhere);
  const roles = blocksOf(plan, 'aws_iam_role').flatMap(([name, block]): readonly OwnedStatements[] => {
    const of = owned(plan, textOf(plan, block.name) ?? name, true);
    return [
      of('trust', policyStatements(plan, block.assume_role_policy)),
      of('grants', [
        ...listOf(block.inline_policy).flatMap((inline) => policyStatements(plan, (inline as Block).policy)),
        ...listOf(block.managed_policy_arns).flatMap((arn) => managed.statementsOf(arn)),
      ]),
      of('boundary', boundary(plan, block.permissions_boundary, managed)),
    ];
  });
  const policies = blocksOf(plan, 'aws_iam_role_policy').map(([, { role, policy }]) =>
    owned(plan, nameOf(plan, role), false)('grants', policyStatements(plan, policy)),
  );
  const attachments = [
    ...blocksOf(plan, 'aws_iam_role_policy_attachment'),
    ...blocksOf(plan, 'aws_iam_policy_attachment').flatMap(([name, { roles: all, ...block }]) =>
      listOf(all).map((role): readonly [string, Block] => [name, { ...block, role }]),
    ),
  ].map(([, { role, policy_arn: arn }]) =>
    owned(plan, nameOf(plan, role), false)('grants', managed.statementsOf(arn)),
  );
  return [...roles, ...policies, ...attachments, ...managed.unused()];
}

const owned =
  ({ stackId, accountId, partition }: Plan, name: string, isDeclared: boolean) =>
  (
    about: OwnedStatements['about'],
    statements: readonly ReadStatement[],
    kind: Owner['kind'] = 'role',
  ): OwnedStatements => ({
    id: `${kind} ${accountId} ${name} ${about}`,
    stackId,
    accountId,
    owner: { kind, name },
    about,
    isDeclared,
    statements,
    arn: kind === 'role' ? `arn:${partition}:iam::${accountId}:role/${name}` : undefined,
  });

/** A role is named by its name or, where it is not of the stack, by its ARN. */
const nameOf = (plan: Plan, written: unknown): string =>
  textOf(plan, written)?.split('/').at(-1) ?? unresolved(plan, written);

/** Whose text is elsewhere. */
const managedText = (plan: Plan, arn: string, name: string | undefined): ReadStatement => ({
  ...unread(plan, arn),
  text: name === undefined ? `the managed policy ${arn}` : `the AWS-managed policy ${name}`,
});

/** Without a boundary a role may do all that its policies say. */
const boundary = (plan: Plan, arn: unknown, managed: ManagedPolicies): readonly ReadStatement[] =>
  arn === undefined || arn === null
    ? [readFrom(plan, { Effect: 'Allow', Action: '*', Resource: '*' })]
    : managed.statementsOf(arn);

interface ManagedPolicies {
  statementsOf(arn: unknown): readonly ReadStatement[];
  /** Those that nothing of the stack is given. */
  unused(): readonly OwnedStatements[];
}

const managedOf = (plan: Plan) =>
  new Map(
    blocksOf(plan, 'aws_iam_policy').map(([name, block]) => [
      String(evaluated(plan, `\${aws_iam_policy.${name}.arn}`)),
      { name: textOf(plan, block.name) ?? name, statements: policyStatements(plan, block.policy) },
    ]),
  );

function managedPolicies(plan: Plan, elsewhere: ManagedStatements): ManagedPolicies {
  const byArn = managedOf(plan);
  const used = new Set<string>();
  return {
    statementsOf(written) {
      const arn = textOf(plan, written) ?? String(written);
      used.add(arn);
      const name = /^arn:[\w-]+:iam::aws:policy\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
      return byArn.get(arn)?.statements ?? elsewhere.get(arn) ?? [managedText(plan, arn, name)];
    },
    unused: () =>
      [...byArn]
        .filter(([arn]) => !used.has(arn))
        .map(([, { name, statements }]) => owned(plan, name, true)('grants', statements, 'managed policy')),
  };
}
