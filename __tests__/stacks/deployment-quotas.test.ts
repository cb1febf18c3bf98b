import { describe, expect, test } from 'vitest';
import { longestManagedPolicy } from '../../constructs/iam/deployment/managed-policy';
import type { Environment } from '../../environments/environment';
import { everything } from '../fixtures/everything';
import type { Configuration } from '../support/synthesized';
import { repository, rolesWith } from './example-deployment-roles';

/**
 * What IAM takes of an account that has asked for no more.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const most = { policiesOfARole: 10, charactersOfATrust: 2048 };

const inHcpTerraform: Partial<Environment> = {
  state: { kind: 'hcp-terraform', organization: 'o'.repeat(40), project: 'p'.repeat(40) },
  deploymentRoles: { github: { repository }, hcpTerraform: {} },
};
/** As long as names may be: of the environment, of a region, and of a state's prefix. */
const longest: Partial<Environment> = {
  name: 'a23456789012',
  region: 'ap-southeast-1',
  state: { kind: 's3', bucket: 'b'.repeat(63), region: 'ap-southeast-1', keyPrefix: 'p'.repeat(200) },
};

const numberOfPolicies = ({ resource }: Configuration) => {
  const roles = Object.values(resource.aws_iam_role_policy_attachment ?? {}).map(({ role }) => String(role));
  return Object.fromEntries(
    [...new Set(roles)].map((role) => [
      role.replace(/^\$\{aws_iam_role\.|\.name\}$/g, ''),
      roles.filter((each) => each === role).length,
    ]),
  );
};

interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { readonly type: string; readonly identifiers: readonly string[] }[];
  readonly condition?: readonly {
    readonly test: string;
    readonly variable: string;
    readonly values: readonly string[];
  }[];
}

const one = (values: readonly string[] = []) => (values.length === 1 ? values[0] : values);

/** As the provider writes a document, without the white space, which IAM does not count. */
const lengths = ({ data }: Configuration) =>
  Object.entries(data.aws_iam_policy_document ?? {}).map(([name, { statement }]) => ({
    name,
    length: JSON.stringify({
      Version: '2012-10-17',
      Statement: (statement as readonly Statement[]).map((each) => ({
        Sid: each.sid,
        Effect: each.effect,
        Action: one(each.actions),
        ...(each.resources && { Resource: one(each.resources) }),
        ...(each.principals && {
          Principal: Object.fromEntries(
            each.principals.map(({ type, identifiers }) => [type, one(identifiers)]),
          ),
        }),
        ...(each.condition && {
          Condition: each.condition.map(({ test, variable, values }) => ({
            [test]: { [variable]: one(values) },
          })),
        }),
      })),
    }).length,
  }));

describe.each([
  ['with state in S3', {}],
  ['with the longest names', longest],
  ['with state in HCP Terraform, from where GitHub deploys too', inHcpTerraform],
])('an environment with every option, %s', (_, changes) => {
  const roles = rolesWith({ ...everything, ...changes });

  test('has no more policies than a role may have', () => {
    const ofApply = 'state' in changes && changes.state?.kind === 'hcp-terraform' ? 7 : 9;
    const ofPlan = ofApply === 7 ? 2 : 3;
    const numbers = numberOfPolicies(roles);
    expect(Object.entries(numbers).map(([role, number]) => [role.split('_').at(-1), number])).toEqual(
      Object.keys(numbers).map((role) => (role.endsWith('apply') ? ['apply', ofApply] : ['plan', ofPlan])),
    );
    expect(Object.keys(numbers)).toHaveLength(ofApply === 7 ? 4 : 2);
    expect(Math.max(...Object.values(numbers))).toBeLessThanOrEqual(most.policiesOfARole);
  });

  test('has none that is longer than AWS takes', () => {
    const tooLong = lengths(roles).filter(
      ({ name, length }) =>
        length > (name.endsWith('_trust') ? most.charactersOfATrust : longestManagedPolicy),
    );
    expect(tooLong).toEqual([]);
    expect(lengths(roles).length).toBeGreaterThan(8);
  });
});
