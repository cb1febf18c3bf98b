import { describe, expect, it } from 'vitest';
import { readPlan } from '../../../../tools/plan/plan';
import { integrationTarget } from '../../../../tools/review/picture/integration-target';
import { routeCallers } from '../../../../tools/review/picture/route-callers';
import { stackOf } from './stack-of';

const api = 'arn:aws:execute-api:eu-west-1:111122223333:';

const statement = (effect: string, resource: string, test?: string, values: readonly string[] = []) => ({
  effect,
  actions: ['execute-api:Invoke'],
  resources: [`${api}${resource}`],
  principals: [{ type: '*', identifiers: ['*'] }],
  ...(test && { condition: [{ test, variable: 'aws:SourceIp', values }] }),
});

function callersWith(statements: readonly unknown[] | undefined, route = 'v1/POST/a') {
  const document = { aws_iam_policy_document: { p: { statement: statements } } };
  const policy = '${data.aws_iam_policy_document.p.json}';
  const { configuration } = stackOf(
    'dev-a',
    {
      aws_api_gateway_rest_api: { api: { name: 'api' } },
      ...(statements && {
        aws_api_gateway_rest_api_policy: { p: { rest_api_id: 'abc', policy } },
      }),
    },
    document,
  );
  return routeCallers(readPlan('dev-a', configuration))('abc', route);
}

describe('the callers of a route', () => {
  it('are those that the statements about it list, each once', () => {
    const statements = [
      statement('Allow', 'abc/v1/POST/a', 'IpAddress', ['192.0.2.1/32', '192.0.2.2/32']),
      statement('Allow', 'abc/v1/*', 'IpAddress', ['192.0.2.2/32']),
      statement('Allow', 'abc/v1/POST/b', 'IpAddress', ['192.0.2.3/32']),
      statement('Deny', 'abc/v1/POST/a', 'NotIpAddress', ['192.0.2.1/32']),
    ];
    expect(callersWith(statements)).toEqual(['192.0.2.1/32', '192.0.2.2/32']);
    expect(callersWith(statements, 'v1/POST/b')).toEqual(['192.0.2.2/32', '192.0.2.3/32']);
  });

  it('are those that are not refused, where everyone is let in', () => {
    const all = statement('Allow', 'abc/*');
    const deny = statement('Deny', 'abc/*', 'NotIpAddress', ['192.0.2.1/32']);
    expect(callersWith([all, deny])).toEqual(['192.0.2.1/32']);
  });

  it('are anyone without a policy, and with one that lets everyone in', () => {
    expect(callersWith(undefined)).toEqual(['anyone']);
    expect(callersWith([statement('Allow', 'abc/*')])).toEqual(['anyone']);
  });

  it('are nobody with a policy that has nothing about the route', () => {
    expect(callersWith([statement('Allow', 'abc/v1/POST/b')])).toEqual(['nobody']);
  });

  it('come from the policy of the API itself, too', () => {
    const policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: '*',
        Action: 'execute-api:Invoke',
        Resource: '*',
        Condition: { IpAddress: { 'aws:sourceip': '192.0.2.9/32' } },
      },
    });
    const { configuration } = stackOf('dev-a', {
      aws_api_gateway_rest_api: { api: { name: 'api', policy } },
    });
    const plan = {
      ...readPlan('dev-a', configuration),
      known: new Map([['aws_api_gateway_rest_api.api.id', 'abc']]),
    };
    expect(routeCallers(plan)('abc', 'v1/POST/a')).toEqual(['192.0.2.9/32']);
  });
});

describe('the target of an integration', () => {
  it.each([
    [
      'arn:aws:apigateway:eu-west-1:sqs:path/111122223333/q.fifo',
      'arn:aws:sqs:eu-west-1:111122223333:q.fifo',
    ],
    ['arn:aws-cn:apigateway:cn-north-1:sqs:path/111122223333/q', 'arn:aws-cn:sqs:cn-north-1:111122223333:q'],
    [
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:f/invocations',
      'arn:aws:lambda:eu-west-1:111122223333:function:f',
    ],
    ['https://example.com', undefined],
    ['arn:aws:apigateway:eu-west-1:s3:path/bucket', undefined],
    [undefined, undefined],
  ])('of %s is %s', (uri, arn) => {
    expect(integrationTarget(uri)).toBe(arn);
  });
});
