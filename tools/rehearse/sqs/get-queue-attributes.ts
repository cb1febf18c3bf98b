import { NotSimulated } from '../../not-simulated';
import { type ActionResult, element } from './answer';
import { badRequest, type SqsError } from './errors';
import { numberedValues } from './fields';
import type { LiveQueue } from './live-queue';

/** SQS has these too; where all are asked for, they are left out. */
const notKnownHere = [
  'CreatedTimestamp',
  'KmsDataKeyReusePeriodSeconds',
  'LastModifiedTimestamp',
  'Policy',
  'RedriveAllowPolicy',
  'SqsManagedSseEnabled',
];

const onlyOnSome = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoQueue',
  'FifoThroughputLimit',
  'KmsMasterKeyId',
  'RedrivePolicy',
];

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 * @throws NotSimulated for the attributes that are not known here, asked for by name
 */
export function getQueueAttributes(
  queue: LiveQueue,
  fields: ReadonlyMap<string, string>,
): ActionResult | SqsError {
  const names = numberedValues(fields, 'AttributeName');
  const all = attributesOf(queue);
  for (const name of names) {
    if (notKnownHere.includes(name)) throw new NotSimulated('SQS', `the queue attribute ${name}`);
    if (name !== 'All' && !all.has(name) && !onlyOnSome.includes(name)) {
      return badRequest('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
  }
  const asked = [...all].filter(([name]) => names.includes('All') || names.includes(name));
  return {
    json: { Attributes: asked.map(([Name, Value]) => ({ Name, Value })) },
    xml: asked
      .map(([name, value]) => `<Attribute>${element('Name', name)}${element('Value', value)}</Attribute>`)
      .join(''),
  };
}

function attributesOf(queue: LiveQueue): ReadonlyMap<string, string> {
  const { settings } = queue;
  const { visible, notVisible, delayed } = queue.counts();
  return new Map([
    ['QueueArn', settings.arn],
    ['ApproximateNumberOfMessages', String(visible)],
    ['ApproximateNumberOfMessagesNotVisible', String(notVisible)],
    ['ApproximateNumberOfMessagesDelayed', String(delayed)],
    ['DelaySeconds', String(settings.delaySeconds)],
    ['MaximumMessageSize', String(settings.maximumMessageSize)],
    ['MessageRetentionPeriod', String(settings.messageRetentionSeconds)],
    ['ReceiveMessageWaitTimeSeconds', String(settings.receiveWaitTimeSeconds)],
    ['VisibilityTimeout', String(settings.visibilityTimeoutSeconds)],
    ...(settings.redrive ? [['RedrivePolicy', JSON.stringify(settings.redrive)] as const] : []),
    ...(settings.kmsMasterKeyId === undefined ? [] : [['KmsMasterKeyId', settings.kmsMasterKeyId] as const]),
    ...(settings.fifo
      ? ([
          ['FifoQueue', 'true'],
          ['ContentBasedDeduplication', String(settings.contentBasedDeduplication)],
          ['DeduplicationScope', settings.deduplicationScope],
          ['FifoThroughputLimit', settings.fifoThroughputLimit],
        ] as const)
      : []),
  ]);
}
