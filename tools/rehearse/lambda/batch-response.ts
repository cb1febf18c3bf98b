import { NotSimulated } from '../../not-simulated';

/** What a function's answer says of a batch: which messages it gives back, or that it says nothing sensible. */
export type BatchResponse = { readonly failed: ReadonlySet<string> } | { readonly malformed: string };

/**
 * Of an event source mapping and of a pipe alike. Exactly what is not listed is done: to list what stands behind a
 * failure in its group is left to the function, on FIFO queues too.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-sqs.html#pipes-sqs-batch-failures-conditions
 *
 * @param messageIds of the batch
 * @throws NotSimulated for answers of which neither page says anything
 */
export function batchResponse(
  payload: unknown,
  messageIds: ReadonlySet<string>,
  where: string,
): BatchResponse {
  if (payload === undefined || payload === null || payload === '') return { failed: new Set() };
  if (typeof payload !== 'object' || Array.isArray(payload)) {
    throw new NotSimulated(where, `the function's answer ${shortened(payload)}, which is no object,`);
  }
  const failures = (payload as { readonly batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (!Array.isArray(failures)) {
    throw new NotSimulated(where, `the function's answer ${shortened(payload)}, whose failures are no list,`);
  }
  const failed = new Set<string>();
  for (const failure of failures as readonly unknown[]) {
    const identifier = (failure as { readonly itemIdentifier?: unknown } | null)?.itemIdentifier;
    if (typeof identifier !== 'string' || !messageIds.has(identifier)) {
      return {
        malformed: `batchItemFailures has ${JSON.stringify(failure)}, which is no message of the batch`,
      };
    }
    failed.add(identifier);
  }
  return { failed };
}

const shortened = (payload: unknown) => {
  const json = JSON.stringify(payload);
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
};
