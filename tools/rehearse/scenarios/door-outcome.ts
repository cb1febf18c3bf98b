import type { HttpAnswer } from '../api-gateway/http-request';
import type { RestAnswer } from '../api-gateway/rest-request';

/** What a sender gets at an address: an API's answer, one of API Gateway itself, or the fault instead of a connection. */
export type Outcome = RestAnswer | HttpAnswer | { readonly status: number; readonly body: string } | string;

/** The queue that has the message now. */
export const queueOf = (outcome: Outcome): string | undefined =>
  typeof outcome !== 'string' && 'sqs' in outcome ? outcome.sqs?.sent?.queue.arn : undefined;

export const accepts = (outcome: Outcome): boolean =>
  typeof outcome !== 'string' && 'sqs' in outcome && outcome.status >= 200 && outcome.status < 300;

export const isForbidden = (outcome: Outcome): boolean =>
  typeof outcome !== 'string' && outcome.status === 403;

export const told = (outcome: Outcome): string =>
  typeof outcome === 'string' ? outcome : `${outcome.status} ${outcome.body}`.trim();
