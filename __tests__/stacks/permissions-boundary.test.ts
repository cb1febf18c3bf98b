import { TerraformStack, Testing } from 'cdktf';
import { expect, test } from 'vitest';
import type { Environment } from '../../environments/environment';
import { addStacks } from '../../stacks/environment-stacks';
import type { ReadableStack } from '../../synthesis/readable-stack';
import { evaluate } from '../../tools/iam/evaluate';
import type { Statement } from '../../tools/iam/policy';
import { readPlan } from '../../tools/plan/plan';
import { accessPoliciesOf, type Role } from '../../tools/rehearse/world/access-policies';
import { everySetting } from '../environments/settings';
import { environments } from '../fixtures/environments';
import { everything } from '../fixtures/everything';
import { synthesized } from '../support/synthesized';

const deploymentRoles = { github: { repository: 'example/gateways' } };
const bounded: readonly Environment[] = [...environments, everySetting, everything].map((environment) => ({
  ...environment,
  deploymentRoles,
}));

function rolesOf(environment: Environment): readonly Role[] {
  const app = Testing.app();
  addStacks(app, environment);
  const plans = app.node.children
    .filter((child): child is ReadableStack => TerraformStack.isStack(child))
    .map((stack) => readPlan(stack.node.id, synthesized(stack)));
  return [...accessPoliciesOf(plans).roles.values()];
}

const roles = new Map(bounded.map((environment) => [environment.name, rolesOf(environment)]));
const everyRole = [...roles.values()].flat();

const isDeploying = ({ arn }: Role) => /-(github|hcp-terraform)-(plan|apply)$/.test(arn);

/** What a statement of a role grants, as requests that it allows. */
const requestsOf = (role: Role, { actions = [], resources = [], conditions }: Statement) =>
  actions.flatMap((action) =>
    resources.map((resource) => ({
      principal: { kind: 'role' as const, roleArn: role.arn, sessionName: 's' },
      action,
      resource: resource.replace(/^\*$/, 'arn:aws:any:::thing').replaceAll('*', 'any'),
      // As if it were all one account's: this is about the role's half.
      resourceAccountId: role.arn.split(':')[4] ?? '',
      context: Object.fromEntries(conditions.map(({ key, values }) => [key, values])),
    })),
  );

test.each([...roles])(
  'in %s every role of the running system has the boundary, which allows all that it is granted',
  (name, all) => {
    const running = all.filter((role) => !isDeploying(role));
    expect(running.length).toBeGreaterThan(3);
    for (const { identity, boundary, arn, ...role } of running) {
      expect(boundary?.address, arn).toBe(`${name}-deployment-roles: aws_iam_policy.boundary`);
      const requests = identity.flatMap(({ statements }) =>
        statements.flatMap((statement) => requestsOf({ ...role, arn, identity }, statement)),
      );
      const refused = requests.filter(
        (request) => !evaluate(request, { identity, ...(boundary && { boundary }) }).allowed,
      );
      expect(refused).toEqual([]);
      expect(requests.length).toBeGreaterThan(0);
    }
  },
);

test('a boundary allows no action that no role is ever granted', () => {
  const running = everyRole.filter((role) => !isDeploying(role));
  const actionsOf = (policies: readonly Role['boundary'][]) => [
    ...new Set(policies.flatMap((policy) => policy?.statements ?? []).flatMap(({ actions = [] }) => actions)),
  ];
  expect(actionsOf(running.map(({ boundary }) => boundary)).sort()).toEqual(
    actionsOf(running.flatMap(({ identity }) => identity)).sort(),
  );
});

test('the roles that deploy have no boundary', () => {
  const deploying = everyRole.filter(isDeploying);
  expect(deploying).toHaveLength(2 * bounded.length);
  expect(deploying.filter(({ boundary }) => boundary)).toEqual([]);
});
