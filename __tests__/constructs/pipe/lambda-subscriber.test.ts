import { expect, test } from 'vitest';
import { ServiceRole } from '../../../constructs/iam/service-role';
import { LambdaSubscriber } from '../../../constructs/pipe/lambda-subscriber';
import { exampleStack, statements, synthesized } from '../../support/synthesized';

const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:orders';

test('a pipe hands it SQS records as they are, ten at a time, and waits for what failed', () => {
  const subscriber: object = new LambdaSubscriber({ functionArn });

  expect(subscriber).toEqual({
    targetArn: functionArn,
    batchSize: 10,
    targetParameters: { lambdaFunctionParameters: { invocationType: 'REQUEST_RESPONSE' } },
    ready: [],
  });
});

test('delivering is invoking this function and nothing else', () => {
  const stack = exampleStack();
  const role = new ServiceRole(stack, 'pipe', {
    name: 'dev-pipe',
    description: 'Delivers',
    trust: { service: 'pipes', pipeName: 'dev-orders' },
  });

  new LambdaSubscriber({ functionArn }).grantDeliver(role);

  expect(statements(synthesized(stack), 'pipe_grants_document')).toEqual([
    {
      sid: 'InvokeTheSubscriber',
      effect: 'Allow',
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn],
    },
  ]);
});
