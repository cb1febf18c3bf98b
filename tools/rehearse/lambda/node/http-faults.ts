import type { NetworkFault } from '../../simulation/network';
import type { Target } from './http-target';

const errnos: Readonly<Record<NetworkFault, number>> = {
  ECONNREFUSED: -111,
  ECONNRESET: -104,
  ENOTFOUND: -3008,
  ETIMEDOUT: -110,
};

/** The error that Node makes of a fault on Linux. */
export function faultError(fault: NetworkFault, { hostname, port }: Target): Error {
  const code = { code: fault, errno: errnos[fault] };
  switch (fault) {
    case 'ENOTFOUND':
      return Object.assign(new Error(`getaddrinfo ENOTFOUND ${hostname}`), {
        ...code,
        syscall: 'getaddrinfo',
        hostname,
      });
    case 'ECONNRESET':
      return Object.assign(new Error('read ECONNRESET'), { ...code, syscall: 'read' });
    default:
      return Object.assign(new Error(`connect ${fault} ${hostname}:${port}`), {
        ...code,
        syscall: 'connect',
        address: hostname,
        port,
      });
  }
}

/** The error of a request that ends without a response, or with half of one. */
export const hangUp = (message: 'socket hang up' | 'aborted'): Error =>
  Object.assign(new Error(message), { code: 'ECONNRESET' });
