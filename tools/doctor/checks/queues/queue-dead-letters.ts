import type { Finding } from '../../finding';
import type { QueueAttributes } from './queue-attributes';
import { inSentence } from './queue-consequences';
import type { PlannedQueue } from './queue-plan';

type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'seen' | 'cause' | 'fix'>;

/** Messages that were given up and that nobody has taken care of. The counts are SQS's estimates; none is received. */
export function deadLetters(
  { arn, sources }: PlannedQueue,
  deployed: QueueAttributes,
  { region, url }: { readonly region: string; readonly url: string },
): readonly Told[] {
  const count =
    Number(deployed.ApproximateNumberOfMessages ?? 0) +
    Number(deployed.ApproximateNumberOfMessagesNotVisible ?? 0);
  if (sources.length === 0 || count === 0) return [];
  const from = inSentence(sources.map((source) => source.split(':').at(-1) ?? source));
  return [
    {
      code: 'queue-dead-letters',
      severity: 'warning',
      problem: `it holds about ${count} ${count === 1 ? 'message' : 'messages'} of ${from} that ${count === 1 ? 'was' : 'were'} given up`,
      seen: 'the subscriber never got them; once they are older than the queue keeps them, they are gone',
      cause: `Each of them failed until the receives of ${from} were used up: the consumer's log says why`,
      fix: [
        `look at them: aws sqs receive-message --region ${region} --queue-url ${url} --visibility-timeout 0`,
        '--max-number-of-messages 10 --attribute-names All --message-attribute-names All;',
        `once the consumer is mended, send them back: aws sqs start-message-move-task --region ${region} --source-arn ${arn}`,
      ].join(' '),
    },
  ];
}
