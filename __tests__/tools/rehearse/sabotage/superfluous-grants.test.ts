import { test } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { dev } from '../../../fixtures/environments/dev';
import { expectNotNeeded, type Finding, type StackDraft, sabotaged, synthesized } from './sabotage';

const { callbackReceiver: _left, subscriberPipe: _out, ...rest } = dev;
const clients: Environment = { ...rest, name: 'clients', encryption: 'customer-key' };
const { websocketReply: _away, ...others } = dev;
const archive: Environment = { ...others, name: 'archive' };

const intact = { clients: synthesized(clients), archive: synthesized(archive) };

const account = 'arn:aws:iam::111122223333';
const queue = 'arn:aws:sqs:ap-northeast-2:111122223333:clients-websocket-messages.fifo';
const bucket = 'arn:aws:s3:::archive-delivery-results-archive-111122223333-ap-northeast-2';

test('every grant of a WebSocket stack is needed', () =>
  expectNotNeeded(intact.clients, 'clients-websocket-reply'));

test('every grant of a pipe stack is needed', () =>
  expectNotNeeded(intact.archive, 'archive-subscriber-pipe'));

type Case = readonly [
  title: string,
  environment: keyof typeof intact,
  stack: string,
  change: (stack: StackDraft) => void,
  ...findings: readonly [Finding, ...Finding[]],
];

const cases: readonly Case[] = [
  [
    'the sender may purge the queue, and encrypt',
    'clients',
    'clients-websocket-reply',
    (stack) => {
      const send = stack.statement('sender_grants_document', 'SendToTheQueue');
      stack.set(send, 'actions', ['sqs:SendMessage', 'sqs:PurgeQueue']);
      const encrypt = stack.statement('sender_grants_document', 'EncryptThroughTheQueueKey');
      stack.set(encrypt, 'actions', ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt']);
    },
    {
      what: `${account}:role/clients-websocket-messages-to-queue: sqs:PurgeQueue on ${queue}`,
      at: 'clients-websocket-reply: aws_iam_role_policy.sender_grants, statement SendToTheQueue',
    },
    { what: 'kms:Encrypt on arn:aws:kms:ap-northeast-2:111122223333:key/*', at: 'EncryptThroughTheQueueKey' },
  ],
  [
    'the queue lets another role send, beside the one that does',
    'clients',
    'clients-websocket-reply',
    (stack) =>
      stack.addStatement('messages_policy_document', {
        sid: 'AnotherSends',
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        resources: [queue],
        principals: [{ type: 'AWS', identifiers: [`${account}:role/clients-websocket-reply-role`] }],
      }),
    {
      what: `${account}:role/clients-websocket-reply-role: sqs:SendMessage on ${queue}`,
      at: 'aws_sqs_queue_policy.messages_policy, statement AnotherSends',
    },
  ],
  [
    'the queue names a role that does not send, and the role may send to a queue that it does not',
    'clients',
    'clients-websocket-reply',
    (stack) => {
      const names = stack.statement('messages_policy_document', 'ClientsWebsocketMessagesToQueueSends');
      const identifiers = [`${account}:role/clients-websocket-reply-role`];
      stack.set(names, 'principals', [{ type: 'AWS', identifiers }]);
      stack.addStatement('sender_grants_document', {
        sid: 'SendToAnother',
        effect: 'Allow',
        actions: ['sqs:SendMessage'],
        resources: [queue.replace('messages', 'message')],
      });
    },
    {
      what: `${account}:role/clients-websocket-reply-role: sqs:SendMessage on ${queue}`,
      at: 'statement ClientsWebsocketMessagesToQueueSends',
    },
    {
      what: `sqs:SendMessage on ${queue.replace('messages', 'message')}`,
      at: 'aws_iam_role_policy.sender_grants, statement SendToAnother',
    },
  ],
  [
    'the role misspells what the queue grants',
    'clients',
    'clients-websocket-reply',
    (stack) =>
      stack.set(stack.statement('sender_grants_document', 'SendToTheQueue'), 'actions', ['sqs:SendMesage']),
    { what: `sqs:SendMesage on ${queue}`, at: 'aws_iam_role_policy.sender_grants, statement SendToTheQueue' },
  ],
  [
    'the sender may be anyone of another service',
    'clients',
    'clients-websocket-reply',
    (stack) =>
      stack.addStatement('sender_trust', {
        sid: 'LambdaToo',
        effect: 'Allow',
        actions: ['sts:AssumeRole'],
        principals: [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }],
      }),
    {
      what: 'lambda.amazonaws.com: sts:AssumeRole on',
      at: 'clients-websocket-reply: aws_iam_role.sender, statement LambdaToo',
    },
  ],
  [
    'the function may read and list what it writes',
    'archive',
    'archive-subscriber-pipe',
    (stack) => {
      const write = stack.statement(
        'delivery_results_archive_writer_role_grants_document',
        'WriteToTheArchive',
      );
      stack.set(write, 'actions', ['s3:PutObject', 's3:GetObject']);
    },
    { what: `s3:GetObject on ${bucket}/*`, at: 'statement WriteToTheArchive' },
  ],
];

for (const [title, environment, stack, change, ...findings] of cases) {
  test(title, () => expectNotNeeded(sabotaged(intact[environment], stack, change), stack, ...findings));
}
