import type { DescribePipeResponse } from '@aws-sdk/client-pipes';
import type { Finding } from '../../finding';

type Told = Pick<Finding, 'severity' | 'problem' | 'seen' | 'cause' | 'fix'>;

interface Circumstances {
  readonly wanted: 'RUNNING' | 'STOPPED';
  /** What is seen while nothing is taken from the queue. */
  readonly waiting: string;
  readonly start: string;
  readonly deploy: string;
}

/**
 * What is to be said of the state that a pipe is in; nothing where it is as it should be.
 * https://docs.aws.amazon.com/eventbridge/latest/pipes-reference/API_DescribePipe.html
 */
export function stateTold(
  { CurrentState: state, StateReason: reason }: DescribePipeResponse,
  { wanted, waiting, start, deploy }: Circumstances,
): Told | undefined {
  if (state === wanted) return undefined;
  const problem = `it is ${state ?? 'in no known state'}${reason ? `: ${reason}` : ''}`;
  if (wanted === 'STOPPED') {
    return {
      severity: 'warning',
      problem,
      seen: 'messages are taken from the queue and delivered, though the pipe was synthesized as stopped',
      cause: 'Someone has started it',
      fix: deploy,
    };
  }
  switch (state) {
    case 'STOPPED':
    case 'STOPPING':
      return {
        severity: 'error',
        problem,
        seen: waiting,
        cause:
          'Someone has stopped it, or EventBridge has, which it does when a subscriber goes on answering with 4xx',
        fix: `${start}, once the subscriber takes messages again`,
      };
    case 'CREATE_FAILED':
    case 'START_FAILED':
    case 'CREATE_ROLLBACK_FAILED':
      return {
        severity: 'error',
        problem,
        seen: waiting,
        cause:
          'EventBridge tries its role on the queue and the target before it runs a pipe: a grant, the key of ' +
          'the queue or the trust policy of the role is usually what is missing',
        fix: state === 'START_FAILED' ? `${deploy}, then ${start}` : deploy,
      };
    case 'UPDATE_FAILED':
    case 'UPDATE_ROLLBACK_FAILED':
      return {
        severity: 'error',
        problem,
        seen: `a change did not get in: the old settings hold, or nothing is delivered. Then ${waiting}`,
        cause: 'EventBridge refused the change, mostly because the role lacks what the new settings need',
        fix: deploy,
      };
    case 'STOP_FAILED':
    case 'DELETE_FAILED':
      return {
        severity: 'warning',
        problem,
        seen: 'it may go on delivering',
        cause: 'Someone wanted to end it, and EventBridge could not',
        fix: `${start} to let it run on`,
      };
    case 'DELETING':
      return {
        severity: 'error',
        problem,
        seen: waiting,
        cause: 'Someone has deleted it',
        fix: `${deploy}, when it is gone`,
      };
    default:
      return {
        severity: 'warning',
        problem,
        seen: 'messages wait until it runs',
        cause: 'It is being changed at this moment; that takes a minute or two',
        fix: 'Run the doctor again in two minutes',
      };
  }
}
