import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../environments/checks';
import { refuses, takes } from './cases';
import { changed, faultsWith, pathsOf, withSettings } from './settings';

const rest = 'callbackReceiver.domain';
const socket = 'websocketReply.domain';
const certificate =
  'arn:aws:acm:ap-northeast-2:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab';
const example = { name: 'gw.example.com', certificateArn: certificate };

/** A mirror has demands of its own on the address of the API. */
const unmirrored = { 'callbackReceiver.nginxMirror': undefined };

const faultsOfDomain = (domain: object, other: object = {}) =>
  faultsWith({ ...unmirrored, [rest]: { ...example, ...domain }, ...other }).map(({ field, value, rule }) => [
    field,
    value,
    rule,
  ]);

describe('the name', () => {
  const host = 'must be one host name in lower case such as gw.example.com, without a wildcard';
  it.each([
    ['', host],
    ['*.example.com', host],
    ['GW.example.com', host],
    ['https://gw.example.com', host],
    ['gw.example.com/', host],
    ['gw.example.com.', host],
    ['localhost', host],
    ['192.0.2.1', host],
    ['gw_1.example.com', host],
    ['-gw.example.com', host],
    [`${'a'.repeat(64)}.example.com`, host],
    [`${'a.'.repeat(124)}example`, host],
    [7, host],
    [undefined, host],
    [
      'a1.execute-api.ap-northeast-2.amazonaws.com',
      'must be a name of your own: AWS gives out those under amazonaws.com itself',
    ],
    ['x.amazonaws.com.cn', 'must be a name of your own: AWS gives out those under amazonaws.com itself'],
  ])('may not be %j', (name, rule) => {
    expect(faultsOfDomain({ name })).toEqual([[`${rest}.name`, name, rule]]);
  });

  it('may be long with a certificate that is given, and has 64 characters where one is made', () => {
    const name = `${'a'.repeat(52)}.example.com`;
    const longer = `a${name}`;

    expect(name).toHaveLength(64);
    expect(faultsOfDomain({ name: longer })).toEqual([]);
    expect(faultsOfDomain({ name, certificateArn: undefined, hostedZoneId: 'Z0123' })).toEqual([]);
    expect(faultsOfDomain({ name: longer, certificateArn: undefined, hostedZoneId: 'Z0123' })).toEqual([
      [
        `${rest}.name`,
        longer,
        'has 65 characters, and a certificate that is made here is for at most 64: shorten it, or give certificateArn',
      ],
    ]);
  });
});

describe('the base path', () => {
  const characters =
    "must be letters, digits and $-_.+!*'(), in segments with single slashes between them and none at the ends";
  const hidden = 'must have no segment that is ., .. or (none): clients or AWS read them as something else';
  const own = 'must not begin with ping or sping, which are API Gateway’s own';
  it.each([
    ['', characters],
    ['/events', characters],
    ['events/', characters],
    ['a//b', characters],
    ['a b', characters],
    ['ä', characters],
    ['a?b', characters],
    ['@connections', characters],
    ['a'.repeat(301), 'must be at most 300 characters'],
    ['a/../b', hidden],
    ['.', hidden],
    ['(none)', hidden],
    ['ping', own],
    ['sping/x', own],
  ])('of an HTTP domain may not be %j', (basePath, rule) => {
    expect(faultsOfDomain({ basePath })).toEqual([[`${rest}.basePath`, basePath, rule]]);
  });

  it.each(['events', 'in/events', "a-_.+!*'()$", 'pings', 'a'.repeat(300)])(
    'of an HTTP domain may be %j',
    (basePath) => {
      expect(faultsOfDomain({ basePath })).toEqual([]);
    },
  );

  it('of a WebSocket domain has one segment', () => {
    expect(faultsWith({ [socket]: { ...example, basePath: 'chat' } })).toEqual([]);
    expect(faultsWith({ [socket]: { ...example, basePath: 'in/chat' } })).toMatchObject([
      {
        field: `${socket}.basePath`,
        rule: "must be one segment of letters, digits and $-_.+!*'(), without slashes: AWS takes several for REST and HTTP APIs only",
      },
    ]);
  });
});

describe('the certificate', () => {
  it.each([
    [
      certificate.replace('ap-northeast-2', 'us-east-1'),
      'is in the region us-east-1, the environment in ap-northeast-2: use an ACM certificate of ap-northeast-2',
    ],
    [
      certificate.replace('111122223333', '444455556666'),
      'is in the account 444455556666, the environment in 111122223333: use an ACM certificate of 111122223333',
    ],
    [
      'arn:aws:iam::111122223333:server-certificate/x',
      'must be the ARN of an ACM certificate: arn:aws:acm:<region>:<account>:certificate/<id>',
    ],
  ])('may not be %s', (certificateArn, rule) => {
    expect(faultsOfDomain({ certificateArn })).toEqual([[`${rest}.certificateArn`, certificateArn, rule]]);
  });

  it('is given, or made in a hosted zone', () => {
    expect(faultsOfDomain({ certificateArn: undefined })).toEqual([
      [
        `${rest}.certificateArn`,
        undefined,
        'must be given, or hostedZoneId: a certificate that is made here is proven through a record in its zone',
      ],
    ]);
  });

  it.each(['/hostedzone/Z0123', 'example.com', '', 'Z'.repeat(33)])(
    'is not made in the zone %j',
    (hostedZoneId) => {
      expect(faultsOfDomain({ hostedZoneId })).toEqual([
        [
          `${rest}.hostedZoneId`,
          hostedZoneId,
          'must be the id of a hosted zone, such as Z0123456789ABCDEFGHIJ, without /hostedzone/',
        ],
      ]);
    },
  );
});

describe('mutual TLS', () => {
  const off = { 'callbackReceiver.disableExecuteApiEndpoint': true };
  const trusted = { truststoreUri: 's3://trusted/authorities.pem' };

  it('wants a file in a bucket', () => {
    expect(faultsOfDomain({ mutualTls: { ...trusted, truststoreVersion: 'v1' } }, off)).toEqual([]);
    for (const truststoreUri of [
      'https://trusted/x.pem',
      's3://trusted',
      's3://Trusted/x.pem',
      's3://trusted/',
      7,
    ]) {
      expect(faultsOfDomain({ mutualTls: { truststoreUri } }, off)).toEqual([
        [`${rest}.mutualTls.truststoreUri`, truststoreUri, 'must be s3://<bucket>/<key> of a PEM file'],
      ]);
    }
    expect(faultsOfDomain({ mutualTls: { ...trusted, truststoreVersion: '' } }, off)).toEqual([
      [
        `${rest}.mutualTls.truststoreVersion`,
        '',
        'must be the id of a version of the object, 1 to 1,024 characters',
      ],
    ]);
  });

  it.each([false, undefined])('leaves no way around it: disableExecuteApiEndpoint %j', (disabled) => {
    expect(
      faultsOfDomain({ mutualTls: trusted }, { 'callbackReceiver.disableExecuteApiEndpoint': disabled }),
    ).toEqual([
      [
        'callbackReceiver.disableExecuteApiEndpoint',
        disabled,
        'must be true with domain.mutualTls: whoever calls the execute-api address is asked for no certificate',
      ],
    ]);
  });

  it('is not for WebSocket APIs', () => {
    expect(
      faultsWith({
        [socket]: { ...example, mutualTls: trusted },
        'websocketReply.disableExecuteApiEndpoint': true,
      }),
    ).toMatchObject([
      {
        field: `${socket}.mutualTls`,
        rule: 'must be left out: API Gateway has mutual TLS for REST and HTTP APIs only, and the reply function, which comes through the domain too, has no certificate',
      },
    ]);
  });
});

describe('the execute-api address', () => {
  refuses([
    [
      'websocketReply.disableExecuteApiEndpoint',
      true,
      'must be false without domain: clients could not connect, and replies would have no way',
    ],
  ]);
  takes([['websocketReply.disableExecuteApiEndpoint', false]]);

  it('may go out of service without a domain, for callers that have one elsewhere', () => {
    expect(faultsWith({ ...unmirrored, 'callbackReceiver.disableExecuteApiEndpoint': true })).toEqual([]);
  });

  it('may go out of service with a domain', () => {
    expect(faultsWith({ [socket]: example, 'websocketReply.disableExecuteApiEndpoint': true })).toEqual([]);
  });
});

it('a private API has no regional domain, which is said once', () => {
  expect(
    faultsOfDomain(
      {},
      { 'callbackReceiver.privateEndpoint': { vpcEndpointIds: ['vpce-0123456789abcdef0'] } },
    ).filter(([field]) => field === rest),
  ).toEqual([
    [
      rest,
      example,
      'is a regional domain, which does not serve private APIs: leave it out, or privateEndpoint',
    ],
  ]);
});

describe('a name', () => {
  const zone = 'Z0123456789ABCDEFGHIJ';
  const other = (fields: Readonly<Record<string, unknown>>) =>
    withSettings({ name: 'other', deploymentRoles: undefined, manageAccountLogging: undefined, ...fields });

  it('has one API of an environment', () => {
    expect(faultsWith({ [rest]: example, [socket]: example })).toEqual([
      {
        environment: 'test',
        field: `${socket}.name`,
        value: 'gw.example.com',
        rule: 'is callbackReceiver.domain.name of this region too: give each API a name of its own',
      },
    ]);
  });

  it.each([
    [
      'of a region',
      { [rest]: example },
      {},
      'is callbackReceiver.domain.name of test of this region too: give each API a name of its own',
    ],
    [
      'of a zone',
      { [rest]: { ...example, certificateArn: undefined, hostedZoneId: zone } },
      { region: 'eu-west-1' },
      'is callbackReceiver.domain.name of test too, with records in the same zone: give each API a name of its own, or point the name at both yourself, without hostedZoneId',
    ],
  ])('has one API %s', (_, fields, place, rule) => {
    const faults = faultsOf([withSettings(fields), other({ ...fields, ...place })]);

    expect(faults.filter(({ field }) => field === `${rest}.name`)).toEqual([
      { environment: 'other', field: `${rest}.name`, value: 'gw.example.com', rule },
    ]);
  });

  it('may be that of an API in another region, without records of its own', () => {
    const faults = faultsOf([
      withSettings({ [rest]: example }),
      other({ [rest]: example, region: 'eu-west-1' }),
    ]);

    expect(faults.filter(({ field }) => field === `${rest}.name`)).toEqual([]);
  });
});

it('whatever stands in the place of a domain or a part of it, there are faults and nothing is thrown', () => {
  const whole = {
    ...example,
    basePath: 'events',
    hostedZoneId: 'Z0123',
    mutualTls: { truststoreUri: 's3://trusted/authorities.pem', truststoreVersion: 'v1' },
  };
  const paths = pathsOf(whole).filter((path) => path.length > 0);
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const domain = changed(whole, path, value);
      const faults = faultsWith({ [rest]: domain, [socket]: domain });
      expect(faults.filter(({ rule }) => !rule)).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
