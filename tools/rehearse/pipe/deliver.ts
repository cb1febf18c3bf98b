import type { PipeRecord } from './pipe-record';

/** What came of one attempt to deliver a batch. */
export type Delivery =
  | {
      readonly kind: 'delivered';
      /** Ids of messages that the target gave back. */
      readonly failed: ReadonlySet<string>;
    }
  /** The target has failed, or may not be invoked: the batch stays in the queue. */
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /**
       * An authorization that is missing, or a target that is not there: goes on until somebody does
       * something.
       */
      readonly persistent: boolean;
    }
  /** No connection could be made: nobody but EventBridge has a part in it. */
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Delivers a batch to a target, once. */
export type Deliver = (records: readonly PipeRecord[]) => Promise<Delivery>;
