import { describe, expect, it } from 'vitest';
import { allowListStatements } from '../../constructs/api/allow-list';
import { executeApiArn } from '../../constructs/iam/arn';
import { placement } from '../../constructs/iam/placement';
import { resourcePolicyLength } from '../../environments/checks/resource-policy';
import { policyJson } from '../../tools/plan/policy-document';
import { refuses, takes } from './cases';
import { faultsWith } from './settings';

const receiver = 'callbackReceiver';
const callback = `${receiver}.callbacks[0]`;
const role = 'arn:aws:iam::444455556666:role/partner/sender';
const endpoint = 'vpce-0123456789abcdef0';
const webAcl =
  'arn:aws:wafv2:ap-northeast-2:111122223333:regional/webacl/edge/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('signed requests', () => {
  const roles = `${callback}.authorization.callerRoleArns`;
  const wanted = 'must be the ARN of a role, without * and with its path: arn:aws:iam::<account>:role/<name>';
  const signed = (...callerRoleArns: readonly unknown[]) => ({
    [`${callback}.authorization`]: { kind: 'aws-iam', callerRoleArns },
  });
  takes([
    [`${callback}.authorization`, { kind: 'aws-iam', callerRoleArns: [role] }],
    [`${callback}.authorization`, undefined],
  ]);
  it.each([
    ['arn:aws:iam::444455556666:role/*', wanted],
    ['arn:aws:iam::444455556666:role/', wanted],
    ['arn:aws:iam::444455556666:user/carla', wanted],
    ['arn:aws:iam::*:role/sender', wanted],
    ['*', wanted],
    [`arn:aws:iam::444455556666:role/${'a/'.repeat(100)}*`, wanted],
    [7, wanted],
    [
      'arn:aws:iam::444455556666:root',
      'is an account, which stands for every user and role that it lets call: name its roles one by one',
    ],
    [
      'arn:aws:sts::444455556666:assumed-role/sender/me',
      'is a session, which ends: name its role, arn:aws:iam::<account>:role/<name>',
    ],
    [
      'arn:aws-cn:iam::444455556666:role/sender',
      'is in the partition aws-cn, whose credentials do not count in aws: use a role of aws',
    ],
  ])('%s may not sign', (value, rule) => {
    expect(faultsWith(signed(value))).toEqual([{ environment: 'test', field: `${roles}[0]`, value, rule }]);
  });
  it('are those of one role at least, each once', () => {
    expect(faultsWith(signed())).toMatchObject([
      { field: roles, rule: 'must be a list of at least one role ARN' },
    ]);
    expect(faultsWith(signed(role, role))).toMatchObject([
      { field: `${roles}[1]`, value: role, rule: `is ${roles}[0] too: leave one out` },
    ]);
  });
});

describe('API keys', () => {
  const quota = 'must be a whole number of requests from 1 to 2,147,483,647';
  const key = `${callback}.apiKey`;
  takes([
    [key, {}],
    [key, { throttling: { rateLimit: 0.1, burstLimit: 1 }, quota: { requests: 1, period: 'MONTH' } }],
  ]);
  it.each([
    [{ quota: { requests: 0, period: 'DAY' } }, 'quota.requests', quota],
    [{ quota: { requests: 1.5, period: 'DAY' } }, 'quota.requests', quota],
    [{ quota: { requests: 5, period: 'HOUR' } }, 'quota.period', 'must be "DAY", "WEEK" or "MONTH"'],
    [
      { throttling: { rateLimit: 3, burstLimit: 1 } },
      'throttling.rateLimit',
      'is more than the stage lets through for all callers together, 0.5: lower it, or raise callbackReceiver.throttling.rateLimit',
    ],
    [{ value: 'secret' }, 'value', 'is not a setting here: leave it out, or use throttling or quota'],
  ])('may not be %j', (value, field, rule) => {
    expect(faultsWith({ [key]: value })).toMatchObject([{ field: `${key}.${field}`, rule }]);
  });
  it('have a quota that outlives one burst', () => {
    expect(
      faultsWith({
        [`${receiver}.throttling`]: undefined,
        [key]: { throttling: { rateLimit: 5, burstLimit: 10 }, quota: { requests: 9, period: 'DAY' } },
      }),
    ).toEqual([
      {
        environment: 'test',
        field: `${key}.quota.requests`,
        value: 9,
        rule: 'is less than one burst of this key, 10, which would use up the whole period at once: raise it, or lower throttling.burstLimit',
      },
    ]);
  });
});

describe('a web ACL', () => {
  const wanted =
    'must be the ARN of a regional WAF web ACL: arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>';
  const field = `${receiver}.webAclArn`;
  takes([[field, webAcl]]);
  refuses([
    [field, 'edge', wanted],
    [field, webAcl.replace('regional', 'global'), wanted],
    [
      field,
      webAcl.replace('ap-northeast-2', 'us-east-1'),
      'is in the region us-east-1, the environment in ap-northeast-2: use a regional WAF web ACL of ap-northeast-2',
    ],
    [
      field,
      webAcl.replace('111122223333', '444455556666'),
      'is in the account 444455556666, the environment in 111122223333: use a regional WAF web ACL of 111122223333',
    ],
  ]);
});

describe('a private API', () => {
  const field = `${receiver}.privateEndpoint`;
  const ids = `${field}.vpcEndpointIds`;
  const wanted = 'must be the id of an interface endpoint for execute-api, such as vpce-0123456789abcdef0';
  takes([[field, { vpcEndpointIds: [endpoint, 'vpce-01234567'] }]]);
  it.each([
    [[], ids, 'must be a list of at least one VPC endpoint'],
    [['vpc-01234567'], `${ids}[0]`, wanted],
    [[endpoint, endpoint], `${ids}[1]`, `is ${ids}[0] too: leave one out`],
  ])('is not reached through %j', (vpcEndpointIds, at, rule) => {
    expect(faultsWith({ [field]: { vpcEndpointIds } })).toMatchObject([{ field: at, rule }]);
  });
  it('keeps its address, and has no regional domain', () => {
    expect(
      faultsWith({
        [field]: { vpcEndpointIds: [endpoint] },
        [`${receiver}.disableExecuteApiEndpoint`]: true,
        [`${receiver}.domain`]: { name: 'gw.example.com' },
      }).map(({ field: at, rule }) => [at, rule]),
    ).toEqual(
      expect.arrayContaining([
        [
          `${receiver}.disableExecuteApiEndpoint`,
          "is true, and callers of a private API come through that address alone: leave it out, the address answers the API's VPC endpoints only",
        ],
        [
          `${receiver}.domain`,
          'is a regional domain, which does not serve private APIs: leave it out, or privateEndpoint',
        ],
      ]),
    );
  });
});

it('the length of the resource policy is that of the statements, roles and endpoints included', () => {
  const home = placement('ap-northeast-2', '111122223333');
  const vpcEndpointIds = [endpoint];
  const callbacks = [
    { name: 'orders', path: '/orders', allowList: ['10.0.0.0/8'], callerRoleArns: [role, `${role}-2`] },
    { name: 'texts', path: '/texts', allowList: ['10.0.0.0/8'] },
  ];
  const arn = (method: '*' | 'POST', path: string) => executeApiArn(home, '0123456789', 'v1', method, path);
  const statement = allowListStatements(
    callbacks.map((one) => ({
      ...one,
      name: one.name.replace(/^./, (c) => c.toUpperCase()),
      arn: arn('POST', one.path),
    })),
    arn('*', '/*'),
    vpcEndpointIds,
  ).map(({ conditions = [], ...rest }) => ({ effect: 'Allow', ...rest, condition: conditions }));

  expect(resourcePolicyLength(callbacks, { home, stageName: 'v1', vpcEndpointIds })).toBe(
    JSON.stringify(
      // The provider writes a list of one as the one.
      JSON.parse(policyJson({ statement }, 'policy'), (_, value) =>
        Array.isArray(value) && value.length === 1 ? value[0] : value,
      ),
    ).length,
  );
  expect(
    faultsWith({
      [`${callback}.authorization`]: {
        kind: 'aws-iam',
        callerRoleArns: Array.from({ length: 120 }, (_, index) => `${role}-${index}`),
      },
    }),
  ).toMatchObject([
    {
      field: `${receiver}.callbacks`,
      rule: expect.stringMatching(/and API Gateway takes 8,192: let callbacks share .* one list of roles/),
    },
  ]);
});
