import type { NetworkResponse } from '../simulation/network';
import type { Random } from '../simulation/random';
import { badRequest } from '../sqs/errors';
import type { Faults } from '../world/faults';
import type { RequestFault } from '../world/internet';

/** Of each kind of fault. */
export const faultShare = 0.05;

/** Every kind of fault, each in one of twenty cases. */
export function loadFaults(random: Random, errors: readonly NetworkResponse[]): Faults {
  const [sqs, requests, executions] = ['sqs', 'requests', 'executions'].map((name) => random.fork(name)) as [
    Random,
    Random,
    Random,
  ];
  const request = (): RequestFault | undefined => {
    if (!requests.chance(faultShare)) return undefined;
    const kinds: readonly RequestFault[] = [
      ...errors.map((response) => ({ kind: 'refused', response }) as const),
      { kind: 'reset' },
      { kind: 'answer-lost' },
      { kind: 'silence' },
    ];
    return kinds[requests.between(0, kinds.length - 1)];
  };
  return {
    sendMessage: () => {
      if (!sqs.chance(faultShare)) return undefined;
      return sqs.chance(0.5)
        ? badRequest('ThrottlingException', 'Rate exceeded')
        : {
            status: 503,
            code: 'ServiceUnavailable',
            message: 'The request has failed due to a temporary failure.',
          };
    },
    connections: request,
    s3: request,
    execution: () =>
      executions.chance(faultShare) ? { killAfterMilliseconds: executions.between(1, 60) } : undefined,
  };
}
