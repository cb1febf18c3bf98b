import { describe, expect, it } from 'vitest';
import { type DeployedPolicies, verdict } from '../../../../../tools/doctor/checks/roles/role-verdict';

const role = 'arn:aws:iam::111122223333:role/sender';
const queue = 'arn:aws:sqs:eu-central-1:111122223333:orders';
const deleted = 'AROARTX3GSDS5MEPFUOBP';

const json = (...statements: readonly object[]) => JSON.stringify({ Statement: statements });
const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };
const named = (AWS: string | readonly string[]) => ({ ...allow, Principal: { AWS } });
const unknown = { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } };

const of = (policies: DeployedPolicies, principal = role) =>
  verdict(
    {
      principal,
      action: 'sqs:SendMessage',
      resource: queue,
      accountId: '111122223333',
      context: { 'aws:SecureTransport': 'true' },
    },
    policies,
  );

describe('a request of a role', () => {
  const cases: readonly (readonly [string, DeployedPolicies, string])[] = [
    ['with no policy at all is', { identity: [] }, 'denied'],
    ['that its own policy allows is', { identity: [json(allow)] }, 'allowed'],
    ['that the queue allows is', { identity: [], resource: json(named(role)) }, 'allowed'],
    ['that one of several policies allows is', { identity: [json(), json(allow)] }, 'allowed'],
    [
      'that one allows and another denies is',
      { identity: [json(allow, { ...allow, Effect: 'Deny' })] },
      'denied',
    ],
    [
      'that a statement allows to a role that was deleted is',
      { identity: [], resource: json(named(deleted)) },
      'denied',
    ],
    [
      'that a statement allows to it beside one that was deleted is',
      { identity: [], resource: json(named([deleted, role])) },
      'allowed',
    ],
    ['that an unknown condition may allow is', { identity: [json({ ...allow, ...unknown })] }, 'undecided'],
    [
      'that an unknown condition may deny is',
      { identity: [json(allow, { ...allow, Effect: 'Deny', ...unknown })] },
      'undecided',
    ],
    [
      'that is denied whatever an unknown principal is allowed is',
      {
        identity: [json({ ...allow, Effect: 'Deny' })],
        resource: json({ ...allow, Principal: { CanonicalUser: 'x' } }),
      },
      'denied',
    ],
    [
      'that a statement may allow which cannot be read is',
      { identity: [], resource: json({ ...allow, Principal: { CanonicalUser: 'x' } }) },
      'undecided',
    ],
    [
      'that a statement may deny which cannot be read is',
      {
        identity: [json(allow)],
        resource: json({ ...allow, Effect: 'Deny', Principal: { CanonicalUser: 'x' } }),
      },
      'undecided',
    ],
    [
      'that only its own policy allows is, where the resource decides,',
      { identity: [json(allow)], resourcePolicyDecides: true },
      'denied',
    ],
    [
      'that the resource leaves to the account is, where the resource decides,',
      { identity: [json(allow)], resource: json(named('111122223333')), resourcePolicyDecides: true },
      'allowed',
    ],
  ];

  it.each(cases.map(([what, policies, expected]) => ({ what, policies, expected })))(
    '$what $expected',
    ({ policies, expected }) => {
      expect(of(policies)).toBe(expected);
    },
  );
});

it('a service has no policies of its own', () => {
  const resource = json({ ...allow, Principal: { Service: 'sns.amazonaws.com' } });
  expect(of({ identity: [], resource }, 'sns.amazonaws.com')).toBe('allowed');
  expect(of({ identity: [], resource }, 'events.amazonaws.com')).toBe('denied');
});
