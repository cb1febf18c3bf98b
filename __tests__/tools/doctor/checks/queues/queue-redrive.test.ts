import { describe, expect, it } from 'vitest';
import { queues } from '../../../../../tools/doctor/checks/queues/queues';
import { answersOf, examined, told, withAttributes } from './queue-subjects';

const dev = answersOf('dev', 'queues');
const arn = (name: string) => `arn:aws:sqs:ap-northeast-2:111122223333:${name}`;
const json = JSON.stringify;

const findings = async (stackId: string, queue: string, attributes: Record<string, string | undefined>) =>
  (
    await examined(
      queues,
      stackId,
      withAttributes(dev, arn(queue), () => attributes),
    )
  ).findings;

const callback = (RedrivePolicy: string | undefined) =>
  findings('dev-callback-receiver', 'dev-delivery-results', { RedrivePolicy });
const deadLetter = (attributes: Record<string, string | undefined>) =>
  findings('dev-callback-receiver', 'dev-delivery-results-dead-letter', attributes);
const own = { deadLetterTargetArn: arn('dev-delivery-results-dead-letter'), maxReceiveCount: 480 };
const pipe = 'pipe dev-delivery-results-archive';

describe('giving a message up', () => {
  it('without a redrive policy never happens', async () => {
    expect(await callback(undefined)).toEqual([
      {
        at: 'dev-callback-receiver: aws_sqs_queue_redrive_policy.delivery_results_queue_redrive',
        subject: 'queue dev-delivery-results',
        code: 'queue-redrive-missing',
        severity: 'error',
        problem: 'it never gives a message up: it has no redrive policy',
        synthesized: 'after 480 receives to dev-delivery-results-dead-letter',
        deployed: 'none',
        seen: `a message that ${pipe} cannot process comes back for ever, until the queue deletes it unseen; the alarm on dead letters stays silent`,
        cause: 'It was changed in the console or by another tool',
        fix: 'npx cdktf deploy dev-callback-receiver restores it; what was meant belongs in environments/',
      },
    ]);
  });

  it('that never happens holds up a FIFO group', async () => {
    const [finding] = await findings('dev-websocket-reply', 'dev-websocket-messages.fifo', {
      RedrivePolicy: undefined,
    });
    expect(finding?.seen).toBe(
      'a message that function dev-websocket-reply cannot process comes back for ever, until the queue deletes it unseen, and holds up every later message of its group; the alarm on dead letters stays silent',
    );
  });

  it.each([
    [
      'to another queue',
      { ...own, deadLetterTargetArn: arn('elsewhere') },
      'queue-redrive-target',
      'error',
      'it gives messages up to another queue, elsewhere',
      `messages that ${pipe} cannot process are not where the runbook looks, and the alarm on dev-delivery-results-dead-letter stays silent`,
    ],
    [
      'sooner',
      { ...own, maxReceiveCount: 3 },
      'queue-redrive-count',
      'error',
      'it gives a message up after 3 receives instead of 480',
      `while ${pipe} is down or throttled for a while, good messages go to dev-delivery-results-dead-letter and wait there for a person`,
    ],
    [
      'later',
      { ...own, maxReceiveCount: '1000' },
      'queue-redrive-count',
      'warning',
      'it gives a message up after 1000 receives instead of 480',
      `a message that ${pipe} cannot process is tried that much longer`,
    ],
  ])('%s', async (_how, policy, code, severity, problem, seen) => {
    expect(told(await callback(json(policy)))).toEqual([
      { code, severity, subject: 'queue dev-delivery-results', problem, seen },
    ]);
  });

  it('from a dead-letter queue was not synthesized', async () => {
    const [finding] = told(
      await deadLetter({ RedrivePolicy: json({ ...own, deadLetterTargetArn: arn('next') }) }),
    );
    expect(finding).toMatchObject({
      code: 'queue-redrive-extra',
      severity: 'warning',
      problem: 'it gives messages up, which was not synthesized',
    });
  });
});

describe('a redrive allow policy', () => {
  const subject = 'queue dev-delivery-results-dead-letter';

  it.each([
    ['that is gone', undefined],
    ['that lets all do', json({ redrivePermission: 'allowAll' })],
    [
      'with more queues',
      json({ redrivePermission: 'byQueue', sourceQueueArns: [arn('dev-delivery-results'), arn('other')] }),
    ],
  ])('%s lets other queues in', async (_how, RedriveAllowPolicy) => {
    expect(told(await deadLetter({ RedriveAllowPolicy }))).toEqual([
      {
        code: 'queue-redrive-allow',
        severity: 'warning',
        subject,
        problem: 'other queues may use it as their dead-letter queue',
        seen: 'nothing, until messages of another queue lie among those of its own',
      },
    ]);
  });

  it.each([
    ['that lets nobody', json({ redrivePermission: 'denyAll' })],
    ['with another queue', json({ redrivePermission: 'byQueue', sourceQueueArns: [arn('other')] })],
  ])('%s shuts its own source out', async (_how, RedriveAllowPolicy) => {
    expect(told(await deadLetter({ RedriveAllowPolicy }))).toEqual([
      {
        code: 'queue-redrive-allow',
        severity: 'warning',
        subject,
        problem: 'its redrive allow policy shuts out dev-delivery-results',
        seen: 'nothing yet: SQS asks when a redrive policy is set, so that the next deploy that sets one fails with InvalidParameterValue',
      },
    ]);
  });
});

describe('messages in a dead-letter queue', () => {
  it('are counted, the hidden ones too, with the commands to look at them and to send them back', async () => {
    const counts = { ApproximateNumberOfMessages: '2', ApproximateNumberOfMessagesNotVisible: '1' };
    expect(await deadLetter(counts)).toEqual([
      {
        at: 'dev-callback-receiver: aws_sqs_queue.delivery_results_queue_dead_letter',
        subject: 'queue dev-delivery-results-dead-letter',
        code: 'queue-dead-letters',
        severity: 'warning',
        problem: 'it holds about 3 messages of dev-delivery-results that were given up',
        seen: 'the subscriber never got them; once they are older than the queue keeps them, they are gone',
        cause:
          "Each of them failed until the receives of dev-delivery-results were used up: the consumer's log says why",
        fix:
          'look at them: aws sqs receive-message --region ap-northeast-2 --queue-url ' +
          'https://sqs.ap-northeast-2.amazonaws.com/111122223333/dev-delivery-results-dead-letter --visibility-timeout 0 ' +
          '--max-number-of-messages 10 --attribute-names All --message-attribute-names All; once the consumer is mended, ' +
          'send them back: aws sqs start-message-move-task --region ap-northeast-2 --source-arn ' +
          'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results-dead-letter',
      },
    ]);
  });

  it('may be one', async () => {
    const [finding] = await deadLetter({ ApproximateNumberOfMessages: '1' });
    expect(finding?.problem).toBe('it holds about 1 message of dev-delivery-results that was given up');
  });

  it('of another queue than a dead-letter queue are its daily work', async () => {
    expect(
      await findings('dev-callback-receiver', 'dev-delivery-results', { ApproximateNumberOfMessages: '9' }),
    ).toEqual([]);
  });
});
