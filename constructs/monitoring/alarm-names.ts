/**
 * Names of the alarms on one API, function or pipe, by the name of what they watch. The stacks make the alarms, the
 * dashboard shows them by their ARNs: both take the names from here.
 */
export const apiAlarmNames = (api: string) => ({
  serverErrors: `${api}-server-errors`,
  clientErrors: `${api}-client-errors`,
  integrationLatency: `${api}-integration-latency`,
  throttled: `${api}-throttled`,
});

export const functionAlarmNames = (name: string) => ({
  errors: `${name}-errors`,
  throttles: `${name}-throttles`,
});

export const pipeAlarmNames = (name: string) => ({
  failures: `${name}-pipe-failures`,
  throttled: `${name}-pipe-throttled`,
  stopped: `${name}-pipe-stopped`,
});

/** The topic of an environment that gives none. */
export const alarmTopicName = (environment: string) => `${environment}-alarms`;
