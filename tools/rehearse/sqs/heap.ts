/** The place of an item in a heap. */
export interface HeapPlace<T> {
  readonly item: T;
  readonly at: number;
  readonly order: number;
  index: number;
}

/** Items by a moment each, the earliest at hand; each change takes logarithmic time. */
export class Heap<T> {
  readonly #places: HeapPlace<T>[] = [];
  #order = 0;

  get size(): number {
    return this.#places.length;
  }

  /** The earliest; of several at one moment the one that was added first. */
  first(): HeapPlace<T> | undefined {
    return this.#places[0];
  }

  /** @returns what `delete` takes it out by */
  add(item: T, at: number): HeapPlace<T> {
    const place = { item, at, order: this.#order++, index: this.#places.length };
    this.#places.push(place);
    this.#rise(place);
    return place;
  }

  /** Takes out an item, once. */
  delete(place: HeapPlace<T>): void {
    const last = this.#places.pop() as HeapPlace<T>;
    if (last === place) return;
    this.#put(last, place.index);
    this.#rise(last);
    this.#sink(last);
  }

  #rise(place: HeapPlace<T>): void {
    while (place.index > 0) {
      const parent = this.#places[(place.index - 1) >> 1] as HeapPlace<T>;
      if (!isEarlier(place, parent)) return;
      this.#swap(place, parent);
    }
  }

  #sink(place: HeapPlace<T>): void {
    for (;;) {
      const left = this.#places[2 * place.index + 1];
      const right = this.#places[2 * place.index + 2];
      const child = left && right && isEarlier(right, left) ? right : left;
      if (!child || !isEarlier(child, place)) return;
      this.#swap(place, child);
    }
  }

  #swap(a: HeapPlace<T>, b: HeapPlace<T>): void {
    const { index } = a;
    this.#put(a, b.index);
    this.#put(b, index);
  }

  #put(place: HeapPlace<T>, index: number): void {
    place.index = index;
    this.#places[index] = place;
  }
}

const isEarlier = (a: HeapPlace<unknown>, b: HeapPlace<unknown>) =>
  a.at < b.at || (a.at === b.at && a.order < b.order);
