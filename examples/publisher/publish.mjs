import { setTimeout as sleep } from 'node:timers/promises';

/** A callback that was not accepted, and will not be by trying once more; or was tried often enough. */
export class NotAccepted extends Error {
  name = 'NotAccepted';
}

/**
 * Posts one callback until it is accepted. Only a 2xx says that the queue has it; whatever else happens it may have it
 * too, and get it twice, so that each attempt carries the same key.
 *
 * @param {string} url
 * @param {string | Uint8Array} body
 * @param {object} options
 * @param {string} options.idempotencyKey the same for the same callback, whenever it is sent; visible ASCII
 * @param {Record<string, string>} [options.headers]
 * @param {number} [options.attempts] at most
 * @param {number} [options.timeout] of one attempt in milliseconds: API Gateway answers within 29 s
 * @param {number} [options.firstDelay] milliseconds before the second attempt at most, and twice that before each next
 * @param {number} [options.longestDelay] milliseconds, of Retry-After too: whoever asks for more is given up
 * @returns {Promise<{ status: number, attempts: number, body: string }>}
 * @throws {NotAccepted | TypeError} TypeError for what is no URL or no header
 */
export async function publish(
  url,
  body,
  { idempotencyKey, headers = {}, attempts = 8, timeout = 30_000, firstDelay = 500, longestDelay = 60_000 },
) {
  for (let attempt = 1; ; attempt++) {
    const outcome = await post(url, body, { idempotencyKey, headers, timeout });
    if (outcome.status >= 200 && outcome.status < 300) {
      return { status: outcome.status, attempts: attempt, body: outcome.text };
    }
    const said = `${outcome.status || 'no answer'}: ${outcome.text}`;
    if (!mayYetSucceed(outcome.status)) throw new NotAccepted(said);
    if (attempt >= attempts) throw new NotAccepted(`${said}, at attempt ${attempt}, the last`);
    if (outcome.retryAfter > longestDelay)
      throw new NotAccepted(`${said}, Retry-After ${outcome.retryAfter} ms`);
    const longest = Math.min(longestDelay, firstDelay * 2 ** (attempt - 1));
    // Anything up to the longest: whoever failed together does not come back together.
    await sleep(Math.max(outcome.retryAfter, Math.random() * longest));
  }
}

/** Of the 4xx only these two say that the request itself is fine. */
const mayYetSucceed = (status) => status === 0 || status === 408 || status === 429 || status >= 500;

async function post(url, body, { idempotencyKey, headers, timeout }) {
  // What it throws no attempt mends: a URL or a header that is none.
  const request = new Request(url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey, ...headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(timeout),
  });
  try {
    const response = await fetch(request);
    const text = await response.text();
    return { status: response.status, text, retryAfter: retryAfterOf(response.headers.get('retry-after')) };
  } catch (error) {
    return { status: 0, text: error.cause?.code ?? error.cause?.message ?? error.message, retryAfter: 0 };
  }
}

/** In milliseconds. It is a number of seconds or a date. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function retryAfterOf(value) {
  if (value === null) return 0;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : 0;
}

/**
 * Calls `work` for each item, with so many under way at once; the next one is taken when there is room for it.
 *
 * @template T
 * @param {AsyncIterable<T> | Iterable<T>} items
 * @param {number} concurrency
 * @param {(item: T) => Promise<void>} work
 */
export async function forEachAtOnce(items, concurrency, work) {
  const iterator = items[Symbol.asyncIterator]?.() ?? items[Symbol.iterator]();
  const worker = async () => {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
