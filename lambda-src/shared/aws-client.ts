import { environmentCredentials } from './environment-credentials';

/** Groups worked on at the same time, and sockets kept open for them. */
export const PARALLEL_GROUPS = 50;

const agent = { keepAlive: true, maxSockets: PARALLEL_GROUPS };

/**
 * Settings that every AWS client here shares. One attempt only: retries are ours (`retry.ts`), because the SDK's
 * wait as long as a Retry-After header says and know nothing of the time the invocation has left.
 */
export const clientSettings = {
  credentials: environmentCredentials,
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 1_000, httpAgent: agent, httpsAgent: agent },
};
