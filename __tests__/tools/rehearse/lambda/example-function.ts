import { createHash } from 'node:crypto';
import { zipSync } from 'fflate';
import { functionArchive } from '../../../../synthesis/function-archive';
import { FunctionHost, type FunctionHostOptions } from '../../../../tools/rehearse/lambda/function-host';
import type { Archive, LambdaFunction } from '../../../../tools/rehearse/lambda/functions';
import type { InvocationResult } from '../../../../tools/rehearse/lambda/invocation';
import type { Network, NetworkFault, NetworkRequest } from '../../../../tools/rehearse/simulation/network';
import { random } from '../../../../tools/rehearse/simulation/random';
import { VirtualClock } from '../../../../tools/rehearse/simulation/virtual-clock';

/** 2026-01-01T00:00:00Z */
export const start = 1_767_225_600_000;

function archive(bytes: Uint8Array): Archive {
  return { file: 'f.zip', bytes, sha256Base64: createHash('sha256').update(bytes).digest('base64') };
}

/** An archive of these files. */
export const zipped = (files: Readonly<Record<string, string>>): Archive =>
  archive(
    zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]))),
  );

/** A function with this `index.js`, or these files. */
export const exampleFunction = (
  code: string | Readonly<Record<string, string>>,
  settings: Partial<LambdaFunction> = {},
): LambdaFunction => ({
  address: 'dev-x: aws_lambda_function.f',
  arn: 'arn:aws:lambda:eu-central-1:111122223333:function:dev-f',
  functionName: 'dev-f',
  region: 'eu-central-1',
  handler: 'index.handler',
  runtime: 'nodejs22.x',
  architecture: 'arm64',
  archive: zipped(typeof code === 'string' ? { 'index.js': code } : code),
  timeoutSeconds: 30,
  memoryMegabytes: 256,
  reservedConcurrency: undefined,
  roleArn: 'arn:aws:iam::111122223333:role/dev-f',
  logGroupName: '/aws/lambda/dev-f',
  variables: new Map(),
  ...settings,
});

/** A function with one of the project's own archives. */
export const shippedFunction = (name: string, variables: Readonly<Record<string, string>>): LambdaFunction =>
  exampleFunction('', {
    archive: archive(functionArchive(name).bytes),
    variables: new Map(Object.entries(variables)),
  });

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What becomes of a request: an answer, a fault, or nothing ever. */
export type Respond = (request: NetworkRequest, count: number) => Answer | NetworkFault | 'silence';

export interface SeenRequest {
  /** Milliseconds since the start. */
  readonly at: number;
  readonly request: NetworkRequest;
}

/** A function with its clock and a network that answers after five milliseconds. */
export function hosted(
  fn: LambdaFunction,
  {
    respond = () => ({}),
    seed = 'seed',
    ...options
  }: Partial<FunctionHostOptions> & { readonly respond?: Respond; readonly seed?: string } = {},
) {
  const clock = new VirtualClock(start);
  const requests: SeenRequest[] = [];
  const logs: string[] = [];
  const network: Network = (request, answer) => {
    requests.push({ at: clock.now() - start, request });
    const response = respond(request, requests.length);
    if (response === 'silence') return () => {};
    return clock.after(5, () => {
      if (typeof response === 'string') answer(response);
      else {
        const { status = 200, headers = {}, body = '' } = response;
        answer({ status, headers: new Map(Object.entries(headers)), body: Buffer.from(body) });
      }
    });
  };
  const host = new FunctionHost(fn, {
    clock,
    random: random(seed),
    network,
    credentials: () => ({ accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' }),
    asyncWork: () => clock.atWork(),
    onLog: (line) => logs.push(line),
    ...options,
  });
  /** Invokes it, and lets time pass until nothing is left to do. */
  const invoke = async (payload: unknown = {}): Promise<InvocationResult> => {
    const result = host.invoke(payload);
    const settled = result.catch(() => {});
    await clock.run();
    await settled;
    return result;
  };
  const passed = () => clock.now() - start;
  return { clock, host, invoke, requests, logs, passed };
}

export const handler = (body: string): string => `exports.handler = async (event, context) => { ${body} };`;

/** What a function with this body returns. */
export async function returnedBy(body: string, options: Parameters<typeof hosted>[1] = {}): Promise<unknown> {
  const result = await hosted(exampleFunction(handler(body)), options).invoke();
  if (result.kind !== 'returned') throw new Error(JSON.stringify(result));
  return result.payload;
}
