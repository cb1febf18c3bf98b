import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import type { Aws } from '../../aws/aws';
import type { Permission } from '../../check';

/** As SQS names and writes them. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export type QueueAttributes = Readonly<Record<string, string | undefined>>;

/** What `queueAttributes` asks for. */
export const queuePermissions = (queueArn: string): readonly Permission[] => [
  { action: 'sqs:GetQueueUrl', resource: queueArn },
  { action: 'sqs:GetQueueAttributes', resource: queueArn },
];

/** All attributes of a queue; nothing where it does not exist. No message is received. */
export async function queueAttributes(queueArn: string, aws: Aws): Promise<QueueAttributes | undefined> {
  const [, , , , accountId, name] = queueArn.split(':');
  // The URL is asked for, not made up: behind another endpoint it is another one.
  const found = await aws.ask({ action: 'sqs:GetQueueUrl', resource: queueArn }, () =>
    aws.clients.sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: accountId })),
  );
  if (!found) return undefined;
  const answer = await aws.ask({ action: 'sqs:GetQueueAttributes', resource: queueArn }, () =>
    aws.clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: found.QueueUrl, AttributeNames: ['All'] }),
    ),
  );
  return answer && (answer.Attributes ?? {});
}
