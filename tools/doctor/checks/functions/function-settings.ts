import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Finding } from '../../finding';
import type { SynthesizedFunction } from './function-plan';
import type { FunctionWork } from './function-work';

export type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> &
  Partial<Pick<Finding, 'synthesized' | 'deployed' | 'cause'>>;

/** What a function runs, and as whom, where that is not as synthesized. */
export function settingDifferences(
  fn: SynthesizedFunction,
  deployed: FunctionConfiguration,
  work: FunctionWork,
): readonly Told[] {
  const { failing } = work;
  return [
    ...differing(fn.codeSha256, deployed.CodeSha256, {
      code: 'function-code',
      severity: 'error',
      problem: "it runs other code than this commit's",
      seen: `messages are worked on by that code: results may be others, or ${failing}`,
      cause: 'This commit was not deployed, a later one was, or someone has edited the code in the console.',
    }),
    ...differing(fn.handler, deployed.Handler, {
      code: 'function-handler',
      severity: 'error',
      problem: 'it calls another handler',
      seen:
        'Runtime.ImportModuleError or Runtime.HandlerNotFound where the archive has no such one: ' +
        `${failing}`,
    }),
    ...differing(fn.runtime, deployed.Runtime, {
      code: 'function-runtime',
      severity: deployed.Runtime?.startsWith('nodejs') ? 'warning' : 'error',
      problem: 'it runs on another runtime',
      seen: deployed.Runtime?.startsWith('nodejs')
        ? 'nothing while that Node.js knows all that the code uses'
        : `the code cannot be loaded: ${failing}`,
    }),
    ...differing(fn.roleArn, deployed.Role, {
      code: 'function-role',
      severity: 'error',
      problem: 'it acts as another role',
      seen:
        'AccessDenied for whatever that role may not do: taking from the queue, so that ' +
        `${work.waiting}; or doing its work, so that ${failing}`,
    }),
    ...timeoutDifference(fn, deployed.Timeout, work),
    ...differing(megabytes(fn.memoryMegabytes), megabytes(deployed.MemorySize), {
      code: 'function-memory',
      severity: 'warning',
      problem: 'it has another amount of memory, and of CPU with it',
      seen:
        'batches take another time; with too little, Runtime.ExitError "signal: killed" or "Task timed ' +
        'out"',
    }),
    ...differing(fn.architecture, deployed.Architectures?.[0] ?? 'x86_64', {
      code: 'function-architecture',
      severity: 'warning',
      problem: 'it runs on another architecture',
      seen: 'another price; code in JavaScript alone runs on both',
    }),
    ...loggingDifferences(fn, deployed),
    ...differing(fn.tracing, deployed.TracingConfig?.Mode ?? 'PassThrough', {
      code: 'function-tracing',
      severity: 'warning',
      problem: 'it traces otherwise',
      seen: 'nothing but in X-Ray',
    }),
  ];
}

/** Nothing where the synthesized side says nothing. */
function differing(
  synthesized: string | undefined,
  deployed: string | undefined,
  told: Told,
): readonly Told[] {
  if (synthesized === undefined || synthesized === deployed) return [];
  return [{ ...told, synthesized, deployed: deployed ?? 'none' }];
}

const megabytes = (amount: number | undefined) => (amount === undefined ? undefined : `${amount} MB`);

/**
 * A queue should hide messages for six times the function's timeout: Lambda retries a batch that was
 * throttled for about that long before the messages show again.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function timeoutDifference(
  { timeoutSeconds }: SynthesizedFunction,
  deployed: number | undefined,
  { failing, visibilityTimeout }: FunctionWork,
): readonly Told[] {
  const told = (severity: Finding['severity'], problem: string, seen: string) =>
    differing(`${timeoutSeconds} s`, `${deployed} s`, { code: 'function-timeout', severity, problem, seen });
  if (deployed === undefined) return [];
  if (deployed < timeoutSeconds) {
    return told(
      'error',
      'it has less time for a batch',
      `"Task timed out after ${deployed}.00 seconds" for batches that need more: ${failing}. What ` +
        'was done in them is done again',
    );
  }
  if (visibilityTimeout === undefined || visibilityTimeout >= 6 * deployed) {
    return told(
      'warning',
      'it has more time for a batch',
      'nothing while the queue hides messages for six times as long',
    );
  }
  const wanted =
    `The queue hides messages for ${visibilityTimeout} s; six times ${deployed} s would be ` +
    `${6 * deployed} s.`;
  return told(
    visibilityTimeout < deployed ? 'error' : 'warning',
    'it has more time for a batch than the queue hides messages for',
    visibilityTimeout < deployed
      ? 'messages show again while the function still works on them: they are worked on twice, and a ' +
          'FIFO group loses its order. Lambda refuses later changes of the event source mapping with ' +
          'InvalidParameterValueException'
      : 'a batch that was throttled shows again before Lambda has retried it: its receive count rises ' +
          'without a try, and messages reach the dead-letter queue too early',
  ).map((difference) => ({ ...difference, cause: `${wanted} The timeout was raised in the console.` }));
}

/** AWS gives every function a log group of its own, and text. */
function loggingDifferences(
  { name, logging }: SynthesizedFunction,
  { LoggingConfig }: FunctionConfiguration,
): readonly Told[] {
  return [
    ...differing(logging?.group, LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`, {
      code: 'function-log-group',
      severity: 'warning',
      problem: 'it writes its log elsewhere',
      seen: 'no log at all: its role may write to its own log group alone',
    }),
    ...differing(logging?.format, LoggingConfig?.LogFormat ?? 'Text', {
      code: 'function-log-format',
      severity: 'warning',
      problem: 'its log has another format',
      seen: 'queries on the log that fit the synthesized format find nothing',
    }),
  ];
}
