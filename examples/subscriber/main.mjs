import { subscriber } from './app.mjs';
import { archiveIn } from './archive.mjs';

const required = (name) => {
  const value = process.env[name];
  if (value) return value;
  console.error(`Set ${name}: see README.md`);
  process.exit(2);
};

const app = subscriber({
  apiKey: required('API_KEY'),
  keyField: process.env.KEY_FIELD ?? 'MSGID',
  archive: archiveIn(required('BUCKET')),
});
const server = app.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '127.0.0.1', (error) => {
  if (error) throw error;
  const { address, port } = server.address();
  console.log(`listens on http://${address}:${port}`);
});

/** Takes no more, answers what it has taken, and goes; what is not answered by then comes again. */
function end() {
  server.close(() => process.exit(0));
  setTimeout(() => process.exit(1), 10_000).unref();
}
process.once('SIGTERM', end);
process.once('SIGINT', end);
