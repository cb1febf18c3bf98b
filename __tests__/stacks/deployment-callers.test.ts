import { describe, expect, test } from 'vitest';
import { evaluate } from '../../tools/iam/evaluate';
import { readPlan } from '../../tools/plan/plan';
import { accessPoliciesOf } from '../../tools/rehearse/world/access-policies';
import { github, rolesWith, s3, whole } from './example-deployment-roles';
import { exampleCallback } from './example-environment';

const webAclArn =
  'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab';
const rolesOf = (...changes: Parameters<typeof rolesWith>) =>
  accessPoliciesOf([readPlan('test-deployment-roles', rolesWith(...changes))]).roles;
const withCallers = rolesOf({
  ...github,
  ...whole,
  state: s3,
  encryption: 'customer-key',
  manageAccountLogging: true,
  callbackReceiver: { webAclArn, callbacks: [{ ...exampleCallback, apiKey: {} }] },
});
const without = rolesOf({ ...github, ...whole });

const allowed = (
  roles: typeof withCallers,
  phase: 'plan' | 'apply',
  action: string,
  resource: string,
  tags: { readonly requested?: string | undefined; readonly there?: string | undefined } = {},
) => {
  const roleArn = `arn:aws:iam::111122223333:role/test-github-${phase}`;
  return evaluate(
    {
      principal: { kind: 'role', roleArn, sessionName: 'deploy' },
      action,
      resource: resource.startsWith('arn:') ? resource : `arn:aws:apigateway:ap-northeast-2::${resource}`,
      resourceAccountId: '111122223333',
      context: {
        'aws:RequestTag/environment': tags.requested,
        'aws:ResourceTag/environment': tags.there,
        'iam:AWSServiceName': undefined,
        'iam:PassedToService': undefined,
        'iam:PermissionsBoundary': undefined,
        'lambda:FunctionArn': undefined,
        's3:prefix': undefined,
      },
    },
    { identity: roles.get(roleArn)?.identity ?? [] },
  ).allowed;
};

const own = { requested: 'test', there: 'test' };
const stage = '/restapis/abc/stages/v1';

describe('where a callback has a key and the API a web ACL', () => {
  test.each([
    ['apigateway:GET', '/apikeys/k', own],
    ['apigateway:GET', '/apikeys/gone', {}],
    ['apigateway:GET', '/usageplans/p/keys/k', own],
    ['wafv2:GetWebACLForResource', stage, {}],
    ['wafv2:GetWebACL', webAclArn, {}],
  ])('a plan may %s on %s', (action, resource, tags) => {
    expect(allowed(withCallers, 'plan', action, resource, tags)).toBe(true);
    expect(allowed(without, 'plan', action, resource, tags)).toBe(false);
  });

  test.each([
    ['apigateway:POST', '/apikeys', own],
    ['apigateway:POST', '/usageplans', own],
    ['apigateway:TagResource', '/usageplans', own],
    ['apigateway:POST', '/usageplans/p/keys', own],
    ['apigateway:PATCH', '/usageplans/p', own],
    ['apigateway:DELETE', '/apikeys/k', own],
    ['apigateway:SetWebACL', stage, {}],
    ['wafv2:AssociateWebACL', webAclArn, {}],
    ['wafv2:AssociateWebACL', stage, {}],
    ['wafv2:DisassociateWebACL', stage, {}],
  ])('an apply may %s on %s, and a plan may not', (action, resource, tags) => {
    expect(allowed(withCallers, 'apply', action, resource, tags)).toBe(true);
    expect(allowed(withCallers, 'plan', action, resource, tags)).toBe(false);
    expect(allowed(without, 'apply', action, resource, tags)).toBe(false);
  });

  test.each([
    ['apigateway:GET', '/apikeys/k', { there: 'prod' }],
    ['apigateway:POST', '/apikeys', { requested: 'prod' }],
    ['apigateway:DELETE', '/usageplans/p', { there: 'prod' }],
    ['wafv2:AssociateWebACL', webAclArn.replace('edge', 'other'), {}],
    ['wafv2:UpdateWebACL', webAclArn, {}],
  ])('nobody may %s on %s of another', (action, resource, tags) => {
    expect(allowed(withCallers, 'apply', action, resource, tags)).toBe(false);
  });
});
