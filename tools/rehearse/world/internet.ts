import type { Clock } from '../simulation/clock';
import type { Network, NetworkFault, NetworkRequest, NetworkResponse } from '../simulation/network';
import type { Random } from '../simulation/random';

/** What goes wrong with one request. */
export type RequestFault =
  /** Answered so by the service, which has done nothing. */
  | { readonly kind: 'refused'; readonly response: NetworkResponse }
  /** The connection breaks before the service has the request. */
  | { readonly kind: 'reset' }
  /** The service does its work, and its answer is lost. */
  | { readonly kind: 'answer-lost' }
  /** Nothing ever comes back, and the service has done nothing. */
  | { readonly kind: 'silence' };

/** Decides about each request to a service; nothing for one that goes well. */
export type RequestFaults = (request: NetworkRequest) => RequestFault | undefined;

/** Milliseconds from a request to its answer, within a region. */
const quickest = 2;
const slowest = 12;

/** A service behind the network: it answers at once, and its answers take their time to arrive. */
export function served(
  answer: (request: NetworkRequest) => NetworkResponse,
  {
    clock,
    random,
    faults,
  }: { readonly clock: Clock; readonly random: Random; readonly faults?: RequestFaults | undefined },
): Network {
  return (request, reply) => {
    const arrive = (outcome: NetworkResponse | NetworkFault) =>
      clock.after(random.between(quickest, slowest), () => reply(outcome));
    const fault = faults?.(request);
    if (!fault) return arrive(answer(request));
    switch (fault.kind) {
      case 'refused':
        return arrive(fault.response);
      case 'reset':
        return arrive('ECONNRESET');
      case 'answer-lost':
        answer(request);
        return arrive('ECONNRESET');
      case 'silence':
        return () => {};
    }
  };
}

/** Carries requests to the service of their host; nobody else is reachable. */
export function internetOf(hosts: ReadonlyMap<string, Network>, clock: Clock): Network {
  return (request, reply) => {
    const host = hosts.get(request.host);
    return host ? host(request, reply) : clock.after(quickest, () => reply('ENOTFOUND'));
  };
}
