import type { Throttling } from '../constructs/api/throttling';

/** What holds where an environment says nothing. */
export const defaults = {
  stageName: 'v1',
  throttling: { rateLimit: 100, burstLimit: 200 } satisfies Throttling,
  consumerTimeoutSeconds: 30,
  functionTimeoutSeconds: 30,
  maximumConcurrency: 10,
  rateLimitPerSecond: 10,
  logRetentionDays: 30,
} as const;

/** How long the archive function may take with a batch, in seconds. */
export const archiveTimeoutSeconds = 30;
