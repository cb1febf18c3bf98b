import { invalidValue, type SqsError } from './errors';

/** Messages of one queue that can be in flight. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-limits.html */
export const mostInFlight = 120_000;

/** A FIFO queue looks no further for groups that are available. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-fifo.html */
export const mostLookedThrough = 120_000;

/** In seconds; also all that extensions may add up to, from the receive on. */
const longestVisibilityTimeout = 43_200;

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ChangeMessageVisibility.html
 * @param passed milliseconds since the receive that is prolonged
 */
export function visibilityTimeoutError(seconds: number, passed = 0): SqsError | undefined {
  const refused = (reason: string) =>
    invalidValue(`Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: ${reason}`);
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > longestVisibilityTimeout) {
    return refused(`Must be >= 0 and <= ${longestVisibilityTimeout}, if provided.`);
  }
  return passed + seconds * 1000 > longestVisibilityTimeout * 1000
    ? refused(
        `Total VisibilityTimeout for the message is beyond the limit [${longestVisibilityTimeout} seconds].`,
      )
    : undefined;
}

/** A short poll's; a long poll gets no error and no message. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html#API_ReceiveMessage_Errors */
export const overLimit: SqsError = {
  status: 403,
  code: 'OverLimit',
  message: `Too many messages in flight: a queue can have ${mostInFlight}.`,
};
