import type { IdSource } from '../simulation/ids';
import type { SqsAnswer, SqsRequest } from '../sqs/query-protocol';

/** The world around an API. */
export interface Surroundings {
  readonly ids: IdSource;
  /**
   * SQS, as the role calls it whose ARN an integration has as its credentials; undefined where API Gateway could not
   * assume that role.
   */
  readonly sqs: (request: SqsRequest, credentials: string | undefined) => SqsAnswer | undefined;
}
