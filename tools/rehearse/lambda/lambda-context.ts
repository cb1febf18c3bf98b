import type { LambdaFunction } from './functions';

export interface ContextOptions {
  readonly fn: LambdaFunction;
  readonly requestId: string;
  readonly logStreamName: string;
  readonly remainingMilliseconds: () => number;
  /** Ends the invocation: with an error, or when that is null with a result. */
  readonly done: (error: unknown, result?: unknown) => void;
}

/** The second argument of a handler. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export const lambdaContext = ({
  fn,
  requestId,
  logStreamName,
  remainingMilliseconds,
  done,
}: ContextOptions) => ({
  callbackWaitsForEmptyEventLoop: true,
  succeed: (result: unknown) => done(null, result),
  fail: (error: unknown) => done(error ?? 'handled'),
  done,
  functionVersion: '$LATEST',
  functionName: fn.functionName,
  memoryLimitInMB: String(fn.memoryMegabytes),
  logGroupName: fn.logGroupName,
  logStreamName,
  clientContext: undefined,
  identity: undefined,
  invokedFunctionArn: fn.arn,
  awsRequestId: requestId,
  getRemainingTimeInMillis: remainingMilliseconds,
});
