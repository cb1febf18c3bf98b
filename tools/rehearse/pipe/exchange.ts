import type { Clock } from '../simulation/clock';
import type { Network, NetworkFault, NetworkRequest, NetworkResponse } from '../simulation/network';

/** A clock that is told when code which goes on by promises is at work. */
export type WorkClock = Clock & { atWork?(): () => void };

/** Waits so many milliseconds. */
export const pause = (clock: Clock, milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });

/** A request and what comes of it, given up after so many milliseconds. */
export const exchange = (
  request: NetworkRequest,
  {
    network,
    clock,
    milliseconds,
  }: { readonly network: Network; readonly clock: Clock; readonly milliseconds: number },
): Promise<NetworkResponse | NetworkFault | 'given up'> =>
  new Promise((resolve) => {
    const cancelTimeout = clock.after(milliseconds, () => {
      giveUp();
      resolve('given up');
    });
    const giveUp = network(request, (answer) => {
      cancelTimeout();
      resolve(answer);
    });
  });
