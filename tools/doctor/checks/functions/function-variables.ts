import type { Finding } from '../../finding';
import type { SynthesizedVariable } from './function-plan';
import type { FunctionWork } from './function-work';

type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> &
  Partial<Pick<Finding, 'synthesized' | 'deployed' | 'cause'>>;

/**
 * Environment variables that are not as synthesized. Values of those that nobody synthesized are not told:
 * they may be secrets.
 */
export function variableDifferences(
  synthesized: readonly SynthesizedVariable[],
  deployed: Readonly<Record<string, string>>,
  work: FunctionWork,
): readonly Told[] {
  const extra = Object.keys(deployed)
    .filter((name) => !synthesized.some((variable) => variable.name === name))
    .sort();
  return [
    ...synthesized.flatMap(({ name, value }): readonly Told[] => {
      const there = deployed[name];
      if (there === undefined) {
        return [{ ...missing(name, work), synthesized: value ?? '(a value)', deployed: 'not set' }];
      }
      if (value === undefined || value === there) return [];
      return [{ ...other(name, work), synthesized: value, deployed: there }];
    }),
    ...(extra.length > 0
      ? [
          {
            code: 'function-variable-extra',
            severity: 'warning' as const,
            problem: `it has environment variables that were not synthesized: ${extra.join(', ')}`,
            seen:
              'nothing, unless one of them changes how Node.js, the AWS SDK or the code behaves; the ' +
              'next deploy takes them away',
          },
        ]
      : []),
  ];
}

const unset = 'function-variable-missing';

function missing(name: string, { failing }: FunctionWork): Told {
  const problem = `its environment variable ${name} is not set`;
  switch (name) {
    case 'CONNECTIONS_ENDPOINT':
    case 'BUCKET_NAME':
      return {
        code: unset,
        severity: 'error',
        problem,
        seen: `the function ends with an error as it starts: ${failing}`,
        cause: 'Someone has removed it in the console; the code cannot do without.',
      };
    case 'MAX_RECEIVE_COUNT':
      return {
        code: unset,
        severity: 'warning',
        problem,
        seen:
          'in a FIFO group nothing goes on behind a message that fails until that is in the ' +
          'dead-letter queue: the ones behind it are used up with it',
      };
    default:
      return {
        code: unset,
        severity: 'error',
        problem,
        seen: `the code does without it, or fails: ${failing}`,
      };
  }
}

function other(name: string, { failing }: FunctionWork): Told {
  const code = 'function-variable';
  const problem = `its environment variable ${name} is another one`;
  switch (name) {
    case 'CONNECTIONS_ENDPOINT':
      return {
        code,
        severity: 'error',
        problem,
        seen:
          'replies are posted to another API or stage, which answers 403 (ForbiddenException or ' +
          'AccessDeniedException), or 410 GoneException as for a client that has left. After 403 ' +
          `${failing}. After 410 the message counts as done and is deleted: silence, without an alarm`,
        cause: 'An API that is deleted and made again has another id, and the function keeps the old one.',
      };
    case 'BUCKET_NAME':
      return {
        code,
        severity: 'error',
        problem,
        seen:
          'S3 answers AccessDenied, since the role may write to its own bucket alone, or NoSuchBucket: ' +
          `${failing}`,
      };
    case 'MAX_RECEIVE_COUNT':
      return {
        code,
        severity: 'warning',
        problem,
        seen:
          'the function takes a delivery for the last when the queue does not, or the other way round: ' +
          'behind a message that fails, the order within its FIFO group is not kept, or the group ' +
          'waits longer',
      };
    default:
      return {
        code,
        severity: 'error',
        problem,
        seen: `the code does something else with messages than synthesized, or fails: then ${failing}`,
      };
  }
}
