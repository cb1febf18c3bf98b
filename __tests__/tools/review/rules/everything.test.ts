import fs from 'node:fs';
import { expect, test } from 'vitest';
import { rules } from '../../../../tools/review/rules/pack';
import { rulesReview } from '../../../../tools/review/rules/rules-review';
import { readWaivers, type Waivers } from '../../../../tools/review/rules/waivers';
import { everything } from '../../../fixtures/everything';
import { versionOf } from '../change-of';

const ids = rules.map(({ id }) => id);
const waivers = readWaivers(fs.readFileSync('waivers.json', 'utf8'), ids);
const version = versionOf('a version', [everything]);

/** Where each rule is broken, but for what is waived. */
function broken(given: Waivers): Readonly<Record<string, readonly string[]>> {
  const { violations, faults, unread } = rulesReview(
    { base: version, head: version, plans: new Map() },
    { base: given, head: given },
    new Date('2026-11-21T00:00:00Z'),
  );
  expect({ faults, unread }).toEqual({ faults: [], unread: [] });
  const resourcesOf = (rule: string) =>
    violations.filter((one) => one.rule === rule).map(({ resource }) => resource);
  return Object.fromEntries(violations.map(({ rule }) => [rule, [...new Set(resourcesOf(rule))].sort()]));
}

/** A callback of an HTTP API without `jwt`: everyone may post there, which is what was asked for. */
const openRoute = {
  'route-authorization': ['every-http-callback-receiver: aws_apigatewayv2_route.api_views_route'],
};

test('with every option on, what breaks a rule is a route that is left open, and the roles that deploy', () => {
  const { 'policy-resources': wide, 'policy-no-pass-role': passing, ...others } = broken(waivers);
  expect(others).toEqual(openRoute);
  // Actions for which AWS defines no resource, or gives ids instead of names; and to apply is to pass roles.
  const policy = (name: string) => `every-deployment-roles: aws_iam_policy.${name}`;
  expect(wide).toEqual(
    [
      'boundary',
      'deploy_consumers',
      'deploy_domains',
      'deploy_domains_read',
      'deploy_messages',
      'deploy_read',
    ].map(policy),
  );
  expect(passing).toEqual([policy('deploy_roles')]);
});

test('what docs/deployment-roles.md has one waive leaves the open route', () => {
  const page = fs.readFileSync('docs/deployment-roles.md', 'utf8');
  const [, block] = /```json\n(\[.*?\n\])\n```/s.exec(page) ?? [];
  const documented = readWaivers(block, ids);
  expect(broken({ waivers: [...waivers.waivers, ...documented.waivers], faults: documented.faults })).toEqual(
    openRoute,
  );
});
