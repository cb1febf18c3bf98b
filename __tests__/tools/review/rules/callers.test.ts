import { expect, test } from 'vitest';
import type { CallbackReceiverSettings, CallbackSettings } from '../../../../environments/environment';
import { rulesReview } from '../../../../tools/review/rules/rules-review';
import { noWaivers } from '../../../../tools/review/rules/waivers';
import { exampleCallback, exampleEnvironment } from '../../../stacks/example-environment';
import { versionOf } from '../change-of';

const about = (callback: Partial<CallbackSettings>, settings: Partial<CallbackReceiverSettings> = {}) => {
  const version = versionOf('a version', [
    {
      ...exampleEnvironment,
      callbackReceiver: { callbacks: [{ ...exampleCallback, ...callback }], ...settings },
    },
  ]);
  const { violations, unread } = rulesReview(
    { base: version, head: version, plans: new Map() },
    { base: noWaivers, head: noWaivers },
    new Date('2026-11-21T00:00:00Z'),
  );
  expect(unread).toEqual([]);
  return violations.map(({ rule }) => rule).filter((rule) => rule.startsWith('rest-'));
};

const webAclArn =
  'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab';

test('a callback that asks for nothing, behind no web ACL, breaks two rules', () => {
  expect(about({})).toEqual(['rest-method-authorization', 'rest-stage-web-acl']);
});

test('with a key and a web ACL it breaks none', () => {
  expect(about({ apiKey: {} }, { webAclArn })).toEqual([]);
});

test('a private API of signed requests breaks none', () => {
  expect(
    about(
      {
        allowList: ['10.20.0.0/16'],
        authorization: { kind: 'aws-iam', callerRoleArns: ['arn:aws:iam::111122223333:role/sender'] },
      },
      { privateEndpoint: { vpcEndpointIds: ['vpce-01234567'] } },
    ),
  ).toEqual([]);
});
