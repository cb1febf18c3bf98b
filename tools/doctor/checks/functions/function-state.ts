import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Told } from './function-settings';
import type { FunctionWork } from './function-work';

/**
 * What is to be said of the state that a function is in, and of its last change.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export function stateTold(
  {
    State: state = 'Active',
    StateReason,
    StateReasonCode,
    LastUpdateStatus: update = 'Successful',
    LastUpdateStatusReason,
    LastUpdateStatusReasonCode,
  }: FunctionConfiguration,
  { waiting }: FunctionWork,
): readonly Told[] {
  return [
    ...(state === 'Active' ? [] : [ofState(state, reasonOf(StateReasonCode, StateReason), waiting)]),
    ...(update === 'Successful'
      ? []
      : [
          {
            code: 'function-update',
            severity: update === 'Failed' ? ('error' as const) : ('warning' as const),
            problem:
              'its last change is ' +
              `${update}${reasonOf(LastUpdateStatusReasonCode, LastUpdateStatusReason)}`,
            seen:
              update === 'Failed'
                ? 'messages are worked on by what it was before the change, whatever its configuration shows'
                : 'messages are worked on by what it was before, until the change is done',
            cause:
              update === 'Failed'
                ? 'What the change names cannot be used: the reason says which.'
                : 'A deploy is going on, or has just ended: ask again in a minute.',
          },
        ]),
  ];
}

const reasonOf = (code: string | undefined, reason: string | undefined) =>
  code === undefined && reason === undefined
    ? ''
    : `: ${[code, reason].filter((text) => text !== undefined).join(', ')}`;

function ofState(state: string, reason: string, waiting: string): Told {
  const code = 'function-state';
  const problem = `it is ${state}${reason}`;
  switch (state) {
    case 'Pending':
      return {
        code,
        severity: 'warning',
        problem,
        seen: `until it is Active it cannot be invoked: ${waiting}`,
        cause: 'It was made, or woken, just now: ask again in a minute.',
      };
    case 'Inactive':
      return {
        code,
        severity: 'warning',
        problem,
        seen: 'the first invocation fails and wakes it; SQS delivers that batch again',
        cause:
          'Lambda took its resources back after weeks without an invocation: does anything send to ' +
          'its queue?',
      };
    default:
      return {
        code,
        severity: 'error',
        problem,
        seen: `invocations fail: ${waiting}`,
        cause: 'Lambda cannot run it: the reason says what is missing, such as a key, a role or a network.',
      };
  }
}
