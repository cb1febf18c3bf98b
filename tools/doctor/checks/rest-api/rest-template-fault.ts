import type { SqsError } from '../../../rehearse/sqs/errors';

/** What is wrong with a mapping template for SendMessage, and what follows. */
export interface TemplateFault {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly problem: string;
  readonly synthesized: string;
  readonly deployed: string;
  /** SQS refuses the request so, or takes it with this consequence. */
  readonly sees: { readonly error: SqsError; readonly why?: string } | { readonly consequence: string };
  readonly cause?: string;
}

/** Who is hit. */
export interface Surroundings {
  readonly callers: string;
  readonly consumers: string;
  readonly fifo: boolean;
}
