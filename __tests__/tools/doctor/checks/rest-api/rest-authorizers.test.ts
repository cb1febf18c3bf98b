import type { Authorizer } from '@aws-sdk/client-api-gateway';
import { expect, test } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { restApi } from '../../../../../tools/doctor/checks/rest-api/rest-api';
import {
  authorizerFindings,
  authorizerOfMethodFindings,
} from '../../../../../tools/doctor/checks/rest-api/rest-authorizers';
import { circumstancesOf } from '../../../../../tools/doctor/checks/rest-api/rest-circumstances';
import {
  restApisOf,
  type SynthesizedRestApi,
  type SynthesizedRoute,
} from '../../../../../tools/doctor/checks/rest-api/rest-plan';
import type { Plan } from '../../../../../tools/plan/plan';
import { signedPlan } from '../../../signed-plan';
import { planOf } from './rest-recorded';

const plan = signedPlan();
const [api] = restApisOf(plan) as [SynthesizedRestApi];
const [route] = api.routes as [SynthesizedRoute];
const circumstances = circumstancesOf(plan, api, affectedBy([plan]));
const intact: Authorizer = {
  id: 'abc123',
  name: 'test-orders-authorizer',
  type: 'REQUEST',
  authorizerUri:
    'arn:aws:apigateway:ap-northeast-2:lambda:path/2015-03-31/functions/arn:aws:lambda:ap-northeast-2:111122223333:function:test-orders-authorizer/invocations',
  authorizerCredentials: 'arn:aws:iam::111122223333:role/test-orders-authorizer-invoker',
  identitySource:
    'method.request.header.X-Signature,method.request.header.X-Timestamp,method.request.header.X-Body-Sha256',
  authorizerResultTtlInSeconds: 0,
};
const callers = 'callers of POST /v1/orders';
const failed = `${callers} get HTTP 500 {"message":"Not confirmed as accepted, try again later",…}, and nothing is queued`;

const findings = (changes: Partial<Authorizer>) =>
  authorizerFindings([{ ...intact, ...changes }], circumstances);

test('an authorizer that is as it was synthesized is none', () => {
  expect(findings({})).toEqual([]);
  expect(authorizerOfMethodFindings(route, { authorizerId: 'abc123' }, [intact], circumstances)).toEqual([]);
});

test('one that is gone lets nobody in', () => {
  expect(authorizerFindings([], circumstances)).toEqual([
    {
      at: 'test-callback-receiver: aws_api_gateway_authorizer.api_orders_authorizer',
      subject: 'authorizer test-orders-authorizer of REST API test-callback-receiver',
      code: 'authorizer-missing',
      severity: 'error',
      problem: 'it does not exist',
      synthesized: 'test-orders-authorizer',
      deployed: 'nothing',
      seen: failed,
      cause: 'It was changed in the console or by another tool.',
      fix: 'npx cdktf deploy test-callback-receiver restores it; what was meant belongs in environments/.',
    },
  ]);
});

test.each<[Partial<Authorizer>, string, string, string]>([
  [{ type: 'TOKEN' }, 'authorizer-type', 'its type is TOKEN', failed],
  [
    { authorizerUri: 'arn:other' },
    'authorizer-function',
    'its function is arn:other',
    'another function says',
  ],
  [{ authorizerCredentials: undefined }, 'authorizer-credentials', 'its credentials is none', 'may not call'],
  [
    { identitySource: 'method.request.header.X-Key' },
    'authorizer-identity-source',
    'its identity source is method.request.header.X-Key',
    'get HTTP 401 {"message":"X-Signature, X-Timestamp and X-Body-Sha256 are needed",…}',
  ],
  [
    { authorizerResultTtlInSeconds: 3600 },
    'authorizer-time-to-live',
    'its time to live is 3600 s',
    'with the same headers',
  ],
])('%o is told', (changes, code, problem, seen) => {
  expect(findings(changes)).toMatchObject([
    { code, severity: 'error', problem, seen: expect.stringContaining(seen) },
  ]);
});

test('a method that asks another authorizer is told', () => {
  const other = { id: 'other1', name: 'other' };

  expect(
    authorizerOfMethodFindings(route, { authorizerId: 'other1' }, [intact, other], circumstances),
  ).toMatchObject([{ code: 'method-authorizer', problem: 'it asks the authorizer other' }]);
});

test('authorizers are asked for where there are some', () => {
  const asked = (of: Plan) =>
    restApi.permissions(of).some(({ resource }) => resource.endsWith('/authorizers'));

  expect([asked(plan), asked(planOf('dev'))]).toEqual([true, false]);
});
