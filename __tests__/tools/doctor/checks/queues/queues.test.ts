import { describe, expect, it } from 'vitest';
import { queues } from '../../../../../tools/doctor/checks/queues/queues';
import { type Answers, withAnswer } from '../../recorded';
import {
  answersOf,
  asked,
  coverage,
  examined,
  keyArn,
  keyIds,
  planOf,
  told,
  withAttributes,
  withQueue,
} from './queue-subjects';

const dev = answersOf('dev', 'queues', 'roles');
const prod = answersOf('prod', 'queues', 'roles');
const arn = (name: string) =>
  `arn:aws:sqs:ap-northeast-2:${name.startsWith('dev') ? '111122223333' : '444455556666'}:${name}`;

const changed = async (
  stackId: string,
  queue: string,
  attributes: Readonly<Record<string, string | undefined>>,
) => {
  const answers = withAttributes(stackId.startsWith('dev') ? dev : prod, arn(queue), () => attributes);
  return told((await examined(queues, stackId, answers)).findings);
};

const callback = (attributes: Readonly<Record<string, string | undefined>>) =>
  changed('dev-callback-receiver', 'dev-delivery-results', attributes);
const deadLetter = (attributes: Readonly<Record<string, string | undefined>>) =>
  changed('dev-callback-receiver', 'dev-delivery-results-dead-letter', attributes);
const fifo = (attributes: Readonly<Record<string, string | undefined>>) =>
  changed('dev-websocket-reply', 'dev-websocket-messages.fifo', attributes);
const encrypted = (attributes: Readonly<Record<string, string | undefined>>) =>
  changed('prod-callback-receiver', 'prod-delivery-results', attributes);

const queue = 'queue dev-delivery-results';
const pipe = 'pipe dev-delivery-results-archive';
const post = 'POST /v1/bizppurio/delivery-results';

describe('queues as they were synthesized', () => {
  it.each([
    ['dev-callback-receiver', 2],
    ['dev-websocket-reply', 2],
    ['dev-subscriber-pipe', 0],
    ['prod-callback-receiver', 6],
    ['prod-websocket-reply', 2],
  ])('are no finding in %s', async (stackId, resources) => {
    const answers = stackId.startsWith('dev') ? dev : prod;
    expect(await examined(queues, stackId, answers)).toEqual({ resources, findings: [] });
  });

  it('may come back in another form: counts as text, spaces and order in JSON, defaults, keys by alias', async () => {
    const RedrivePolicy =
      '{"maxReceiveCount" : "480", "deadLetterTargetArn":"arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results-dead-letter"}';
    expect(await callback({ RedrivePolicy, DelaySeconds: undefined })).toEqual([]);
    for (const id of [
      'alias/prod-callback-receiver',
      keyIds['prod-callback-receiver'],
      keyArn(keyIds['prod-callback-receiver']),
    ]) {
      expect(await encrypted({ KmsMasterKeyId: id })).toEqual([]);
    }
  });

  it('are not compared with a key that was not found in AWS', async () => {
    const plan = { ...planOf('prod-callback-receiver'), known: new Map() };
    expect((await examined(queues, 'prod-callback-receiver', prod, plan)).findings).toEqual([]);
  });

  it('are asked about with exactly the declared permissions', async () => {
    const stackId = 'dev-callback-receiver';
    const unclear = withAttributes(dev, arn('dev-delivery-results'), () => ({ Policy: undefined }));
    expect(coverage(queues, stackId, await asked(queues, stackId, unclear))).toEqual({
      refused: [],
      unused: [],
    });
  });
});

describe('a queue that does not exist', () => {
  const without = (answers: Answers, name: string) =>
    withAnswer(answers, `sqs:GetQueueUrl ${arn(name)}`, () => null);

  it('refuses callers with 502 and cannot be made again for a minute', async () => {
    const { findings } = await examined(
      queues,
      'dev-callback-receiver',
      without(dev, 'dev-delivery-results'),
    );
    expect(findings).toEqual([
      {
        at: 'dev-callback-receiver: aws_sqs_queue.delivery_results_queue',
        subject: queue,
        code: 'queue-missing',
        severity: 'error',
        problem: 'it does not exist',
        seen: `SQS answers AWS.SimpleQueueService.NonExistentQueue: callers of ${post} get 502 {"message":"Not accepted, try again later"}; nothing reaches ${pipe}`,
        cause:
          'The stack was never deployed to the end, or someone has deleted the queue, and its messages with it',
        fix: 'npx cdktf deploy dev-callback-receiver; a queue that was deleted can be made again under its name after 60 seconds',
      },
    ]);
  });

  it('leaves WebSocket clients without an answer', async () => {
    const answers = without(dev, 'dev-websocket-messages.fifo');
    const [finding] = (await examined(queues, 'dev-websocket-reply', answers)).findings;
    expect(finding?.seen).toBe(
      'SQS answers AWS.SimpleQueueService.NonExistentQueue: clients of WebSocket API dev-websocket-reply get {"message":"Internal server error"} or no answer at all; nothing reaches function dev-websocket-reply',
    );
  });

  it('may be gone between two questions', async () => {
    const answers = withAnswer(dev, `sqs:GetQueueAttributes ${arn('dev-delivery-results')}`, () => null);
    const { findings } = await examined(queues, 'dev-callback-receiver', answers);
    expect(findings.map(({ code }) => code)).toEqual(['queue-missing']);
  });

  it('as a dead-letter queue leaves poison messages nowhere to go', async () => {
    const answers = without(dev, 'dev-delivery-results-dead-letter');
    expect(told((await examined(queues, 'dev-callback-receiver', answers)).findings)).toEqual([
      {
        code: 'queue-missing',
        severity: 'error',
        subject: 'queue dev-delivery-results-dead-letter',
        problem: 'it does not exist',
        seen: `messages that ${pipe} cannot process have nowhere to go: they come back until their queue deletes them`,
      },
    ]);
  });
});

describe('a setting', () => {
  it.each([
    [
      'a visibility timeout below six times the consumer',
      () => callback({ VisibilityTimeout: '30' }),
      {
        code: 'queue-visibility-timeout',
        severity: 'error',
        subject: queue,
        problem: 'a message that was received stays hidden: 30 s instead of 180 s',
        seen: `${pipe} may still work on a message when it is delivered again: it is processed twice, and on a FIFO queue can no longer be deleted by the first`,
      },
    ],
    [
      'a longer visibility timeout',
      () => callback({ VisibilityTimeout: '600' }),
      {
        code: 'queue-visibility-timeout',
        severity: 'warning',
        subject: queue,
        problem: 'a message that was received stays hidden: 600 s instead of 180 s',
        seen: `a message that ${pipe} fails on comes back that much later, and holds its FIFO group meanwhile`,
      },
    ],
    [
      'the visibility timeout of a dead-letter queue',
      () => deadLetter({ VisibilityTimeout: '10' }),
      {
        code: 'queue-visibility-timeout',
        severity: 'warning',
        subject: 'queue dev-delivery-results-dead-letter',
        problem: 'a message that was received stays hidden: 10 s instead of 30 s',
        seen: expect.stringContaining('processed twice'),
      },
    ],
    [
      'a shorter retention',
      () => callback({ MessageRetentionPeriod: '60' }),
      {
        code: 'queue-retention',
        severity: 'error',
        subject: queue,
        problem: 'it keeps messages: 60 s instead of 604800 s',
        seen: `messages that ${pipe} has not come to by then are deleted for ever, and no dead-letter queue has them`,
      },
    ],
    [
      'a longer retention',
      () => callback({ MessageRetentionPeriod: '1209600' }),
      {
        code: 'queue-retention',
        severity: 'warning',
        subject: queue,
        problem: 'it keeps messages: 1209600 s instead of 604800 s',
        seen: expect.stringContaining('as long as its dead-letter queue keeps messages longer still'),
      },
    ],
    [
      'a shorter retention of a dead-letter queue',
      () => deadLetter({ MessageRetentionPeriod: '345600' }),
      {
        code: 'queue-retention',
        severity: 'error',
        subject: 'queue dev-delivery-results-dead-letter',
        problem: 'it keeps messages: 345600 s instead of 1209600 s',
        seen: expect.stringContaining('deleted before anyone has looked at them'),
      },
    ],
    [
      'a smaller message size',
      () => callback({ MaximumMessageSize: '1024' }),
      {
        code: 'queue-message-size',
        severity: 'error',
        subject: queue,
        problem: 'it takes messages: 1024 bytes instead of 262144 bytes',
        seen: `SQS answers InvalidParameterValue to larger messages: of ${post}, callers get 413 and WebSocket clients no answer`,
      },
    ],
    [
      'a larger message size',
      () => callback({ MaximumMessageSize: '1048576' }),
      {
        code: 'queue-message-size',
        severity: 'warning',
        subject: queue,
        problem: 'it takes messages: 1048576 bytes instead of 262144 bytes',
        seen: `${pipe} gets messages that are larger than agreed`,
      },
    ],
    [
      'a delay',
      () => callback({ DelaySeconds: '900' }),
      {
        code: 'queue-delay',
        severity: 'warning',
        subject: queue,
        problem: 'a new message waits: 900 s instead of 0 s',
        seen: `${pipe} gets every message that much later`,
      },
    ],
    [
      'a receive wait',
      () => callback({ ReceiveMessageWaitTimeSeconds: '20' }),
      {
        code: 'queue-receive-wait',
        severity: 'warning',
        subject: queue,
        problem: 'a receive waits for messages: 20 s instead of 0 s',
        seen: 'nothing: functions and pipes say themselves how long they wait',
      },
    ],
    [
      'deduplication over the whole queue',
      () => fifo({ DeduplicationScope: 'queue' }),
      {
        code: 'queue-deduplication-scope',
        severity: 'error',
        subject: 'queue dev-websocket-messages.fifo',
        problem: 'its DeduplicationScope is queue instead of messageGroup',
        seen: 'of two messages of WebSocket API dev-websocket-reply with one deduplication id in different groups, the second is taken and dropped: its sender sees 200 or nothing, and nobody gets it',
      },
    ],
    [
      'the throughput limit of a queue',
      () => fifo({ FifoThroughputLimit: 'perQueue' }),
      {
        code: 'queue-throughput-limit',
        severity: 'warning',
        subject: 'queue dev-websocket-messages.fifo',
        problem: 'its FifoThroughputLimit is perQueue instead of perMessageGroupId',
        seen: expect.stringContaining('ThrottlingException to WebSocket API dev-websocket-reply'),
      },
    ],
    [
      'deduplication by content',
      () => fifo({ ContentBasedDeduplication: 'true' }),
      {
        code: 'queue-content-deduplication',
        severity: 'warning',
        subject: 'queue dev-websocket-messages.fifo',
        problem: 'its ContentBasedDeduplication is true instead of false',
        seen: 'messages without a MessageDeduplicationId are taken, and equal bodies count as one',
      },
    ],
  ])('is told: %s', async (_what, findings, finding) => {
    expect(await findings()).toEqual([finding]);
  });

  it('names the attribute on both sides, and the way back', async () => {
    const answers = withAttributes(dev, arn('dev-delivery-results'), () => ({ VisibilityTimeout: '30' }));
    const [finding] = (await examined(queues, 'dev-callback-receiver', answers)).findings;
    expect(finding).toMatchObject({
      at: 'dev-callback-receiver: aws_sqs_queue.delivery_results_queue',
      synthesized: 'VisibilityTimeout 180',
      deployed: 'VisibilityTimeout 30',
      cause: 'It was changed in the console or by another tool',
      fix: 'npx cdktf deploy dev-callback-receiver restores it; what was meant belongs in environments/',
    });
  });

  it('is SQS’s or the provider’s own where the plan says nothing', async () => {
    const silent = withQueue(planOf('dev-callback-receiver'), 'delivery_results_queue', {
      max_message_size: undefined,
    });
    const answers = withAttributes(dev, arn('dev-delivery-results'), () => ({
      MaximumMessageSize: '1048576',
    }));
    expect((await examined(queues, 'dev-callback-receiver', answers, silent)).findings).toEqual([]);
  });
});

describe('encryption', () => {
  const refused =
    'SQS answers KMS.AccessDeniedException: callers of POST /v1/bizppurio/delivery-results get 502 {"message":"Not accepted, try again later"}; nothing reaches pipe prod-delivery-results';
  const prodQueue = 'queue prod-delivery-results';

  it.each([
    [
      'with another key, which no role was granted',
      () => encrypted({ KmsMasterKeyId: keyArn('00000000-0000-4000-8000-000000000000') }),
      [
        'queue-encryption-key',
        'error',
        prodQueue,
        'its messages are encrypted with another KMS key',
        refused,
      ],
    ],
    [
      'with the key that AWS manages',
      () => encrypted({ KmsMasterKeyId: 'alias/aws/sqs' }),
      [
        'queue-encryption-key',
        'warning',
        prodQueue,
        'its messages are encrypted with the key that AWS manages, not with its own',
        'nothing',
      ],
    ],
    [
      'with a key of SQS',
      () => encrypted({ KmsMasterKeyId: undefined, SqsManagedSseEnabled: 'true' }),
      [
        'queue-encryption',
        'warning',
        prodQueue,
        'its messages are encrypted with a key of SQS, not with its own',
        'nothing: messages pass, and whoever may receive them needs no permission for the key',
      ],
    ],
    [
      'with none in place of a key',
      () => encrypted({ KmsMasterKeyId: undefined, SqsManagedSseEnabled: 'false' }),
      ['queue-encryption', 'warning', prodQueue, 'its messages are not encrypted', expect.any(String)],
    ],
    [
      'with none',
      () => callback({ SqsManagedSseEnabled: 'false' }),
      [
        'queue-encryption',
        'warning',
        queue,
        'its messages are not encrypted',
        'nothing: messages pass, and lie unencrypted in the queue',
      ],
    ],
    [
      'with a key in place of SQS’s',
      () => callback({ SqsManagedSseEnabled: 'false', KmsMasterKeyId: 'alias/other' }),
      [
        'queue-encryption-key',
        'error',
        queue,
        'its messages are encrypted with a KMS key that no role was granted',
        `SQS answers KMS.AccessDeniedException: callers of ${post} get 502 {"message":"Not accepted, try again later"}; nothing reaches ${pipe}`,
      ],
    ],
  ])('%s', async (_how, findings, [code, severity, subject, problem, seen]) => {
    expect(await findings()).toEqual([{ code, severity, subject, problem, seen }]);
  });
});
