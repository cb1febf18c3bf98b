import { test } from 'vitest';
import { prod } from '../../../fixtures/environments/prod';
import { expectHeld, type StackDraft, synthesized, testDefects } from './sabotage';

const intact = synthesized(prod);
const stackId = 'prod-websocket-reply';
const queue = 'arn:aws:sqs:ap-northeast-2:444455556666:prod-websocket-messages.fifo';
const sender = 'prod-websocket-messages-to-queue';
const decrypt = 'kms:Decrypt on resource: arn:aws:kms:ap-northeast-2:444455556666:key/';

const withoutQueueHalf = (stack: StackDraft) =>
  stack.dropStatement('messages_policy_document', 'ProdWebsocketMessagesToQueueSends');

test('with its permissions as they are a message is answered', () => expectHeld(intact, 'websocket/echo'));

testDefects(intact, { stackId, kind: 'websocket' }, [
  [
    'neither the role nor the queue lets API Gateway send',
    'echo',
    (stack) => {
      withoutQueueHalf(stack);
      stack.dropStatement('sender_grants_document', 'SendToTheQueue');
    },
    {
      what: `${sender}/BackplaneAssumeRoleSession is not authorized to perform: sqs:sendmessage on resource: ${queue} because no identity-based policy allows the sqs:sendmessage action`,
      at: `${stackId}: aws_iam_role_policy.sender_grants, ${stackId}: aws_sqs_queue_policy.messages_policy`,
    },
  ],
  [
    'the queue names another role, and the role another queue',
    'echo',
    (stack) => {
      const names = stack.statement('messages_policy_document', 'ProdWebsocketMessagesToQueueSends');
      const principals = [
        { type: 'AWS', identifiers: ['arn:aws:iam::444455556666:role/prod-websocket-reply-role'] },
      ];
      stack.set(names, 'principals', principals);
      const grant = stack.statement('sender_grants_document', 'SendToTheQueue');
      stack.set(grant, 'resources', [queue.replace('messages.fifo', 'message.fifo')]);
    },
    { what: `sqs:sendmessage on resource: ${queue}`, at: 'aws_iam_role_policy.sender_grants' },
  ],
  [
    'the queue denies what the role grants',
    'echo',
    (stack) =>
      stack.addStatement('messages_policy_document', {
        sid: 'NobodySends',
        effect: 'Deny',
        actions: ['sqs:SendMessage'],
        resources: [queue],
        principals: [{ type: '*', identifiers: ['*'] }],
      }),
    {
      what: 'with an explicit deny in a resource-based policy',
      at: `${stackId}: aws_sqs_queue_policy.messages_policy, statement NobodySends`,
    },
  ],
  [
    'the role of the integration does not trust API Gateway',
    'echo',
    (stack) => {
      const trust = stack.statement('sender_trust', 'ApiGatewayAssumesThisRole');
      stack.set(trust, 'principals', [{ type: 'Service', identifiers: ['lambda.amazonaws.com'] }]);
    },
    {
      what: `apigateway.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/${sender} because no role trust policy allows`,
      at: `${stackId}: aws_iam_role.sender`,
    },
  ],
  [
    'the integration has no role',
    'echo',
    (stack) =>
      stack.drop(
        stack.block('aws_apigatewayv2_integration.api_default_route_integration'),
        'credentials_arn',
      ),
    { what: 'the message is taken: {"message":"Internal server error"' },
  ],
  [
    'the function may not receive',
    'echo',
    (stack) =>
      stack.set(stack.statement('reply_role_grants_document', 'ConsumeFromTheQueue'), 'actions', [
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ]),
    {
      what: `perform: sqs:receivemessage on resource: ${queue}`,
      at: 'aws_iam_role_policy.reply_role_grants',
    },
    { what: 'AccessDenied', at: 'aws_lambda_event_source_mapping.reply_source' },
  ],
  [
    'the function may not delete what it has answered',
    'echo',
    (stack) =>
      stack.set(stack.statement('reply_role_grants_document', 'ConsumeFromTheQueue'), 'actions', [
        'sqs:ReceiveMessage',
        'sqs:GetQueueAttributes',
      ]),
    {
      what: `perform: sqs:deletemessage on resource: ${queue}`,
      at: 'aws_iam_role_policy.reply_role_grants',
    },
  ],
  [
    'the function may not reply',
    'echo',
    (stack) => stack.dropResource('aws_iam_role_policy.reply_role_connections'),
    {
      what: 'prod-websocket-reply is not authorized to perform: execute-api:ManageConnections on resource:',
      at: `${stackId}: aws_iam_role_policy.reply_role_grants`,
    },
    { what: 'the role lacks execute-api:ManageConnections', at: 'aws_lambda_function.reply' },
  ],
  [
    'the function may reply on another stage',
    'echo',
    (stack) => {
      const grant = stack.statement('reply_role_connections_document', 'ReplyOnTheConnectionsOfThisStage');
      const [resource] = grant.resources as readonly string[];
      stack.set(grant, 'resources', [resource?.replace('/v1/', '/v2/')]);
    },
    {
      what: '/v1/POST/@connections/',
      at: 'aws_iam_role_policy.reply_role_connections',
    },
  ],
  [
    'the role of the function does not trust Lambda',
    'echo',
    (stack) => {
      const trust = stack.statement('reply_role_trust', 'LambdaAssumesThisRole');
      stack.set(trust, 'principals', [{ type: 'Service', identifiers: ['apigateway.amazonaws.com'] }]);
    },
    { what: 'lambda.amazonaws.com is not authorized to perform: sts:AssumeRole' },
    {
      what: 'The role defined for the function cannot be assumed by Lambda.',
      at: 'aws_lambda_event_source_mapping.reply_source',
    },
  ],
  [
    'the sender may not make data keys',
    'echo',
    (stack) =>
      stack.set(stack.statement('sender_grants_document', 'EncryptThroughTheQueueKey'), 'actions', [
        'kms:Decrypt',
      ]),
    { what: 'KMS.AccessDeniedException' },
    {
      what: 'because no identity-based policy allows the kms:GenerateDataKey action',
      at: `${stackId}: aws_iam_role_policy.sender_grants, ${stackId}: aws_kms_key.key`,
    },
  ],
  [
    'the sender may not decrypt',
    'echo',
    (stack) =>
      stack.set(stack.statement('sender_grants_document', 'EncryptThroughTheQueueKey'), 'actions', [
        'kms:GenerateDataKey',
      ]),
    { what: 'KMS.AccessDeniedException' },
    { what: `${sender}/BackplaneAssumeRoleSession is not authorized to perform: ${decrypt}` },
  ],
  [
    'the function may not decrypt',
    'echo',
    (stack) => stack.dropStatement('reply_role_grants_document', 'DecryptThroughTheQueueKey'),
    {
      what: 'KMS.AccessDeniedException: User: arn:aws:sts::444455556666:assumed-role/prod-websocket-reply-role',
      at: `${stackId}: aws_lambda_event_source_mapping.reply_source`,
    },
  ],
  [
    'the key has no statement for its account',
    'echo',
    (stack) => stack.dropStatement('key_policy', 'IdentityPoliciesOfThisAccountDecide'),
    {
      what: 'because no resource-based policy allows the kms:GenerateDataKey action',
      at: `${stackId}: aws_kms_key.key`,
    },
  ],
  [
    'the key leaves it to another account',
    'echo',
    (stack) => {
      const statement = stack.statement('key_policy', 'IdentityPoliciesOfThisAccountDecide');
      stack.drop(statement, 'condition');
      stack.set(statement, 'principals', [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] }]);
    },
    {
      what: 'because no resource-based policy allows the kms:GenerateDataKey action',
      at: `${stackId}: aws_kms_key.key`,
    },
  ],
  [
    'the key has no alias, by which the grants name it',
    'echo',
    (stack) => stack.dropResource('aws_kms_alias.key_alias'),
    { what: 'because no identity-based policy allows the kms:GenerateDataKey action' },
  ],
  [
    'the grants name another alias',
    'echo',
    (stack) => stack.set(stack.block('aws_kms_alias.key_alias'), 'name', 'alias/prod-other'),
    { what: 'because no identity-based policy allows the kms:GenerateDataKey action' },
  ],
]);
