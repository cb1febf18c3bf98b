import type { HeapPlace } from './heap';
import type { HeldMessage, MessageState } from './held-message';
import type { ListPlace } from './linked-list';

/** A message inside a queue. */
export interface StoredMessage {
  readonly facts: Omit<HeldMessage, 'receiveCount' | 'firstReceivedAt' | 'state'>;
  /** Its place in the order in which messages came to the queue. */
  readonly arrival: number;
  receiveCount: number;
  firstReceivedAt: number | undefined;
  lastReceivedAt: number | undefined;
  state: MessageState;
  /** When its delay or its visibility timeout ends; means nothing while it is visible. */
  availableAt: number;
  /** Among all, by when retention ends. */
  expiring: HeapPlace<StoredMessage> | undefined;
  /** Among those that are delayed or in flight, by when that ends. */
  waiting: HeapPlace<StoredMessage> | undefined;
  /** In the order of delivery. */
  listed: ListPlace<StoredMessage> | undefined;
}
