import { types } from 'node:util';

/** An error as Lambda reports it. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html */
export interface ReportedError {
  readonly errorType: string;
  readonly errorMessage: string;
}

/** Errors of Lambda's own runtime, by their names. */
export class RuntimeError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = `Runtime.${name}`;
  }
}

/**
 * What Lambda's runtime makes of whatever a function threw.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/Errors.js
 */
export function reportedError(error: unknown): ReportedError {
  try {
    if (types.isNativeError(error) || looksLikeError(error)) {
      return { errorType: String(error.name), errorMessage: String(error.message) };
    }
    return { errorType: typeof error, errorMessage: (error as object).toString() };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
    };
  }
}

/**
 * What Lambda's runtime writes to the log of an error that a function gives back or throws, after time, request id and
 * level. Of its stack only what the function's own files have is kept.
 * https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/Errors.js
 */
export function invokeErrorText(error: unknown): string {
  const stack = String((error as Partial<Error> | null)?.stack ?? '').split('\n');
  const own = stack.filter((line, index) => index === 0 || line.includes('/var/task/'));
  return `Invoke Error \t${JSON.stringify({ ...reportedError(error), stack: own })}`;
}

function looksLikeError(error: unknown): error is Error {
  const { name, message, stack } = (error ?? {}) as Partial<Error>;
  return [name, message, stack].every((part) => typeof part === 'string' && part !== '');
}

/** The process has ended. @param how `exit status 1`, `signal: killed`; nothing for an exit with status 0 */
export const exitError = (requestId: string, how: string | undefined): ReportedError => ({
  errorType: 'Runtime.ExitError',
  errorMessage: `RequestId: ${requestId} Error: ${
    how === undefined ? 'Runtime exited without providing a reason' : `Runtime exited with error: ${how}`
  }`,
});

/** https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/Errors.js */
export const neverSettled: ReportedError = {
  errorType: 'Runtime.NodeJsExit',
  errorMessage:
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
};
