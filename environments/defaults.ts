import type { Throttling } from '../constructs/api/throttling';
import type { AlarmThresholds } from './environment';

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
  signatureToleranceSeconds: 300,
  deploymentBranch: 'main',
  /** https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
  resolvers: ['169.254.169.253'],
  alarmThresholds: {
    oldestMessageMinutes: 15,
    serverErrorPercent: 1,
    clientErrorPercent: 10,
    integrationLatencyMilliseconds: 2_000,
    throttledRequests: 0,
    pipeStoppedMinutes: 15,
  } satisfies Required<AlarmThresholds>,
} as const;

/**
 * How long a subscriber that answers with errors may be down before its messages are given up, in seconds: a day.
 * One that cannot be connected to at all uses up no deliveries.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-error-troubleshooting.html
 */
export const coveredOutageSeconds = 24 * 60 * 60;

/** How long the archive function may take with a batch, in seconds. */
export const archiveTimeoutSeconds = 30;
