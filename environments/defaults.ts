import type { Throttling } from '../constructs/api/throttling';

/** What holds where an environment says nothing. */
export const defaults = {
  stageName: 'v1',
  throttling: { rateLimit: 100, burstLimit: 200 } satisfies Throttling,
  corsMaxAgeSeconds: 300,
  consumerTimeoutSeconds: 30,
  functionTimeoutSeconds: 30,
  maximumConcurrency: 10,
  rateLimitPerSecond: 10,
  logRetentionDays: 30,
  deploymentBranch: 'main',
} as const;

/**
 * How long a subscriber that answers with errors may be down before its messages are given up, in seconds: a day.
 * One that cannot be connected to at all uses up no deliveries.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-error-troubleshooting.html
 */
export const coveredOutageSeconds = 24 * 60 * 60;

/** How long the archive function may take with a batch, in seconds. */
export const archiveTimeoutSeconds = 30;
