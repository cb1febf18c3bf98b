import { describe, expect, it } from 'vitest';
import { environments } from '../../environments';
import { faultsOf } from '../../environments/checks';
import { refuses, takes } from './cases';
import { everySetting, faultsWith, withSettings } from './settings';

describe('environments that can be deployed', () => {
  it('has no fault in the ones that are shipped', () => {
    expect(faultsOf(environments)).toEqual([]);
  });

  it('has no fault in one that uses every setting', () => {
    expect(faultsOf([everySetting])).toEqual([]);
  });
});

describe('the name of an environment', () => {
  const characters = 'must be lower-case letters, digits and single hyphens, with no hyphen at either end';
  it.each(['', 'Prod', 'a--b', '-a', 'a-', 'a_b', 'a b', 'a\n', undefined, null, 7, ['a']])(
    'may not be %j',
    (name) => {
      const label = typeof name === 'string' && name !== '' ? name : 'environments[0]';
      expect(faultsWith({ name })).toContainEqual({
        environment: label,
        field: 'name',
        value: name,
        rule: characters,
      });
    },
  );

  it('has at most 12 characters', () => {
    expect(faultsWith({ name: 'a23456789012' })).toEqual([]);
    expect(faultsWith({ name: 'a234567890123' })).toEqual([
      {
        environment: 'a234567890123',
        field: 'name',
        value: 'a234567890123',
        rule: 'must be at most 12 characters: it is the prefix of every name',
      },
    ]);
  });

  it('is there once', () => {
    expect(faultsOf([...environments, { ...environments[0], accountId: '999999999999' }])).toEqual([
      {
        environment: 'dev',
        field: 'name',
        value: 'dev',
        rule: 'is the name of environments[0] and of environments[2], and stacks are named after it: give each its own',
      },
    ]);
  });
});

describe('account and region', () => {
  const account = 'must be the twelve digits of an AWS account, in quotes and with leading zeros';
  it.each(['12345678901', '1234567890123', '11112222333x', 111122223333, undefined])(
    'takes no account id like %j',
    (accountId) => {
      expect(faultsWith({ accountId })).toEqual([
        { environment: 'test', field: 'accountId', value: accountId, rule: account },
      ]);
    },
  );

  const region = 'must be an AWS region such as ap-northeast-2, us-gov-west-1 or cn-north-1';
  it.each(['ap-northeast2', 'ap-northeast-2a', 'seoul', 'aq-north-1', 'us-gov-north-1', 'AP-NORTHEAST-2', 1])(
    'takes no region like %j',
    (value) => {
      expect(faultsWith({ region: value })).toEqual([
        { environment: 'test', field: 'region', value, rule: region },
      ]);
    },
  );

  it.each([
    ['us-east-1', 'aws'],
    ['il-central-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('takes the region %s of the partition %s', (value, partition) => {
    const environment = {
      name: 'a',
      accountId: '111122223333',
      region: value,
      state: { kind: 'local' },
      alarmTopicArn: `arn:${partition}:sns:${value}:111122223333:on-call`,
      websocketReply: {},
    };
    expect(faultsOf([environment])).toEqual([]);
  });
});

describe('state', () => {
  const organization = "must be an HCP Terraform organization's name: letters, digits, _ and -";
  const project =
    "must be an HCP Terraform project's name: 3 to 40 letters, digits, _, - and spaces between them";
  const hostname = 'must be a host name without https:// and path, such as terraform.example.com';
  const cloud = (more: object) => ({ kind: 'hcp-terraform', organization: 'example', ...more });

  it.each([
    ['organization', 'example org', organization],
    ['organization', '', organization],
    ['project', 'ab', project],
    ['project', ' abc', project],
    ['hostname', 'https://terraform.example.com', hostname],
    ['hostname', 'localhost', hostname],
  ])('takes no %s %j of HCP Terraform', (key, value, rule) => {
    expect(faultsWith({ state: cloud({ [key]: value }) })).toEqual([
      { environment: 'test', field: `state.${key}`, value, rule },
    ]);
  });

  takes([
    ['state', { kind: 'local' }],
    ['state', cloud({})],
    ['state', cloud({ project: 'Message gateways', hostname: 'terraform.example.com:8443' })],
    ['state.keyPrefix', undefined],
    ['state.keyPrefix', 'states'],
  ]);

  const characters =
    'must be the name of an S3 bucket: 3 to 63 lower-case letters, digits, hyphens and single dots, with a letter or digit at both ends';
  const prefix =
    "must be up to 512 letters, digits and !_.*'()-, with single slashes between, none at the start or the end: states/messages";
  refuses([
    ['state.bucket', 'ab', characters],
    ['state.bucket', 'a'.repeat(64), characters],
    ['state.bucket', 'My-bucket', characters],
    ['state.bucket', 'a..b', characters],
    ['state.bucket', 'a-', characters],
    ['state.bucket', '10.0.0.1', 'must be the name of an S3 bucket, which does not look like an IP address'],
    [
      'state.bucket',
      'xn--states',
      'must be the name of an S3 bucket: none begins with xn--, sthree- or amzn-s3-demo-, or ends with -s3alias, --ol-s3, --x-s3, --table-s3 or .mrap',
    ],
    ['state.region', 'europe', 'must be an AWS region such as ap-northeast-2, us-gov-west-1 or cn-north-1'],
    ['state.keyPrefix', '/states', prefix],
    ['state.keyPrefix', 'states/', prefix],
    ['state.keyPrefix', 'a//b', prefix],
    ['state.keyPrefix', '', prefix],
    ['state.kind', 'S3', 'must be "local", "hcp-terraform" or "s3"'],
    ['state', 'local', 'must be an object whose kind is "local", "hcp-terraform" or "s3"'],
    ['state', undefined, 'must be an object whose kind is "local", "hcp-terraform" or "s3"'],
  ]);
});

describe('tags', () => {
  const text = 'must be a text of up to 256 letters, digits, spaces and _.:/=+-@';
  const key = 'must have a key of 1 to 128 letters, digits, spaces and _.:/=+-@';
  refuses([
    ['tags', 'team', "must be an object of tags: { 'cost-center': 'messaging' }"],
    ['tags["aws:team"]', 'a', 'has a key beginning with aws:, which AWS reserves: use another key'],
    ['tags.stack', 'a', 'is a tag that the stacks write themselves: use another key'],
    ['tags.Environment', 'a', 'is a tag that the stacks write themselves: use another key'],
    ['tags.team', 'a'.repeat(257), text],
    ['tags.team', 'a;b', text],
    ['tags.team', 7, text],
    ['tags["a;b"]', 'a', key],
  ]);

  takes([
    ['tags["팀 이름"]', '메시지'],
    ['tags.team', ''],
  ]);

  it('has keys of at most 128 characters', () => {
    expect(faultsWith({ tags: { ['a'.repeat(128)]: 'a' } })).toEqual([]);
    expect(faultsWith({ tags: { ['a'.repeat(129)]: 'a' } })).toMatchObject([{ value: 'a', rule: key }]);
  });

  it('leaves room for the two of the stacks among the fifty that AWS takes', () => {
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, 'a']));
    expect(faultsWith({ tags: many(48) })).toEqual([]);
    expect(faultsWith({ tags: many(50) })).toEqual([
      {
        environment: 'test',
        field: 'tags',
        value: many(50),
        rule: 'are 50 tags; AWS takes 50 and the stacks add environment and stack: leave out 2',
      },
    ]);
  });

  it('has keys that differ in more than case', () => {
    expect(faultsWith({ tags: { team: 'a', Team: 'b' } })).toEqual([
      {
        environment: 'test',
        field: 'tags.Team',
        value: 'b',
        rule: 'differs from the tag "team" only in case, which IAM does not tell apart: leave one out',
      },
    ]);
  });
});

describe('the other settings of an environment', () => {
  const days =
    "must be one of CloudWatch Logs' own: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653";
  const topic = 'must be the ARN of an SNS topic: arn:aws:sns:<region>:<account>:<topic>';
  refuses([
    ['encryption', 'kms', 'must be "sqs-managed" or "customer-key"'],
    ['logRetentionDays', 31, `${days}; the next is 60`],
    ['logRetentionDays', 0, `${days}; the next is 1`],
    ['logRetentionDays', '30', days],
    ['logRetentionDays', 5000, days],
    ['manageAccountLogging', 'true', 'must be true or false, without quotes'],
    ['alarmTopicArn', 'on-call', topic],
    ['alarmTopicArn', 'arn:aws:sqs:ap-northeast-2:111122223333:on-call', topic],
    [
      'alarmTopicArn',
      'arn:aws:sns:us-east-1:111122223333:on-call',
      'is in the region us-east-1, the environment in ap-northeast-2: use an SNS topic of ap-northeast-2',
    ],
    [
      'alarmTopicArn',
      'arn:aws-cn:sns:ap-northeast-2:111122223333:on-call',
      "is in the partition aws-cn, the environment's region ap-northeast-2 in aws: use an SNS topic of ap-northeast-2",
    ],
  ]);

  it('deploys something', () => {
    const { callbackReceiver: _, websocketReply: __, subscriberPipe: ___, ...nothing } = everySetting;
    expect(faultsOf([nothing])).toEqual([
      {
        environment: 'test',
        field: 'callbackReceiver | httpCallbackReceiver | websocketReply | subscriberPipe',
        value: undefined,
        rule: 'at least one must be given, or there is nothing to deploy: add one, or leave the environment out',
      },
    ]);
  });

  it('sets the logging role of an account and region only once', () => {
    const [dev] = environments;
    const other = (more: object) => ({ ...dev, name: 'other', ...more });
    expect(faultsOf([dev, other({})])).toEqual([
      {
        environment: 'other',
        field: 'manageAccountLogging',
        value: true,
        rule: 'is true for dev, which sets the role for this account and region already: leave it out here',
      },
    ]);
    expect(faultsOf([dev, other({ region: 'us-east-1' })])).toEqual([]);
    expect(faultsOf([dev, other({ accountId: '999999999999' })])).toEqual([]);
  });
});

describe('settings that do not exist', () => {
  it.each([
    ['regoin', 'is not a setting: write region'],
    ['callbackReciever', 'is not a setting: write callbackReceiver'],
    ['callbackReceiver.callbacks[0].queue.retentionDay', 'is not a setting: write retentionDays'],
    ['websocketReply.maximumConcurency', 'is not a setting: write maximumConcurrency'],
    ['subscriberPipe.subscriptions[0].filters', 'is not a setting: write filter'],
    ['state.colour', 'is not a setting here: leave it out, or use kind, bucket, region or keyPrefix'],
    [
      'callbackReceiver.callbacks[2].queue.messageGroupId',
      'is not a setting here: leave it out, or use kind, consumerTimeoutSeconds, maxReceiveCount, retentionDays or consumerRoleArns',
    ],
  ])('says of %s what was probably meant', (field, rule) => {
    expect(faultsWith({ [field]: 3 })).toEqual([{ environment: 'test', field, value: 3, rule }]);
  });

  it('count even when undefined, where known ones are left out', () => {
    expect(faultsOf([{ ...everySetting, regoin: undefined }])).toHaveLength(1);
    expect(faultsOf([{ ...everySetting, encryption: undefined }])).toEqual([]);
  });
});

it('names the faults of every environment', () => {
  expect(
    faultsOf([withSettings({ region: 'x' }), withSettings({ name: 'other', accountId: 'y' })]).map(
      ({ environment, field }) => `${environment} ${field}`,
    ),
  ).toEqual(expect.arrayContaining(['test region', 'other accountId']));
});
