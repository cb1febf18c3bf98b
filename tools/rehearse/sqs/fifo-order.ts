import type { DeliveryOrder } from './delivery-order';
import { Heap, type HeapPlace } from './heap';
import { LinkedList, type ListPlace } from './linked-list';
import type { StoredMessage } from './stored-message';

interface Group {
  readonly id: string;
  /** In the order in which they came. */
  readonly messages: LinkedList<StoredMessage>;
  /** Among the groups that can be received from. */
  available: ListPlace<Group> | undefined;
  /** Among the others, by when the first message no longer holds them back. */
  locked: HeapPlace<Group> | undefined;
}

/**
 * A FIFO queue's: a message that is in flight or delayed holds back all of its group behind it, so that a group can
 * be received from exactly while its first message is visible. A receive takes as many of one group as it can before
 * it goes on to the next; groups take turns in the order in which they became available.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 */
export class FifoOrder implements DeliveryOrder {
  readonly #groups = new Map<string, Group>();
  readonly #available = new LinkedList<Group>();
  readonly #locked = new Heap<Group>();

  enter(message: StoredMessage): void {
    const group = this.#groupOf(message);
    message.listed = group.messages.add(message);
    if (group.messages.first() === message) this.#firstChanged(group);
  }

  changed(message: StoredMessage): void {
    const group = this.#groupOf(message);
    if (group.messages.first() === message) this.#firstChanged(group);
  }

  leave(message: StoredMessage): void {
    const group = this.#groupOf(message);
    const wasFirst = group.messages.first() === message;
    if (message.listed) group.messages.delete(message.listed);
    message.listed = undefined;
    if (wasFirst) this.#firstChanged(group);
  }

  *receivable(): Iterable<StoredMessage> {
    for (const group of this.#available) {
      for (const message of group.messages) {
        if (message.state !== 'visible') break;
        yield message;
      }
    }
  }

  nextAvailableAt(): number | undefined {
    return this.#locked.first()?.at;
  }

  #groupOf({ facts: { messageGroupId: id = '' } }: StoredMessage): Group {
    const found = this.#groups.get(id);
    if (found) return found;
    const group = { id, messages: new LinkedList<StoredMessage>(), available: undefined, locked: undefined };
    this.#groups.set(id, group);
    return group;
  }

  #firstChanged(group: Group): void {
    const first = group.messages.first();
    if (group.locked) this.#locked.delete(group.locked);
    group.locked = undefined;
    if (first?.state === 'visible') {
      group.available ??= this.#available.add(group);
      return;
    }
    if (group.available) this.#available.delete(group.available);
    group.available = undefined;
    if (first) group.locked = this.#locked.add(group, Math.min(first.availableAt, first.facts.expiresAt));
    else this.#groups.delete(group.id);
  }
}
