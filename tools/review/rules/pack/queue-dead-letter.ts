import { numberOf, textOf, textsOf } from '../reading/fields';
import { consumersOf, isFifo, queueOf, redriveAllowOf, redriveOf, sourcesOf } from '../reading/queues';
import { attributeOf, means } from '../reading/system';
import { Unreadable } from '../reading/unreadable';
import { type Rule, when } from '../rule';

const queue = ['aws_sqs_queue'];

export const queueDeadLetter: Rule = {
  id: 'queue-dead-letter',
  title: 'A queue has a dead-letter queue',
  scanners: ['AwsSolutions-SQS3'],
  protects:
    'A message that its consumer cannot take is tried until it expires, and holds up those behind it on ' +
    'FIFO queues.',
  fix: 'constructs/queue/message-queue.ts makes one with every queue',
  differs: 'A queue that is itself one for another needs none; the queue of another stack counts.',
  types: queue,
  problems(resource, system) {
    const redrive = redriveOf(resource);
    if (redrive) return when(means(redrive.target, resource), 'its dead letters go back to itself');
    return when(
      sourcesOf(system, resource).length === 0,
      'it has no redrive policy, and no queue’s dead letters go to it',
    );
  },
};

/**
 * SQS's own default, in seconds.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
const defaultRetention = 345_600;

/** https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const leastReceives = 5;

export const queueRedrive: Rule = {
  id: 'queue-redrive',
  title: 'Dead letters arrive, and outlive the queue that they come from',
  scanners: [],
  protects:
    'A dead-letter queue of the other kind, or one that keeps messages for no longer than their source, ' +
    'loses them: on ' +
    'standard queues a message keeps the age that it has.',
  fix: 'retentionDays of the queue’s settings (1 to 13; dead letters are kept for 14) and maxReceiveCount',
  types: queue,
  problems(resource, system) {
    const redrive = redriveOf(resource);
    if (!redrive) return [];
    const target = queueOf(system, redrive.target);
    if (!target)
      throw new Unreadable(
        resource.where,
        `its dead-letter queue ${redrive.target} is in none of the stacks`,
      );
    const kept = numberOf(target, 'message_retention_seconds') ?? defaultRetention;
    const waits = numberOf(resource, 'message_retention_seconds') ?? defaultRetention;
    const receives = numberOf(redrive.fields, 'maxReceiveCount') ?? 0;
    return [
      ...when(
        isFifo(resource) !== isFifo(target),
        'its dead-letter queue is of the other kind, standard or FIFO',
      ),
      ...when(
        isFifo(resource) ? kept < waits : kept <= waits,
        `its dead letters are kept for ${kept} s from when they were sent, and it keeps messages for ${waits} s itself`,
      ),
      ...when(
        receives < leastReceives && consumersOf(system, resource).length > 0,
        `maxReceiveCount is ${receives}: a consumer that is throttled uses up fewer than ${leastReceives} deliveries at once`,
      ),
    ];
  },
};

export const deadLetterSources: Rule = {
  id: 'dead-letter-sources',
  title: 'A dead-letter queue takes the dead letters of its own queues only',
  scanners: [],
  protects:
    'Unless it says otherwise, every queue of the account and region may send its dead letters there.',
  fix: 'constructs/queue/dead-letter-queue.ts writes the redrive allow policy',
  types: queue,
  problems(resource, system) {
    const sources = sourcesOf(system, resource);
    if (sources.length === 0) return [];
    const allowed = redriveAllowOf(resource);
    if (!allowed || textOf(allowed, 'redrivePermission') !== 'byQueue') {
      return ['it has no redrive allow policy by queue: every queue of the account may use it'];
    }
    const listed = textsOf(allowed, 'sourceQueueArns');
    return sources
      .filter((source) => !listed.some((arn) => means(arn, source)))
      .map(
        (source) =>
          `its redrive allow policy does not list ${attributeOf(source, 'arn')}, whose dead letters it gets`,
      );
  },
};
