import { createHash, timingSafeEqual } from 'node:crypto';
import express from 'express';
import { objectKeyOf } from './archive.mjs';

/** S3's limit of a key. */
const longestKey = 1_024;

/**
 * Takes deliveries of a pipe, `{"messageId":…,"data":{…}}`, and answers 2xx only once they are stored. What can never
 * succeed gets a 4xx with the reason; a pipe that gets nothing else for long may stop. All other failures are 503, and
 * the message comes again.
 *
 * @param {object} options
 * @param {string} options.apiKey what the pipe's connection sends in X-Api-Key
 * @param {string} options.keyField field of the message that tells it from others
 * @param {{ put(key: string, body: Uint8Array): Promise<string> }} options.archive
 * @param {(line: string) => void} [options.log]
 */
export function subscriber({ apiKey, keyField, archive, log = console.log }) {
  const app = express();
  app.disable('x-powered-by');

  // Before a body is read.
  app.use((request, response, next) => {
    if (sameText(request.get('X-Api-Key') ?? '', apiKey)) return next();
    log(
      'refused: X-Api-Key is missing or wrong. Until the connection has the right one nothing is delivered',
    );
    response.status(401).json({ error: 'X-Api-Key is missing or wrong' });
  });

  // As it came: JSON that is parsed and written again may have other numbers. A queue's message has 1 MiB at most.
  app.use(express.raw({ type: () => true, limit: '2mb' }));

  app.post('/bizppurio/delivery-results', async (request, response) => {
    const { key, reason } = messageKeyIn(request.body, keyField);
    if (reason) {
      log(`refused: ${reason}`);
      return response.status(422).json({ error: reason });
    }
    log(`${key} ${await archive.put(objectKeyOf(key), request.body)}`);
    response.status(204).end();
  });

  app.use((error, _request, response, _next) => {
    const isTheirs = error.status >= 400 && error.status < 500;
    log(`${isTheirs ? 'refused' : 'failed'}: ${error.name}: ${error.message}`);
    if (isTheirs) response.status(error.status).json({ error: error.message });
    else response.status(503).json({ error: 'not stored, deliver it again' });
  });
  return app;
}

/** Takes as long for any text: digests are of one length, and compared to their end. */
const sameText = (given, wanted) => timingSafeEqual(digest(given), digest(wanted));

const digest = (text) => createHash('sha256').update(text).digest();

function messageKeyIn(body, field) {
  let data;
  try {
    ({ data } = JSON.parse(body));
  } catch {
    return { reason: 'the body is no JSON object' };
  }
  const key = data?.[field];
  if (typeof key !== 'string' || key === '') return { reason: `data.${field} is no text` };
  if (objectKeyOf(key).length > longestKey)
    return { reason: `data.${field} is too long for an object's name` };
  return { key };
}
