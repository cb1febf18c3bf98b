import { expect, test } from 'vitest';
import { AccountLogging } from '../../../constructs/api/account-logging';
import { exampleStack, statements, synthesized } from '../../support/synthesized';

test('API Gateway gets the account’s role for logs once that role may write them', () => {
  const stack = exampleStack();

  new AccountLogging(stack, 'logging', 'dev-api-gateway-logs');

  const configuration = synthesized(stack);
  expect(configuration.resource).toEqual({
    aws_api_gateway_account: {
      logging: {
        cloudwatch_role_arn: '${aws_iam_role.logging_role.arn}',
        depends_on: ['aws_iam_role_policy.logging_role_grants'],
      },
    },
    aws_iam_role: {
      logging_role: {
        name: 'dev-api-gateway-logs',
        description: 'Lets API Gateway write the logs of all APIs of this account in this region',
        assume_role_policy: '${data.aws_iam_policy_document.logging_role_trust.json}',
      },
    },
    aws_iam_role_policy: {
      logging_role_grants: {
        name: 'dev-api-gateway-logs',
        role: '${aws_iam_role.logging_role.name}',
        policy: '${data.aws_iam_policy_document.logging_role_grants_document.json}',
      },
    },
  });
  expect(statements(configuration, 'logging_role_trust')).toEqual([
    {
      sid: 'ApiGatewayAssumesThisRole',
      effect: 'Allow',
      principals: [{ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }],
      actions: ['sts:AssumeRole'],
    },
  ]);
  expect(statements(configuration, 'logging_role_grants_document')).toEqual([
    {
      sid: 'WriteTheLogsOfEveryApi',
      effect: 'Allow',
      actions: [
        'logs:CreateLogGroup',
        'logs:CreateLogStream',
        'logs:DescribeLogGroups',
        'logs:DescribeLogStreams',
        'logs:FilterLogEvents',
        'logs:GetLogEvents',
        'logs:PutLogEvents',
      ],
      resources: ['*'],
    },
  ]);
});
