/** What of an SQS record decides its order; a Lambda event source mapping and a pipe deliver the same. */
export interface GroupedRecord {
  readonly messageId: string;
  readonly eventSourceARN: string;
  readonly attributes: {
    readonly MessageGroupId?: string | undefined;
    /** How often it was delivered, this time included. */
    readonly ApproximateReceiveCount: string;
  };
}

export interface GroupsOptions {
  /** Groups worked on at a time. */
  readonly parallel: number;
  /** Deliveries after which the queue gives a record up. @default unknown */
  readonly maxReceiveCount?: number | undefined;
}

export interface GroupsResult<R> {
  /** Of each group its first failure that holds it up, and those before it, with what their work threw. */
  readonly failed: readonly { readonly record: R; readonly error: unknown }[];
  /** What stood behind a failure in its group, and was not worked on. */
  readonly skipped: readonly R[];
}

/** Deliveries that a record which keeps failing leaves to those behind it, so that one that ends halfway costs none. */
const SPARE_DELIVERIES = 2;

/**
 * Works on groups in parallel, and on each group's records in order. After a failure the rest of its group is
 * skipped; other groups go on. A record with few deliveries left holds up nothing any more: what stands behind it was
 * delivered as often, and would be given up with it.
 */
export async function processGroups<R extends GroupedRecord>(
  records: readonly R[],
  { parallel, maxReceiveCount = Number.POSITIVE_INFINITY }: GroupsOptions,
  work: (record: R) => Promise<void>,
): Promise<GroupsResult<R>> {
  const givesWayAt = Math.max(1, maxReceiveCount - SPARE_DELIVERIES);
  const failed: { record: R; error: unknown }[] = [];
  const skipped: R[] = [];
  const waiting = groupsOf(records).values();

  async function takeGroups() {
    for (const group of waiting) {
      for (const [index, record] of group.entries()) {
        try {
          await work(record);
        } catch (error) {
          failed.push({ record, error });
          if (Number(record.attributes.ApproximateReceiveCount) >= givesWayAt) continue;
          skipped.push(...group.slice(index + 1));
          break;
        }
      }
    }
  }

  await Promise.all(Array.from({ length: Math.min(parallel, records.length) }, takeGroups));
  return { failed, skipped };
}

/**
 * Records by message group, in their order. On a standard queue each record is its own group: a group id there
 * serves fair queues and promises no order.
 */
export function groupsOf<R extends GroupedRecord>(records: readonly R[]): readonly (readonly R[])[] {
  const groups = new Map<string, R[]>();
  for (const record of records) {
    const isFifo = record.eventSourceARN.endsWith('.fifo');
    const key = isFifo ? `group ${record.attributes.MessageGroupId ?? ''}` : `message ${record.messageId}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return [...groups.values()];
}
