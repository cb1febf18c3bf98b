import { describe, expect, it } from 'vitest';
import { type Case, refuses, takes } from './cases';
import { faultsWith } from './settings';

const setting = 'callbackReceiver.nginxMirror';
const resolvers = `${setting}.resolvers`;

describe('the DNS servers that nginx asks', () => {
  const list = 'must be a list of at least one address of a DNS server';
  refuses([
    [resolvers, [], list],
    [resolvers, '10.0.0.2', list],
  ] satisfies readonly Case[]);

  it.each([['dns.example.com'], ['10.0.0.2:53'], ['[fd00:ec2::253]'], ['10.0.0.0/24'], ['010.0.0.2'], [53]])(
    'may not be %j',
    (address) => {
      expect(faultsWith({ [resolvers]: [address] })).toEqual([
        {
          environment: 'test',
          field: `${resolvers}[0]`,
          value: address,
          rule: 'must be the IPv4 or IPv6 address of a DNS server, such as 169.254.169.253, without a port',
        },
      ]);
    },
  );

  it('may not be the same twice', () => {
    expect(faultsWith({ [resolvers]: ['10.0.0.2', '10.0.0.3', '10.0.0.2'] })).toEqual([
      {
        environment: 'test',
        field: `${resolvers}[2]`,
        value: '10.0.0.2',
        rule: `is ${resolvers}[0] too: leave one out`,
      },
    ]);
  });

  takes([
    [setting, {}],
    [resolvers, ['10.0.0.2', 'fd00:ec2::253']],
  ]);
});

describe('nginx must have an address of the API', () => {
  it('which there is not with the execute-api address out of service and no domain', () => {
    expect(faultsWith({ [setting]: {}, 'callbackReceiver.disableExecuteApiEndpoint': true })).toContainEqual({
      environment: 'test',
      field: setting,
      value: {},
      rule: 'needs an address of the API: give it a domain, or leave out disableExecuteApiEndpoint',
    });
  });

  it('that asks for no certificate', () => {
    const faults = faultsWith({
      [setting]: {},
      'callbackReceiver.disableExecuteApiEndpoint': true,
      'callbackReceiver.domain': {
        name: 'gw.example.com',
        certificateArn:
          'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab',
        mutualTls: { truststoreUri: 's3://bucket/key.pem' },
      },
    });
    expect(faults).toContainEqual({
      environment: 'test',
      field: setting,
      value: {},
      rule: 'would have to show the certificate that domain.mutualTls asks for: leave out disableExecuteApiEndpoint for as long as nginx mirrors',
    });
  });
});

it('an environment where every callback is signed has nothing to mirror', () => {
  const faults = faultsWith({
    [setting]: {},
    'callbackReceiver.callbacks': [
      {
        name: 'signed',
        path: '/signed',
        allowList: ['203.0.113.0/24'],
        schema: {},
        authorization: { kind: 'aws-iam', callerRoleArns: ['arn:aws:iam::111122223333:role/sender'] },
      },
    ],
  });
  expect(faults).toContainEqual({
    environment: 'test',
    field: setting,
    value: {},
    rule: 'has nothing to mirror: requests to callbacks with the authorization aws-iam are signed for the host that they are sent to; leave it out',
  });
});
