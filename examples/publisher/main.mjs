import { createHash } from 'node:crypto';
import readline from 'node:readline';
import { parseArgs } from 'node:util';
import { forEachAtOnce, publish } from './publish.mjs';

const usage = `Usage: node main.mjs <url> [--concurrency 10] [--key-field MSGID] < callbacks.ndjson > failed.ndjson

Posts each line of standard input. Lines that are not accepted come out again, to be sent once more, with the reason on
standard error; exit code 1 says that there are some.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    concurrency: { type: 'string', default: '10' },
    'key-field': { type: 'string' },
  },
});
const [url] = positionals;
const concurrency = Number(values.concurrency);
if (!url || !(concurrency >= 1)) {
  console.error(usage);
  process.exit(2);
}

/** The same whenever the line is sent: a field of it that tells callbacks apart, else its digest. */
function keyOf(line) {
  const field = values['key-field'];
  return field
    ? encodeURIComponent(JSON.parse(line)[field])
    : createHash('sha256').update(line).digest('hex');
}

const counts = { accepted: 0, failed: 0, again: 0 };
await forEachAtOnce(readline.createInterface({ input: process.stdin }), concurrency, async (line) => {
  if (line.trim() === '') return;
  try {
    const { attempts } = await publish(url, line, { idempotencyKey: keyOf(line) });
    counts.accepted++;
    counts.again += attempts - 1;
  } catch (error) {
    counts.failed++;
    console.log(line);
    console.error(error.message);
    process.exitCode = 1;
  }
});
console.error(
  `${counts.accepted} accepted, ${counts.again} attempts repeated, ${counts.failed} not accepted`,
);
