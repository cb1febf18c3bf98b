import type { SqsError } from '../sqs/errors';
import type { RequestFaults } from './internet';

/** What goes wrong in a run, beside what is wrong in the plan. Each is asked whenever its part is used. */
export interface Faults {
  /** SQS answers a SendMessage of API Gateway so, and takes nothing. */
  readonly sendMessage?: () => SqsError | undefined;
  readonly connections?: RequestFaults;
  readonly s3?: RequestFaults;
  readonly secretsManager?: RequestFaults;
  /** An execution of a function is ended after that many milliseconds. */
  readonly execution?: () => { readonly killAfterMilliseconds: number } | undefined;
}
