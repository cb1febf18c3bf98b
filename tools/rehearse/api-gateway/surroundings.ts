import type { IdSource } from '../ids';
import type { Queue } from '../sqs/queue';

/** The world around an API. */
export interface Surroundings {
  readonly queues: readonly Queue[];
  readonly ids: IdSource;
}
