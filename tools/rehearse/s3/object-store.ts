/** An object as it was put last. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  /** By lower-case name, without `x-amz-meta-`. */
  readonly metadata: ReadonlyMap<string, string>;
  /** With its quotes. */
  readonly etag: string;
}

/** What buckets hold. */
export class ObjectStore {
  readonly #buckets: ReadonlyMap<string, Map<string, StoredObject>>;
  readonly #listeners = new Set<(object: StoredObject) => void>();

  constructor(buckets: readonly { readonly name: string }[]) {
    this.#buckets = new Map(buckets.map(({ name }) => [name, new Map()]));
  }

  has(bucket: string): boolean {
    return this.#buckets.has(bucket);
  }

  /** Takes the place of what stood under the key. @throws Error for a bucket that is not there */
  put(object: StoredObject): void {
    const objects = this.#buckets.get(object.bucket);
    if (!objects) throw new Error(`there is no bucket ${object.bucket}`);
    objects.set(object.key, object);
    for (const listener of [...this.#listeners]) listener(object);
  }

  get(bucket: string, key: string): StoredObject | undefined {
    return this.#buckets.get(bucket)?.get(key);
  }

  /** In the order in which their keys were first put. */
  objects(bucket: string): readonly StoredObject[] {
    return [...(this.#buckets.get(bucket)?.values() ?? [])];
  }

  /** Called for each object that was put. @returns ends it */
  onPut(listener: (object: StoredObject) => void): () => void {
    const own = (object: StoredObject) => listener(object);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }
}
