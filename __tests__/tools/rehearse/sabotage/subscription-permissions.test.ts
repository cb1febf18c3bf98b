import { test } from 'vitest';
import { prod } from '../../../fixtures/environments/prod';
import { expectHeld, synthesized, testDefects } from './sabotage';

const intact = synthesized(prod);
const stackId = 'prod-subscriber-pipe';
const https = 'aws_pipes_pipe.delivery_results_pipe';
const writer = 'aws_lambda_function.payment_events_archive_writer';
const roleOf = (name: string) => `arn:aws:iam::444455556666:role/prod-${name}-role`;

test('with its permissions as they are', () => expectHeld(intact, 'subscription/delivers'));

testDefects(intact, { stackId, kind: 'subscription' }, [
  [
    'the role of the pipe trusts another pipe',
    'delivers',
    (stack) => {
      const trust = stack.statement('delivery_results_pipe_role_trust', 'OnePipeAssumesThisRole');
      const [, source] = trust.condition as readonly [unknown, Record<string, unknown>];
      stack.set(source, 'values', ['arn:aws:pipes:ap-northeast-2:444455556666:pipe/prod-other']);
    },
    {
      what: `pipes.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${roleOf('delivery-results')}`,
      at: `${stackId}: aws_iam_role.delivery_results_pipe_role`,
    },
    { what: `EventBridge Pipes cannot assume the role ${roleOf('delivery-results')}`, at: https },
  ],
  [
    'the role of the pipe trusts pipes of another account',
    'delivers',
    (stack) => {
      const trust = stack.statement('delivery_results_pipe_role_trust', 'OnePipeAssumesThisRole');
      const [account] = trust.condition as readonly [Record<string, unknown>];
      stack.set(account, 'values', ['111122223333']);
    },
    { what: 'because no role trust policy allows the sts:AssumeRole action' },
  ],
  [
    'the pipe may not take messages',
    'delivers',
    (stack) => stack.dropStatement('delivery_results_pipe_role_grants_document', 'ConsumeFromTheQueue'),
    {
      what: 'Pipes does not have required permissions to perform Queue operations (sqs:ReceiveMessage',
      at: `${stackId}: ${https}`,
    },
  ],
  [
    'the pipe may not decrypt',
    'delivers',
    (stack) => stack.dropStatement('delivery_results_pipe_role_grants_document', 'DecryptThroughTheQueueKey'),
    {
      what: 'is not authorized to perform: kms:Decrypt on resource:',
      at: `${stackId}: aws_iam_role_policy.delivery_results_pipe_role_grants, prod-callback-receiver: aws_kms_key.key`,
    },
  ],
  [
    'the pipe may not invoke its API destination',
    'delivers',
    (stack) => stack.dropStatement('delivery_results_pipe_role_grants_document', 'DeliverToTheSubscriber'),
    {
      what: 'is not authorized to perform: events:InvokeApiDestination on resource:',
      at: `${stackId}: aws_iam_role_policy.delivery_results_pipe_role_grants`,
    },
  ],
  [
    'the pipe may not invoke its function',
    'delivers',
    (stack) => stack.dropStatement('payment_events_archive_pipe_role_grants_document', 'InvokeTheSubscriber'),
    {
      what: 'is not authorized to perform: lambda:InvokeFunction on resource: arn:aws:lambda:ap-northeast-2:444455556666:function:prod-payment-events-archive-writer',
      at: `${stackId}: aws_iam_role_policy.payment_events_archive_pipe_role_grants`,
    },
  ],
  [
    'the function may not write objects',
    'delivers',
    (stack) => stack.dropStatement('payment_events_archive_writer_role_grants_document', 'WriteToTheArchive'),
    {
      what: 'is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::prod-payment-events-archive-444455556666-ap-northeast-2/',
      at: 'aws_iam_role_policy.payment_events_archive_writer_role_grants',
    },
    { what: 'the role lacks s3:PutObject on this prefix of the bucket', at: `${stackId}: ${writer}` },
  ],
  [
    'the function may write to the bucket, and not to the objects in it',
    'delivers',
    (stack) => {
      const grant = stack.statement(
        'payment_events_archive_writer_role_grants_document',
        'WriteToTheArchive',
      );
      stack.set(grant, 'resources', ['arn:aws:s3:::prod-payment-events-archive-444455556666-ap-northeast-2']);
    },
    { what: 'is not authorized to perform: s3:PutObject' },
  ],
]);
