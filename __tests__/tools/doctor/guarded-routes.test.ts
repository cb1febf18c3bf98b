import { expect, test } from 'vitest';
import { affectedBy } from '../../../tools/doctor/affected';
import { functionsOf } from '../../../tools/doctor/checks/functions/function-plan';
import { workOf } from '../../../tools/doctor/checks/functions/function-work';
import { consequenceOf, unusableSeen } from '../../../tools/doctor/checks/roles/role-consequences';
import { roleUsers } from '../../../tools/doctor/checks/roles/role-users';
import { signedPlan } from '../signed-plan';

const plan = signedPlan();
const affected = affectedBy([plan]);
const seen =
  'callers of POST /v1/orders get 500 from API Gateway itself, since nobody can check their signatures, and nothing is queued';

test('a function that checks signatures holds callers back, not messages', () => {
  const [authorizer] = functionsOf(plan);

  expect(authorizer && workOf(plan, authorizer, affected)).toMatchObject({ waiting: seen, failing: seen });
});

test.each(['role', 'invoker'])('so does its %s when nobody can act as it', (role) => {
  const roleArn = `arn:aws:iam::111122223333:role/test-orders-authorizer-${role}`;

  expect(unusableSeen(roleUsers(plan, affected, roleArn), roleArn)).toBe(seen);
});

test.each([
  ['role', 'secretsmanager:GetSecretValue'],
  ['role', 'kms:Decrypt'],
  ['invoker', 'lambda:InvokeFunction'],
])('and its %s without %s', (role, action) => {
  const roleArn = `arn:aws:iam::111122223333:role/test-orders-authorizer-${role}`;

  expect(consequenceOf(action).seen(roleUsers(plan, affected, roleArn), roleArn)).toBe(seen);
});
