import { defaultReceiveCount, receiveCountCovering } from '../constructs/queue/queue-attributes';
import { coveredOutageSeconds, defaults } from '../environments/defaults';
import type { CallbackQueueSettings, Environment } from '../environments/environment';

/** A callback of either receiver. */
export interface NamedCallback {
  readonly name: string;
  readonly queue?: CallbackQueueSettings;
}

/**
 * Deliveries before a callback's message goes to the dead-letter queue; nothing for a queue that someone else owns.
 * A pipe's subscriber that is down uses up deliveries, which an outage must not spend.
 */
export function callbackReceiveCount(
  { subscriberPipe }: Environment,
  { name, queue }: NamedCallback,
): number | undefined {
  if (queue?.kind === 'existing') return undefined;
  const { consumerTimeoutSeconds = defaults.consumerTimeoutSeconds, maxReceiveCount } = queue ?? {};
  const delivered = (subscriberPipe?.subscriptions ?? []).some(
    ({ source }) => 'callback' in source && source.callback === name,
  );
  return (
    maxReceiveCount ??
    (delivered ? receiveCountCovering(coveredOutageSeconds, consumerTimeoutSeconds) : defaultReceiveCount)
  );
}
