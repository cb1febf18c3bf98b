import { expect, test } from 'vitest';
import { placement } from '../../../constructs/iam/placement';
import { trustStatement } from '../../../constructs/iam/trust-policy';

const seoul = placement('ap-northeast-2', '111122223333');

test('API Gateway may assume its role, without conditions: AWS documents no source keys for integrations', () => {
  expect(trustStatement(seoul, { service: 'apigateway' })).toEqual({
    sid: 'ApiGatewayAssumesThisRole',
    actions: ['sts:AssumeRole'],
    principals: [{ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }],
  });
});

test('Lambda may assume its role, without conditions: it sends no source keys', () => {
  expect(trustStatement(seoul, { service: 'lambda' })).toEqual({
    sid: 'LambdaAssumesThisRole',
    actions: ['sts:AssumeRole'],
    principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
  });
});

test('Pipes may assume its role for one pipe of this account only', () => {
  expect(trustStatement(seoul, { service: 'pipes', pipeName: 'dev-orders' })).toEqual({
    sid: 'OnePipeAssumesThisRole',
    actions: ['sts:AssumeRole'],
    principals: [{ type: 'Service', identifiers: ['pipes.amazonaws.com'] }],
    conditions: [
      { test: 'StringEquals', variable: 'aws:SourceAccount', values: ['111122223333'] },
      {
        test: 'ArnEquals',
        variable: 'aws:SourceArn',
        values: ['arn:aws:pipes:ap-northeast-2:111122223333:pipe/dev-orders'],
      },
    ],
  });
});

test.each([
  ['apigateway', { service: 'apigateway' }, 'apigateway.amazonaws.com'],
  ['lambda', { service: 'lambda' }, 'lambda.amazonaws.com'],
  ['pipes', { service: 'pipes', pipeName: 'dev-orders' }, 'pipes.amazonaws.com'],
] as const)('the principal of %s is the same in China', (_service, trust, principal) => {
  const beijing = placement('cn-north-1', '111122223333');

  expect(trustStatement(beijing, trust).principals).toEqual([{ type: 'Service', identifiers: [principal] }]);
});
