import type { IdSource } from '../simulation/ids';
import type { SqsAnswer, SqsRequest } from '../sqs/query-protocol';
import type { SignatureError } from '../world/credentials';
import type { Caller } from './resource-policy';
import type { ApiKey, Quota } from './usage-plan';

/** The world around an API. */
export interface Surroundings {
  readonly ids: IdSource;
  /**
   * SQS, as the role calls it whose ARN an integration has as its credentials; undefined where API Gateway could not
   * assume that role.
   */
  readonly sqs: (request: SqsRequest, credentials: string | undefined) => SqsAnswer | undefined;
  /** Who calls, for methods that ask. @default nobody knows */
  readonly callers?: {
    readonly signerOf: (headers: ReadonlyMap<string, string>) => Caller | SignatureError;
    /** Counts a request with a key. @returns whether its quota allows it */
    readonly withinQuota: (key: ApiKey, quota: Quota) => boolean;
  };
}
