import { NotSimulated } from '../../not-simulated';
import type { Clock } from '../simulation/clock';
import type { Network } from '../simulation/network';
import type { Random } from '../simulation/random';
import { type ArchiveCode, archiveCode } from './archive-code';
import { environmentVariables, type RoleCredentials } from './environment-variables';
import { type Execution, once, returned } from './execution';
import type { LambdaFunction } from './functions';
import { type Handler, loadHandler } from './handler';
import { lambdaContext } from './lambda-context';
import { ModuleLoader } from './module-loader';
import { EventLoop } from './node/event-loop';
import { type LambdaProcess, lambdaProcess } from './process-globals';
import {
  exitError,
  invokeErrorText,
  neverSettled,
  type ReportedError,
  reportedError,
} from './runtime-errors';

export interface EnvironmentOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly credentials: RoleCredentials;
  readonly logStreamName: string;
  /** Gets each line that the function writes. */
  readonly onLog?: ((line: string) => void) | undefined;
}

export interface InvocationOptions {
  readonly requestId: string;
  readonly traceId: string;
  /** JSON. */
  readonly payload: string;
}

/**
 * One process with a function's code, as Lambda keeps them: it works on one invocation at a time, is frozen
 * in between, and keeps what its modules hold. Its code computes in no time; only what it waits for takes
 * time.
 */
export class ExecutionEnvironment {
  readonly #loop: EventLoop;
  readonly #code: ArchiveCode;
  readonly #process: LambdaProcess;
  #handler: Handler | undefined;
  #invocation: Invocation | undefined;
  #unfinishedLine = '';

  constructor(
    private readonly fn: LambdaFunction,
    private readonly options: EnvironmentOptions,
  ) {
    const { clock, random, network, credentials, logStreamName } = options;
    this.#loop = new EventLoop(clock, (error) => this.#die(reportedError(error)));
    this.#code = archiveCode(fn.archive, fn.address);
    this.#process = lambdaProcess({
      loop: this.#loop,
      random,
      network,
      variables: environmentVariables(fn, credentials, logStreamName),
      files: this.#code.files,
      architecture: fn.architecture,
      requestId: () => this.#invocation?.requestId,
      write: (text) => this.#write(text),
      exit: (status) => this.#exit(status),
      unknown: (what) => this.#unknown(what),
    });
  }

  /** Whether the process has ended: another one takes its place. */
  get ended(): boolean {
    return this.#loop.ended;
  }

  /**
   * Loads the code, if it was not loaded yet, and lets it work.
   * @throws NotSimulated when the code used something that is not there, whatever it made of that itself
   */
  invoke({ requestId, traceId, payload }: InvocationOptions): Promise<Execution> {
    return new Promise((resolve, reject) => {
      const { clock } = this.options;
      const milliseconds = this.fn.timeoutSeconds * 1000;
      const deadline = clock.now() + milliseconds;
      const cancelTimeout = clock.after(milliseconds, () => {
        const seconds = this.fn.timeoutSeconds.toFixed(2);
        this.#write(
          `${new Date(clock.now()).toISOString()} ${requestId} Task timed out after ${seconds} seconds\n`,
        );
        this.#end({ kind: 'timed-out' });
      });
      this.#invocation = { requestId, cancelTimeout, resolve, reject };
      this.#loop.thaw();
      this.#process.variables._X_AMZN_TRACE_ID = traceId;
      this.#start(requestId, deadline, payload);
    });
  }

  /** Ends the process as the system does that has no memory left. */
  kill(): void {
    const { requestId } = this.#invocation ?? {};
    if (requestId !== undefined) this.#die(exitError(requestId, 'signal: killed'));
  }

  #start(requestId: string, deadline: number, payload: string): void {
    try {
      this.#handler ??= loadHandler(
        new ModuleLoader({
          code: this.#code,
          globals: this.#process.globals,
          nodeModule: this.#process.nodeModule,
          unknown: (what) => this.#unknown(what),
        }),
        this.fn.handler,
      );
    } catch (error) {
      this.#die(reportedError(error));
      return;
    }
    const handler = this.#handler;
    const isAsync = handler.constructor.name === 'AsyncFunction';
    const done = once((error: unknown, result?: unknown) => {
      const failure = error !== undefined && error !== null;
      if (failure) this.#writeError(requestId, invokeErrorText(error));
      this.#finish(failure ? { kind: 'failed', ...reportedError(error) } : returned(result));
    });
    const context = lambdaContext({
      fn: this.fn,
      requestId,
      logStreamName: this.options.logStreamName,
      remainingMilliseconds: () => deadline - this.options.clock.now(),
      done,
    });
    const callback = once((error?: unknown, result?: unknown) => {
      const failure = error !== undefined && error !== null;
      if (failure || !context.callbackWaitsForEmptyEventLoop) done(error, result);
      else this.#whenEmpty(() => done(null, result));
    });
    this.#whenEmpty(() => this.#finish(isAsync ? { kind: 'failed', ...neverSettled } : returned(undefined)));
    try {
      const result = handler(JSON.parse(payload), context, callback);
      if (isPromise(result)) result.then(context.succeed, context.fail);
    } catch (error) {
      done(error);
    }
    this.#loop.checkEmpty();
  }

  #whenEmpty(action: () => void): void {
    this.#loop.onEmpty = action;
    this.#loop.checkEmpty();
  }

  /** The invocation ends, and the process stays. */
  #finish(result: Execution): void {
    const invocation = this.#invocation;
    if (!invocation || this.ended) return;
    this.#invocation = undefined;
    invocation.cancelTimeout();
    this.#loop.freeze();
    if (this.#unfinishedLine !== '') this.#write('\n');
    invocation.resolve(result);
  }

  /** The process ends, and with it the invocation. */
  #end(result: Execution | NotSimulated): void {
    const invocation = this.#invocation;
    this.#invocation = undefined;
    this.#loop.end();
    invocation?.cancelTimeout();
    if (result instanceof NotSimulated) invocation?.reject(result);
    else invocation?.resolve(result);
  }

  #die(error: ReportedError): void {
    this.#end({ kind: 'failed', ...error });
  }

  #exit(status: number): never {
    this.#die(
      exitError(this.#invocation?.requestId ?? '', status === 0 ? undefined : `exit status ${status}`),
    );
    throw new Error('the process has ended');
  }

  #unknown(what: string): NotSimulated {
    const error = new NotSimulated(this.fn.address, what);
    this.#end(error);
    return error;
  }

  /** As Lambda's runtime does for a function that has failed. */
  #writeError(requestId: string, text: string): void {
    if (this.#invocation?.requestId !== requestId) return;
    const time = new Date(this.options.clock.now()).toISOString();
    if (this.#unfinishedLine !== '') this.#write('\n');
    this.#write(`${time}\t${requestId}\tERROR\t${text.replaceAll('\n', '\r')}\n`);
  }

  #write(text: string): void {
    const { onLog } = this.options;
    if (!onLog || this.ended) return;
    const lines = (this.#unfinishedLine + text).split('\n');
    this.#unfinishedLine = lines.pop() ?? '';
    for (const line of lines) onLog(line);
  }
}

interface Invocation {
  readonly requestId: string;
  readonly cancelTimeout: () => void;
  readonly resolve: (result: Execution) => void;
  readonly reject: (error: NotSimulated) => void;
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
