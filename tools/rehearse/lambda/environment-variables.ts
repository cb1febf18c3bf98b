import { PlanError } from '../../plan/plan-error';
import type { LambdaFunction } from './functions';

/** A role's temporary credentials, as the function gets them. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * Only Lambda sets these.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
 */
const reserved = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
];

/** Names and values together, in bytes. */
const largestVariables = 4096;

/** @throws PlanError for variables that Lambda refuses */
export function checkVariables(address: string, variables: ReadonlyMap<string, string>): void {
  for (const name of variables.keys()) {
    const rule = reserved.includes(name)
      ? 'which only Lambda sets: give it another name'
      : !/^[a-zA-Z]\w+$/.test(name) &&
        'and names of variables begin with a letter and have two or more letters, digits and underscores';
    if (rule) throw new PlanError(`${address}: "environment" has the variable ${name}, ${rule}`);
  }
  const size = [...variables].reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (size > largestVariables) {
    throw new PlanError(
      `${address}: "environment" has variables of ${size} bytes; Lambda takes ${largestVariables}: put what is large into the code`,
    );
  }
}

/** All that a function finds in its environment; that of an invocation, `_X_AMZN_TRACE_ID`, comes with it. */
export const environmentVariables = (
  fn: LambdaFunction,
  { accessKeyId, secretAccessKey, sessionToken }: RoleCredentials,
  logStreamName: string,
): Readonly<Record<string, string>> => ({
  LANG: 'en_US.UTF-8',
  TZ: ':UTC',
  // Lambda has the SDK's runtime; here it may be an older one, which the SDK would complain about.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  ...Object.fromEntries(fn.variables),
  _HANDLER: fn.handler,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
  AWS_REGION: fn.region,
  AWS_DEFAULT_REGION: fn.region,
  AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
  AWS_LAMBDA_FUNCTION_NAME: fn.functionName,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMegabytes),
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_LAMBDA_LOG_GROUP_NAME: fn.logGroupName,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  LAMBDA_RUNTIME_DIR: '/var/runtime',
  LAMBDA_TASK_ROOT: '/var/task',
});
