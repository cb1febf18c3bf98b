import { hash } from 'node:crypto';
import { badRequest, invalidValue, type SqsError } from './errors';

/** One receive of a message. */
export interface Receipt {
  readonly messageId: string;
  readonly receiveCount: number;
}

/** The receipt handles of one queue. */
export class ReceiptHandles {
  readonly #prefix: string;

  constructor(queueArn: string) {
    this.#prefix = `AQEB${hash('sha256', queueArn).slice(0, 16)}`;
  }

  of({ messageId, receiveCount }: Receipt): string {
    return `${this.#prefix}.${messageId}.${receiveCount}`;
  }

  /** The receive that a handle is of; undefined for what this queue has not handed out. */
  read(handle: string): Receipt | undefined {
    const [prefix, messageId, receiveCount, ...rest] = handle.split('.');
    if (prefix !== this.#prefix || !messageId || !/^\d+$/.test(receiveCount ?? '') || rest.length > 0)
      return undefined;
    return { messageId, receiveCount: Number(receiveCount) };
  }
}

export const notAReceiptHandle = (handle: string): SqsError =>
  badRequest('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);

export const receiptHandleExpired = (handle: string): SqsError =>
  invalidValue(
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  );

export const messageNotThere = (handle: string): SqsError =>
  invalidValue(
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
  );
