import { describe, expect, test } from 'vitest';
import type { CallbackReceiverSettings, CallbackSettings } from '../../../../../environments/environment';
import { readPlan } from '../../../../../tools/plan/plan';
import { settingChanges } from '../../../../../tools/review/permissions/exposure/exposure-change';
import { restRoutes } from '../../../../../tools/review/permissions/exposure/rest-routes';
import { routeExposure } from '../../../../../tools/review/permissions/exposure/route-exposure';
import { settingsOf } from '../../../../../tools/review/permissions/exposure/settings';
import { receiver } from '../../../../stacks/example-environment';

const planOf = (callback: Partial<CallbackSettings>, settings: Partial<CallbackReceiverSettings> = {}) =>
  readPlan('test', receiver(callback, {}, settings));

type Version = Parameters<typeof planOf>;

function exposure(base: Version, head: Version) {
  const [was, is] = [planOf(...base), planOf(...head)];
  const changes = [
    ...routeExposure('test', restRoutes(was), restRoutes(is)),
    ...settingChanges('test', settingsOf(was), settingsOf(is)),
  ];
  return {
    opened: changes.flatMap(({ opened }) => opened),
    closed: changes.flatMap(({ closed }) => closed),
  };
}

const role = (name: string) => `arn:aws:iam::444455556666:role/${name}`;
const signed = (...names: readonly string[]): Partial<CallbackSettings> => ({
  authorization: { kind: 'aws-iam', callerRoleArns: names.map(role) },
});
const endpoint = { privateEndpoint: { vpcEndpointIds: ['vpce-01234567'] } };
const webAcl = {
  webAclArn:
    'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab',
};

describe('who may call', () => {
  test('an API key', () => {
    expect(exposure([{}], [{ apiKey: {} }])).toEqual({ opened: [], closed: ['an API key is asked for'] });
    expect(exposure([{ apiKey: {} }], [{}]).opened).toEqual(['no API key is asked for any more']);
  });

  test('a signature closes nothing but who does not sign', () => {
    expect(exposure([{}], [signed('a')])).toEqual({
      opened: [],
      closed: [`authorization AWS_IAM instead of NONE: requests signed by ${role('a')} alone`],
    });
    expect(exposure([signed('a')], [{}])).toEqual({
      opened: ['authorization NONE instead of AWS_IAM'],
      closed: [],
    });
  });

  test('another role, and other addresses of the roles', () => {
    expect(exposure([signed('a')], [signed('a', 'b')])).toEqual({
      opened: [`requests signed by ${role('b')}`],
      closed: [],
    });
    expect(exposure([signed('a', 'b')], [signed('b')]).closed).toEqual([`requests signed by ${role('a')}`]);
    expect(
      exposure([signed('a')], [{ ...signed('a'), allowList: ['203.0.113.0/24', '198.51.100.0/24'] }]).opened,
    ).toEqual(['198.51.100.0/24 (256 addresses)']);
  });

  test('a private API', () => {
    expect(exposure([{}], [{}, endpoint])).toEqual({
      opened: [],
      closed: ['it can only be reached through VPC endpoints'],
    });
    expect(exposure([{}, endpoint], [{}]).opened).toEqual([
      'it can be reached from outside its VPC endpoints',
    ]);
    expect(
      exposure([{ allowList: ['10.0.0.0/24'] }, endpoint], [{ allowList: ['10.0.0.0/8'] }, endpoint]).opened,
    ).toHaveLength(1);
  });

  test('a web ACL', () => {
    expect(exposure([{}], [{}, webAcl])).toEqual({
      opened: [],
      closed: ['a web ACL looks at its requests first'],
    });
    expect(exposure([{}, webAcl], [{}]).opened).toEqual(['no web ACL looks at its requests any more']);
  });
});
