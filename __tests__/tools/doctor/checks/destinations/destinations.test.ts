import type { DescribeApiDestinationResponse, DescribeConnectionResponse } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { destinations } from '../../../../../tools/doctor/checks/destinations/destinations';
import { text } from '../../../../../tools/plan/attributes';
import { resourcesOf } from '../../../../../tools/plan/plan';
import { dev } from '../../../../fixtures/environments/dev';
import { prod } from '../../../../fixtures/environments/prod';
import { variants } from '../../../rehearse/variants';
import { type Answers, recorded, withAnswer } from '../../recorded';
import { examined, ids, known, pipePlan, plansWith } from '../pipes/pipe-subjects';

const plans = plansWith(prod, known);
const answers = recorded('destinations-prod');
const connectionKey =
  'events:DescribeConnection arn:aws:events:ap-northeast-2:444455556666:connection/prod-delivery-results/*';
const destinationKey =
  'events:DescribeApiDestination arn:aws:events:ap-northeast-2:444455556666:api-destination/prod-delivery-results/*';

const findings = async (given: Answers) => (await examined(destinations, plans, given)).findings;
const withConnection = (change: Partial<DescribeConnectionResponse>, given = answers) =>
  withAnswer<DescribeConnectionResponse>(given, connectionKey, (answer) => ({ ...answer, ...change }));
const withDestination = (change: Partial<DescribeApiDestinationResponse>, given = answers) =>
  withAnswer<DescribeApiDestinationResponse>(given, destinationKey, (answer) => ({ ...answer, ...change }));

const connection = {
  at: 'prod-subscriber-pipe: aws_cloudwatch_event_connection.delivery_results_subscriber_connection',
  subject: 'connection prod-delivery-results',
};
const destination = {
  at: 'prod-subscriber-pipe: aws_cloudwatch_event_api_destination.delivery_results_subscriber_destination',
  subject: 'API destination prod-delivery-results',
};
const waits =
  'the pipe prod-delivery-results cannot deliver: the queue prod-delivery-results, which POST ' +
  '/v1/bizppurio/delivery-results fills, grows';

describe('destinations and connections as they were synthesized', () => {
  it('are no finding', async () => {
    expect(await examined(destinations, plans, answers)).toEqual({ resources: 2, findings: [] });
  });

  it('are none where everything is delivered to functions', async () => {
    const none = plansWith(dev, new Map());
    const { resources, findings } = await examined(destinations, none, recorded('destinations-dev'));
    expect({ resources, findings }).toEqual({ resources: 0, findings: [] });
  });

  it('may have the header in other letters: headers have no case', async () => {
    const given = withConnection({ AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'x-api-key' } } });
    expect(await findings(given)).toEqual([]);
  });

  it('ask for nothing but what is declared, and for all of it', () => {
    expect(
      destinations.permissions(pipePlan(plans)).map(({ action, resource }) => `${action} ${resource}`),
    ).toEqual([connectionKey, destinationKey]);
    expect([...answers.keys()]).toEqual([connectionKey, destinationKey]);
  });
});

describe('a connection', () => {
  it('that is missing is one finding, though its destination is INACTIVE because of it', async () => {
    const given = withAnswer(withDestination({ ApiDestinationState: 'INACTIVE' }), connectionKey, () => null);
    expect(await findings(given)).toEqual([
      {
        ...connection,
        code: 'connection-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: expect.stringContaining(waits),
        cause: expect.any(String),
        fix: 'npx cdktf deploy prod-subscriber-pipe',
      },
    ]);
  });

  it.each([
    ['DEAUTHORIZED', 'error', waits, 'Have the subscriber take the secret'],
    ['FAILED_CONNECTIVITY', 'error', waits, 'network'],
    ['DELETING', 'error', waits, 'npx cdktf deploy'],
    ['AUTHORIZING', 'warning', 'messages wait until it is AUTHORIZED', 'two minutes'],
    ['DEAUTHORIZING', 'warning', 'messages wait until it is AUTHORIZED', 'two minutes'],
    ['CREATING', 'warning', 'messages wait until it is AUTHORIZED', 'two minutes'],
  ] as const)('that is %s', async (ConnectionState, severity, seen, fix) => {
    const inactive = withDestination({ ApiDestinationState: 'INACTIVE' });
    expect(await findings(withConnection({ ConnectionState, StateReason: 'because' }, inactive))).toEqual([
      {
        ...connection,
        code: 'connection-state',
        severity,
        problem: `it is ${ConnectionState}: because`,
        seen: expect.stringContaining(seen),
        cause: expect.any(String),
        fix: expect.stringContaining(fix),
      },
    ]);
  });

  it.each(['API_KEY', 'BASIC'] as const)(
    'that is DEAUTHORIZED with %s: by whom, and what helps though the secret stays',
    async (AuthorizationType) => {
      const given = withConnection({ ConnectionState: 'DEAUTHORIZED', AuthorizationType });
      const [finding] = await findings(given);
      expect(finding?.cause).toContain('The subscriber has answered 401 or 407');
      expect(finding?.fix).toMatch(/If it is a new one, .*, then npx cdktf deploy prod-subscriber-pipe;/);
      expect(finding?.fix).toMatch(
        / TF_CLI_ARGS_apply=-replace=aws_cloudwatch_event_connection\.delivery_results_subscriber_connection npx cdktf deploy prod-subscriber-pipe$/,
      );
    },
  );

  it('that is ACTIVE may be used', async () => {
    expect(await findings(withConnection({ ConnectionState: 'ACTIVE' }))).toEqual([]);
  });

  it('that authorizes in another way', async () => {
    const given = withConnection({
      AuthorizationType: 'BASIC',
      AuthParameters: { BasicAuthParameters: { Username: 'u' } },
    });
    expect(await findings(given)).toEqual([
      expect.objectContaining({
        ...connection,
        code: 'connection-authorization',
        severity: 'error',
        synthesized: 'API_KEY',
        deployed: 'BASIC',
        seen: expect.stringContaining('401 or 403'),
      }),
    ]);
  });

  it('that sends its key in another header', async () => {
    const given = withConnection({ AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'X-Other' } } });
    expect(await findings(given)).toEqual([
      expect.objectContaining({
        ...connection,
        code: 'connection-parameter',
        problem: 'its header is another one',
        synthesized: 'X-Api-Key',
        deployed: 'X-Other',
        seen: expect.stringContaining('401 or 403'),
        fix: 'npx cdktf deploy prod-subscriber-pipe restores it; what was meant belongs in environments/',
      }),
    ]);
  });
});

describe('an API destination', () => {
  it('that is missing', async () => {
    expect(await findings(withAnswer(answers, destinationKey, () => null))).toEqual([
      expect.objectContaining({
        ...destination,
        code: 'destination-missing',
        severity: 'error',
        seen: expect.stringContaining(waits),
      }),
    ]);
  });

  it('that is INACTIVE though its connection is not to blame', async () => {
    expect(await findings(withDestination({ ApiDestinationState: 'INACTIVE' }))).toEqual([
      expect.objectContaining({
        ...destination,
        code: 'destination-inactive',
        severity: 'error',
        problem: 'it is INACTIVE',
        seen: expect.stringContaining(waits),
      }),
    ]);
  });

  it.each<[string, Partial<DescribeApiDestinationResponse>, string, string, string]>([
    ['error', { InvocationEndpoint: 'https://x.example.com/' }, 'url', 'https://x.example.com/', '2xx'],
    ['error', { HttpMethod: 'PUT' }, 'method', 'PUT', '404 or 405'],
    ['warning', { InvocationRateLimitPerSecond: 5 }, 'rate', '5 a second', 'the queue grows'],
    ['warning', { InvocationRateLimitPerSecond: 300 }, 'rate', '300 a second', '429'],
    ['error', { ConnectionArn: `${ids.connection}0` }, 'connection', `${ids.connection}0`, '401 or 403'],
  ])('%s: %j', async (severity, change, what, deployed, seen) => {
    expect(await findings(withDestination(change))).toEqual([
      expect.objectContaining({
        ...destination,
        code: `destination-${what}`,
        severity,
        deployed,
        seen: expect.stringContaining(seen),
      }),
    ]);
  });

  it('is not held against a connection that was not found', async () => {
    const unknown = plansWith(prod, new Map());
    expect((await examined(destinations, unknown, answers)).findings).toEqual([]);
  });
});

describe('other authorizations', () => {
  const environment =
    variants[Object.keys(variants).find((name) => name.includes('each authorization')) ?? ''];
  if (!environment) throw new Error('no variant has them');
  const all = plansWith(environment, new Map());
  /** As AWS would answer for each of the plan's. */
  const intact = (): Map<string, unknown> => {
    const plan = pipePlan(all);
    const at = 'arn:aws:events:ap-northeast-2:111122223333';
    const reads = ['name', 'authorization_type', 'invocation_endpoint', 'http_method'];
    const read = (type: string) => resourcesOf(plan, type, { reads, ignores: 'the rest' });
    const parameters: Readonly<Record<string, object>> = {
      API_KEY: { ApiKeyAuthParameters: { ApiKeyName: 'X-Key' } },
      BASIC: { BasicAuthParameters: { Username: 'me' } },
      OAUTH_CLIENT_CREDENTIALS: {
        OAuthParameters: {
          AuthorizationEndpoint: 'https://auth.example.com/token',
          HttpMethod: 'POST',
          ClientParameters: { ClientID: 'me' },
          OAuthHttpParameters: {
            BodyParameters: [
              { Key: 'scope', Value: 'deliver', IsValueSecret: false },
              { Key: 'grant_type', Value: 'client_credentials', IsValueSecret: false },
            ],
          },
        },
      },
    };
    return new Map<string, unknown>([
      ...read('aws_cloudwatch_event_connection').map((one): [string, unknown] => [
        `events:DescribeConnection ${at}:connection/${text(one, 'name')}/*`,
        {
          ConnectionState: 'AUTHORIZED',
          AuthorizationType: text(one, 'authorization_type'),
          AuthParameters: parameters[text(one, 'authorization_type')],
        },
      ]),
      ...read('aws_cloudwatch_event_api_destination').map((one): [string, unknown] => [
        `events:DescribeApiDestination ${at}:api-destination/${text(one, 'name')}/*`,
        {
          ApiDestinationState: 'ACTIVE',
          InvocationEndpoint: text(one, 'invocation_endpoint'),
          HttpMethod: text(one, 'http_method'),
          InvocationRateLimitPerSecond: 10,
        },
      ]),
    ]);
  };
  const oauth =
    'events:DescribeConnection arn:aws:events:ap-northeast-2:111122223333:connection/dev-oauth-out/*';

  it('are no finding as they are', async () => {
    expect((await examined(destinations, all, intact())).findings).toEqual([]);
  });

  it('OAuth: another token endpoint, client, or scope', async () => {
    const given = withAnswer<DescribeConnectionResponse>(intact(), oauth, (answer) => ({
      ...answer,
      AuthParameters: {
        OAuthParameters: {
          ...answer.AuthParameters?.OAuthParameters,
          AuthorizationEndpoint: 'https://other.example.com/',
          ClientParameters: { ClientID: 'other' },
          OAuthHttpParameters: {
            BodyParameters: [{ Key: 'scope', Value: 'hush', IsValueSecret: true }],
          },
        },
      },
    }));
    const { findings } = await examined(destinations, all, given);
    expect(findings.map(({ problem, deployed }) => [problem, deployed])).toEqual([
      ['its token endpoint is another one', 'https://other.example.com/'],
      ['its client id is another one', 'other'],
      ['its token request body is another one', 'scope=(secret)'],
    ]);
    expect(findings[0]?.seen).toContain('gets no token');
    expect(JSON.stringify(findings)).not.toContain('hush');
  });

  it('OAuth that is refused says whose refusal it is', async () => {
    const given = withAnswer<DescribeConnectionResponse>(intact(), oauth, (answer) => ({
      ...answer,
      ConnectionState: 'DEAUTHORIZED',
    }));
    const { findings } = await examined(destinations, all, given);
    expect(findings.map(({ code, cause }) => [code, cause])).toEqual([
      ['connection-state', expect.stringContaining('The token endpoint refuses')],
    ]);
  });
});
