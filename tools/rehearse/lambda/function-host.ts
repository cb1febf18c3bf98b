import type { Clock } from '../simulation/clock';
import type { Network } from '../simulation/network';
import type { Random } from '../simulation/random';
import type { RoleCredentials } from './environment-variables';
import { ExecutionEnvironment } from './execution-environment';
import type { LambdaFunction } from './functions';
import type { InvocationResult, Invoke } from './invocation';
import { seededBytes, seededUuid } from './node/seeded-random';

export interface FunctionHostOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** What the function's requests go through. */
  readonly network: Network;
  /** Of the function's role, for each new execution environment; none when Lambda may not assume it. */
  readonly credentials: () => RoleCredentials | undefined;
  /** Says that code goes on by promises, until what it returns is called: `atWork` of a virtual clock. */
  readonly asyncWork: () => () => void;
  /** Gets each line that the function writes. */
  readonly onLog?: ((line: string) => void) | undefined;
  /** Decides about each invocation, counted from 1, whether its process is killed, and when. */
  readonly faults?:
    | ((invocation: number) => { readonly killAfterMilliseconds?: number } | undefined)
    | undefined;
}

/**
 * Of the payload of a synchronous invocation, in bytes.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const largestPayload = 6_291_456;

/**
 * A function at Lambda: as many execution environments as there are executions at once, each used again for
 * later ones. A new one is there in no time: how long a cold start takes only AWS knows.
 */
export class FunctionHost {
  readonly #idle: ExecutionEnvironment[] = [];
  #executions = 0;
  #environments = 0;
  #invocations = 0;

  constructor(
    private readonly fn: LambdaFunction,
    private readonly options: FunctionHostOptions,
  ) {}

  /**
   * Invokes the function and waits for what comes of it.
   * @throws NotSimulated when its code used something that is not simulated, or its payload is no JSON
   */
  readonly invoke: Invoke = async (payload) => {
    const json = JSON.stringify(payload);
    const size = Buffer.byteLength(json);
    if (size > largestPayload) {
      return failed(
        'RequestEntityTooLargeException',
        `${size} byte payload is too large for the RequestResponse invocation type (limit ${largestPayload} bytes)`,
      );
    }
    const { reservedConcurrency = Number.POSITIVE_INFINITY } = this.fn;
    if (this.#executions >= reservedConcurrency) return { kind: 'throttled' };
    const environment = this.#idle.pop() ?? this.#create();
    if (!environment) {
      return failed(
        'AccessDeniedException',
        'The role defined for the function cannot be assumed by Lambda.',
      );
    }
    return this.#execute(environment, json);
  };

  async #execute(environment: ExecutionEnvironment, payload: string): Promise<InvocationResult> {
    const { clock, random, asyncWork, faults } = this.options;
    const kill = faults?.(++this.#invocations)?.killAfterMilliseconds;
    const cancelKill = kill === undefined ? undefined : clock.after(kill, () => environment.kill());
    const workDone = asyncWork();
    this.#executions++;
    try {
      return await environment.invoke({
        requestId: seededUuid(random),
        traceId: traceId(clock, random),
        payload,
      });
    } finally {
      this.#executions--;
      cancelKill?.();
      if (!environment.ended) this.#idle.push(environment);
      workDone();
    }
  }

  #create(): ExecutionEnvironment | undefined {
    const { clock, random, network, onLog } = this.options;
    const credentials = this.options.credentials();
    if (!credentials) return undefined;
    const number = ++this.#environments;
    const own = random.fork(`environment ${number}`);
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStreamName = `${day}/[$LATEST]${seededBytes(own, 16).toString('hex')}`;
    return new ExecutionEnvironment(this.fn, {
      clock,
      random: own,
      network,
      credentials,
      logStreamName,
      onLog,
    });
  }
}

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  kind: 'failed',
  errorType,
  errorMessage,
});

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader */
function traceId(clock: Clock, random: Random): string {
  const seconds = Math.floor(clock.now() / 1000).toString(16);
  const hex = seededBytes(random, 20).toString('hex');
  return `Root=1-${seconds}-${hex.slice(0, 24)};Parent=${hex.slice(24)};Sampled=0`;
}
