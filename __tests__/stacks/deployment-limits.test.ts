import { describe, expect, test } from 'vitest';
import { evaluate } from '../../tools/iam/evaluate';
import { readPlan } from '../../tools/plan/plan';
import { accessPoliciesOf } from '../../tools/rehearse/world/access-policies';
import { github, rolesWith, whole } from './example-deployment-roles';

describe('whoever may apply', () => {
  const account = 'arn:aws:iam::111122223333';
  const roles = accessPoliciesOf([
    readPlan('test-deployment-roles', rolesWith({ ...github, ...whole, encryption: 'customer-key' })),
  ]).roles;
  const apply = roles.get(`${account}:role/test-github-apply`);
  const without = {
    'aws:RequestTag/environment': undefined,
    'aws:ResourceTag/environment': undefined,
    'iam:AWSServiceName': undefined,
    'iam:PassedToService': undefined,
    'iam:PermissionsBoundary': undefined,
    'lambda:FunctionArn': undefined,
  };
  const decideOn = (action: string, resource: string, context: object) =>
    evaluate(
      {
        principal: { kind: 'role', roleArn: `${account}:role/test-github-apply`, sessionName: 'deploy' },
        action,
        resource,
        resourceAccountId: '111122223333',
        context: { ...without, ...context },
      },
      { identity: apply?.identity ?? [] },
    );
  const decide = (action: string, resource: string, context: object = {}) =>
    decideOn(action, `${account}:${resource}`, context);
  const boundary = { 'iam:PermissionsBoundary': `${account}:policy/test-boundary` };
  const none = `${account}:policy/other`;

  test.each([
    ['makes a role within the boundary', 'iam:CreateRole', 'role/test-orders-role', boundary],
    ['writes its policy', 'iam:PutRolePolicy', 'role/test-orders-role', boundary],
    [
      'puts a role that there was within it',
      'iam:PutRolePermissionsBoundary',
      'role/test-orders-role',
      boundary,
    ],
    [
      'hands it to Lambda',
      'iam:PassRole',
      'role/test-orders-role',
      { 'iam:PassedToService': 'lambda.amazonaws.com' },
    ],
  ])('%s', (_, action, resource, context) => {
    expect(decide(action, resource, context).allowed).toBe(true);
  });

  test.each([
    ['makes no role without the boundary', 'iam:CreateRole', 'role/test-orders-role', {}],
    ['nor with another', 'iam:CreateRole', 'role/test-orders-role', { 'iam:PermissionsBoundary': none }],
    ['writes no policy of a role without it', 'iam:PutRolePolicy', 'role/test-orders-role', {}],
    ['attaches no managed policy', 'iam:AttachRolePolicy', 'role/test-orders-role', boundary],
    ['makes no role of another name', 'iam:CreateRole', 'role/admin', boundary],
    ['makes no managed policy', 'iam:CreatePolicy', 'policy/test-more', {}],
    ['makes no user', 'iam:CreateUser', 'user/test-user', {}],
    [
      'hands no role to another service',
      'iam:PassRole',
      'role/test-orders-role',
      { 'iam:PassedToService': 'ec2.amazonaws.com' },
    ],
    [
      'hands on no role of another name',
      'iam:PassRole',
      'role/admin',
      { 'iam:PassedToService': 'lambda.amazonaws.com' },
    ],
  ])('%s', (_, action, resource, context) => {
    expect(decide(action, resource, context)).toMatchObject({ allowed: false, explicit: false });
  });

  test('takes no key of another environment by its tag, which it could then delete', () => {
    const tags = { 'aws:RequestTag/environment': 'test' };
    const key = 'arn:aws:kms:ap-northeast-2:111122223333:key/1';
    const tag = (context: object) => decideOn('kms:TagResource', key, { ...tags, ...context }).allowed;
    expect(tag({ 'aws:ResourceTag/environment': 'test' })).toBe(true);
    expect(tag({ 'aws:ResourceTag/environment': 'other' })).toBe(false);
    const remove = (environment: string) =>
      decideOn('kms:ScheduleKeyDeletion', key, { 'aws:ResourceTag/environment': environment }).allowed;
    expect([remove('test'), remove('other')]).toEqual([true, false]);
  });

  const itself = 'NoDeploymentChangesTheRolesThatDeployOrItCouldMakeItselfAnAdministrator';
  const limits = 'NoDeploymentChangesThePoliciesAndTheBoundaryThatLimitIt';
  test.each([
    ['writes itself no policy', 'iam:PutRolePolicy', 'role/test-github-apply', itself],
    ['lets nobody else be it', 'iam:UpdateAssumeRolePolicy', 'role/test-github-apply', itself],
    ['nor the role that plans', 'iam:UpdateAssumeRolePolicy', 'role/test-github-plan', itself],
    ['deletes neither', 'iam:DeleteRole', 'role/test-github-plan', itself],
    ['hands itself to no function', 'iam:PassRole', 'role/test-github-apply', itself],
    ['changes no policy of its own', 'iam:CreatePolicyVersion', 'policy/test-deploy-roles', limits],
    ['nor the boundary', 'iam:CreatePolicyVersion', 'policy/test-boundary', limits],
    [
      'takes it off no role',
      'iam:DeleteRolePermissionsBoundary',
      'role/test-orders-role',
      'NoDeploymentTakesTheBoundaryOffARole',
    ],
    [
      'lets no other issuer’s tokens in',
      'iam:AddClientIDToOpenIDConnectProvider',
      'oidc-provider/token.actions.githubusercontent.com',
      'NoDeploymentChangesWhoseTokensAreTrusted',
    ],
  ])('%s, whatever else it is granted', (_, action, resource, sid) => {
    const context = { ...boundary, 'iam:PassedToService': 'lambda.amazonaws.com' };
    expect(decide(action, resource, context)).toMatchObject({
      allowed: false,
      explicit: true,
      deniedBy: { sid },
    });
  });
});
