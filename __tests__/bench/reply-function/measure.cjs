// Runs in a process of its own, as an execution environment of Lambda would: measure.cjs <module>, which sends
// the time of its first import; then for each message {records} it gets, one invocation, whose time it sends.
const started = performance.now();
const { handler } = require(process.argv[2]);
process.send(performance.now() - started);

const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => 30_000 };

process.on('message', async ({ records }) => {
  const begun = performance.now();
  const result = await handler({ Records: records }, context);
  if (result?.batchItemFailures.length) throw new Error(`failed: ${JSON.stringify(result)}`);
  process.send(performance.now() - begun);
});
