import { test } from 'vitest';
import { prod } from '../../../fixtures/environments/prod';
import { expectHeld, type StackDraft, synthesized, testDefects } from './sabotage';

const intact = synthesized(prod);
const stackId = 'prod-callback-receiver';
const payments = 'aws_api_gateway_integration.api_payment_events_route_integration';

const inTemplate = (part: string, replacement: string) => (stack: StackDraft) =>
  stack.replace(stack.block(payments, 'request_templates'), 'application/json', part, replacement);

const orderId = "$util.urlEncode($input.path('$.orderId'))";
const eventId = "$util.urlEncode($input.path('$.eventId'))";

test.each(['arrives', 'hostile-parts', 'headers-travel', 'given-up'])('as it is: %s', (scenario) =>
  expectHeld(intact, `callback/${scenario}`),
);

testDefects(intact, { stackId, kind: 'callback' }, [
  [
    'a header attribute is not encoded',
    'hostile-parts',
    inTemplate('$util.urlEncode($header2)', '$header2'),
    { what: 'x-signature "x&MessageAttribute.1.Value.StringValue=victim" arrives as it was sent: SQS:' },
  ],
  [
    'the group id is not encoded',
    'hostile-parts',
    inTemplate(orderId, "$input.path('$.orderId')"),
    { what: '$.orderId "x&MessageBody=other" arrives as it was sent: SQS:' },
  ],
  [
    'the deduplication id is not encoded',
    'hostile-parts',
    inTemplate(eventId, "$input.path('$.eventId')"),
    { what: '$.eventId "x&MessageBody=other" arrives as it was sent: SQS:' },
  ],
  [
    'a header is found in one spelling only',
    'headers-travel',
    inTemplate('$util.urlEncode($header2)', "$util.urlEncode($input.params('X-Signature'))"),
    { what: 'x-signature travels as a message attribute' },
  ],
  [
    'the message has no group id',
    'arrives',
    inTemplate(`&MessageGroupId=${orderId}`, ''),
    { what: '"MissingParameter","Message":"The request must contain the parameter MessageGroupId."' },
  ],
  [
    'the group id is a field that bodies do not have',
    'arrives',
    inTemplate("'$.orderId'", "'$.order'"),
    { what: 'for parameter MessageGroupId is invalid' },
  ],
  [
    'all requests have one deduplication id',
    'told-apart',
    inTemplate(eventId, 'once'),
    { what: 'SQS takes it for a message of its own' },
  ],
  [
    'the queue is FIFO by its name alone',
    'arrives',
    (stack) => {
      for (const name of ['payment_events_queue', 'payment_events_queue_dead_letter']) {
        stack.drop(stack.block(`aws_sqs_queue.${name}`), 'fifo_queue');
      }
    },
    { what: 'SQS wants the name of a FIFO queue to end in .fifo, and of no other' },
  ],
  [
    'a queue that nobody here consumes has no dead-letter queue',
    'given-up',
    (stack) => stack.dropResource('aws_sqs_queue_redrive_policy.inbound_sms_queue_redrive'),
    { what: 'the queue has a dead-letter queue: prod-inbound-sms has no redrive_policy' },
  ],
  [
    'its dead-letter queue forgets as soon as the queue',
    'given-up',
    (stack) =>
      stack.set(
        stack.block('aws_sqs_queue.inbound_sms_queue_dead_letter'),
        'message_retention_seconds',
        604_800,
      ),
    { what: 'its message_retention_seconds is 604800, that of prod-inbound-sms 604800' },
  ],
  [
    'a message expires before it can be given up',
    'given-up',
    (stack) => {
      const queue = stack.block('aws_sqs_queue.inbound_sms_queue');
      stack.set(queue, 'visibility_timeout_seconds', 43_200);
      const redrive = stack.block('aws_sqs_queue_redrive_policy.inbound_sms_queue_redrive');
      stack.replace(redrive, 'redrive_policy', 'Count":5', 'Count":20');
    },
    {
      what: 'it becomes a dead letter: maxReceiveCount 20 times visibility_timeout_seconds 43200, of prod-inbound-sms with message_retention_seconds 604800',
    },
    { what: '1 accepted messages are lost' },
  ],
  [
    'the key of the queue is not named by its alias',
    'arrives',
    (stack) => stack.dropResource('aws_kms_alias.key_alias'),
    { what: 'because no identity-based policy allows the kms:GenerateDataKey action' },
  ],
  [
    'a sender may not make data keys',
    'arrives',
    (stack) =>
      stack.set(
        stack.statement('payment_events_sender_grants_document', 'EncryptThroughTheQueueKey'),
        'actions',
        ['kms:Decrypt'],
      ),
    { what: 'it is queued: {"Error":{"Code":"KMS.AccessDeniedException"' },
    {
      what: 'prod-payment-events-to-queue/BackplaneAssumeRoleSession is not authorized to perform: kms:GenerateDataKey',
      at: `${stackId}: aws_iam_role_policy.payment_events_sender_grants`,
    },
  ],
]);
