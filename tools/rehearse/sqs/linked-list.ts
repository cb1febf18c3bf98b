/** The place of an item in a list. */
export interface ListPlace<T> {
  readonly item: T;
  previous: ListPlace<T> | undefined;
  next: ListPlace<T> | undefined;
}

/** Items in the order of adding; each of them can be taken out in constant time. */
export class LinkedList<T> implements Iterable<T> {
  #first: ListPlace<T> | undefined;
  #last: ListPlace<T> | undefined;

  first(): T | undefined {
    return this.#first?.item;
  }

  /** Adds an item behind all others. @returns what `delete` takes it out by */
  add(item: T): ListPlace<T> {
    const place: ListPlace<T> = { item, previous: this.#last, next: undefined };
    if (this.#last) this.#last.next = place;
    else this.#first = place;
    this.#last = place;
    return place;
  }

  /** Takes out an item, once. */
  delete({ previous, next }: ListPlace<T>): void {
    if (previous) previous.next = next;
    else this.#first = next;
    if (next) next.previous = previous;
    else this.#last = previous;
  }

  /** While it goes on, nothing may be taken out. */
  *[Symbol.iterator](): Iterator<T> {
    for (let place = this.#first; place; place = place.next) yield place.item;
  }
}
