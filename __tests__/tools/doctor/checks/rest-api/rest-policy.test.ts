import type { RestApi } from '@aws-sdk/client-api-gateway';
import { describe, expect, it } from 'vitest';
import { addressDifference } from '../../../../../tools/doctor/checks/rest-api/rest-policy-addresses';
import { changed, changedByHand, findingsServed, type Name, withApi } from './rest-recorded';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Resource: string;
  readonly Condition?: Record<string, Record<string, string | readonly string[]>>;
}

/** As API Gateway writes it: the inside of a JSON string. */
const withStatements = (name: Name, change: (statements: readonly Statement[]) => readonly object[]) =>
  changed<RestApi>(name, '', (api) => {
    const policy = JSON.parse(JSON.parse(`"${api.policy}"`));
    return {
      ...api,
      policy: JSON.stringify(JSON.stringify({ ...policy, Statement: change(policy.Statement) })).slice(1, -1),
    };
  });

const withRanges = (name: Name, sid: RegExp, ranges: string | readonly string[]) =>
  withStatements(name, (statements) =>
    statements.map((statement) => ({
      ...statement,
      ...(sid.test(statement.Sid ?? '') && {
        Condition: Object.fromEntries(
          Object.keys(statement.Condition ?? {}).map((operator) => [operator, { 'aws:SourceIp': ranges }]),
        ),
      }),
    })),
  );

const policy = (name: Name) => ({
  at: `${name}-callback-receiver: aws_api_gateway_rest_api_policy.api_policy`,
  subject: `resource policy of REST API ${name}-callback-receiver`,
});
const denied = 'HTTP 403 {"message":"This address may not call this API",…}';

describe('a resource policy', () => {
  it('that is not there lets everyone call', async () => {
    expect(await findingsServed('dev', withApi('dev', { policy: undefined }))).toEqual([
      expect.objectContaining({
        ...policy('dev'),
        code: 'resource-policy-missing',
        severity: 'error',
        problem: 'there is none: everyone may call',
        synthesized: expect.stringContaining('IpAddress aws:SourceIp = 203.0.113.0/24'),
        deployed: 'none',
        seen: expect.stringContaining('POST /v1/bizppurio/delivery-results'),
        fix: 'npx cdktf deploy dev-callback-receiver',
      }),
    ]);
  });

  it('that leaves a sender out refuses it', async () => {
    const answers = withRanges('prod', /PaymentEvents$/, ['2001:db8:7::/48']);
    expect(await findingsServed('prod', answers)).toEqual([
      {
        ...policy('prod'),
        ...changedByHand('prod'),
        code: 'resource-policy-refuses',
        severity: 'error',
        problem: 'it does not let 198.51.100.7/32, or a part of it, call POST /v1/payments/events',
        synthesized: expect.stringContaining('IpAddress aws:SourceIp = 198.51.100.7/32 or 2001:db8:7::/48'),
        deployed: expect.stringContaining('IpAddress aws:SourceIp = 2001:db8:7::/48'),
        seen: `callers of POST /v1/payments/events from there get ${denied}, and nothing is queued`,
      },
    ]);
  });

  it('that has another range lets the one in and shuts the other out', async () => {
    const answers = withRanges('dev', /./, '192.0.2.0/24');
    expect(await findingsServed('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'resource-policy-refuses',
        problem: 'it does not let 203.0.113.0/24, or a part of it, call POST /v1/bizppurio/delivery-results',
      }),
      expect.objectContaining({
        ...policy('dev'),
        code: 'resource-policy-opens',
        severity: 'warning',
        problem: 'it also lets 192.0.2.0/24 call POST /v1/bizppurio/delivery-results',
        seen: expect.stringMatching(/^nothing, until someone from there posts: what they post is queued/),
      }),
    ]);
  });

  it('that has a narrower range refuses a part', async () => {
    expect(await findingsServed('dev', withRanges('dev', /./, '203.0.113.0/25'))).toEqual([
      expect.objectContaining({
        code: 'resource-policy-refuses',
        problem: 'it does not let 203.0.113.0/24, or a part of it, call POST /v1/bizppurio/delivery-results',
      }),
    ]);
  });

  it.each([
    ['a range of all addresses', withRanges('dev', /./, '0.0.0.0/0'), '0.0.0.0/0'],
    [
      'no condition',
      withStatements('dev', ([{ Condition: _none, ...allow } = {} as Statement]) => [allow]),
      'everyone',
    ],
  ])('with %s is open', async (_what, answers, who) => {
    expect(await findingsServed('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'resource-policy-public',
        severity: 'error',
        problem: expect.stringContaining(who),
      }),
    ]);
  });

  it('of another stage refuses everyone', async () => {
    const answers = withStatements('dev', (statements) =>
      statements.map((statement) => ({ ...statement, Resource: statement.Resource.replace('/v1/', '/v2/') })),
    );
    expect(await findingsServed('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'resource-policy-refuses',
        severity: 'error',
        problem: 'it does not let 203.0.113.0/24, or a part of it, call POST /v1/bizppurio/delivery-results',
      }),
    ]);
  });

  it('that denies some of those it allows', async () => {
    const answers = withStatements('dev', (statements) => [
      ...statements,
      { ...statements[1], Sid: 'NotThis', Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.9' } } },
    ]);
    expect(await findingsServed('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'resource-policy-refuses',
        problem: 'it does not let 203.0.113.9, or a part of it, call POST /v1/bizppurio/delivery-results',
        synthesized: 'nothing more',
      }),
    ]);
  });

  it('with other statements for the same addresses is a warning', async () => {
    const answers = withStatements('dev', (statements) =>
      statements.filter(({ Effect }) => Effect === 'Allow'),
    );
    expect(await findingsServed('dev', answers)).toEqual([
      expect.objectContaining({
        code: 'resource-policy',
        severity: 'warning',
        problem: 'it has other statements, and lets the same addresses call the routes',
        deployed: 'nothing more',
        seen: 'nothing: the same callers get in',
      }),
    ]);
  });

  it.each([
    ['Deny', 'error', 'callers whom these statements refuse get HTTP 403, and nothing is queued'],
    ['Allow', 'warning', 'nothing, or callers that should not get in do'],
  ])('with a condition that only AWS can decide, to %s', async (effect, severity, seen) => {
    const answers = withStatements('dev', (statements) => [
      ...statements,
      {
        ...statements[0],
        Sid: 'Vpc',
        Effect: effect,
        Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } },
      },
    ]);
    expect(await findingsServed('dev', answers)).toEqual([
      expect.objectContaining({ ...policy('dev'), code: 'resource-policy', severity, seen }),
    ]);
  });
});

describe('two policies', () => {
  const of = (...ranges: readonly string[]) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: '*',
          Condition: { IpAddress: { 'aws:SourceIp': ranges } },
        },
      ],
    });
  const resource = 'arn:aws:execute-api:ap-northeast-2:111122223333:oaorye46zr/v1/POST/a';

  it('are tried with the ends of IPv6 ranges too', () => {
    expect(addressDifference(of('2001:db8:7::/48'), of('2001:db8:7::/64'), resource)).toEqual({
      refused: ['2001:db8:7::/48'],
      letIn: [],
      others: 'the same',
    });
    expect(addressDifference(of('2001:db8:7::/64'), of('2001:db8:7::/48'), resource)).toEqual({
      refused: [],
      letIn: ['2001:db8:7::/48'],
      others: 'the same',
    });
  });
});
