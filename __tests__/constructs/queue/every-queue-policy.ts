/** The statements that every queue's policy begins with, as the example account's policies have them. */
export const everyQueuePolicy = (queueArn: string) => [
  {
    sid: 'AccountOperatesTheQueue',
    effect: 'Allow',
    principals: [{ type: 'AWS', identifiers: ['arn:aws:iam::111122223333:root'] }],
    actions: [
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:GetQueueUrl',
      'sqs:ReceiveMessage',
      'sqs:SetQueueAttributes',
    ],
    resources: [queueArn],
  },
  {
    sid: 'NobodyWithoutTls',
    effect: 'Deny',
    principals: [{ type: '*', identifiers: ['*'] }],
    actions: ['sqs:*'],
    resources: [queueArn],
    condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
  },
];
