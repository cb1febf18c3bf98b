import type { Context, SQSRecord } from 'aws-lambda';
import { vi } from 'vitest';

const FIFO_QUEUE = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-replies.fifo';
const STANDARD_QUEUE = 'arn:aws:sqs:ap-northeast-2:111122223333:dev-replies';

export interface RecordParts {
  readonly id: string;
  readonly body?: string;
  /** Message group of a FIFO queue; a record of a standard queue without it. */
  readonly group?: string;
  /** Fair-queue group of a standard queue. */
  readonly fairGroup?: string;
  /** How often it was delivered. @default 1 */
  readonly deliveries?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

export function record({
  id,
  body = `body of ${id}`,
  group,
  fairGroup,
  deliveries = 1,
  attributes = {},
}: RecordParts): SQSRecord {
  const messageGroupId = group ?? fairGroup;
  return {
    messageId: id,
    receiptHandle: `receipt of ${id}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(deliveries),
      SentTimestamp: '1726739050000',
      SenderId: 'AROAEXAMPLE:BackplaneAssumeRoleSession',
      ApproximateFirstReceiveTimestamp: '1726739050001',
      ...(messageGroupId !== undefined && { MessageGroupId: messageGroupId }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [name, { dataType: 'String', stringValue }]),
    ),
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: group === undefined ? STANDARD_QUEUE : FIFO_QUEUE,
    awsRegion: 'ap-northeast-2',
  };
}

export function context(remainingMillis = 30_000): Context {
  return { awsRequestId: 'invocation-1', getRemainingTimeInMillis: () => remainingMillis } as Context;
}

export const failures = (...ids: string[]) => ({
  batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })),
});

export const LAMBDA_ENVIRONMENT = {
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'dummy',
  AWS_SESSION_TOKEN: 'dummy',
  // Node 20 runs these tests; Lambda runs the functions on 22.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
};

/** Runs the work and gives its result with what it wrote to stdout, a JSON object a line. */
export async function withLogs<T>(work: () => Promise<T>) {
  let text = '';
  const stdout = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += chunk;
    return true;
  });
  try {
    const result = await work();
    return { result, text, logs: parsedLines(text) };
  } finally {
    stdout.mockRestore();
  }
}

export function parsedLines(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
