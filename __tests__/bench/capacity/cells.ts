import type { AtRate } from './at-rate';

export const rateName = (rate: number): string =>
  rate < 1 ? `${Math.round(rate * 60)}/min` : `${whole(rate)}/s`;

/**
 * What is behind: nothing as long as the oldest message has waited for less than this, in seconds; then its queue is
 * no backlog, but what is on its way.
 */
const onItsWay = 0.2;

export const backlogCell = ({ backlogEachSecond, oldestSeconds }: AtRate): string =>
  oldestSeconds < onItsWay ? 'none' : `+${whole(backlogEachSecond)}/s`;

/** Of a run with a backlog: what was delivered a second until nothing was left. */
export const mostCell = ({ sent, allDeliveredSeconds }: AtRate): string => whole(sent / allDeliveredSeconds);

const whole = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
