import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';
import { EventSourcePoller } from '../lambda/event-source-mapping';
import type { EventSourceMapping } from '../lambda/event-source-mappings';
import { FunctionHost } from '../lambda/function-host';
import type { LambdaFunction } from '../lambda/functions';
import type { Invoke } from '../lambda/invocation';
import { PipeRunner } from '../pipe/pipe-runner';
import type { Pipe } from '../pipe/pipes';
import type { Clock } from '../simulation/clock';
import type { Network } from '../simulation/network';
import type { LiveQueue } from '../sqs/live-queue';
import type { Session } from './access';
import type { CredentialIssuer } from './credentials';
import type { QueueAccess } from './queue-access';
import type { World } from './world';

/** A clock that is told when code which goes on by promises is at work. */
export interface WorkClock extends Clock {
  atWork?(): () => void;
}

/** Why a consumer stands still. */
export interface Problem {
  /** In the plan. */
  readonly place: string;
  readonly what: string;
}

interface Surroundings {
  readonly queueAccess: QueueAccess;
  readonly credentials: CredentialIssuer;
  readonly network: Network;
  /** Functions that no stack makes, by ARN. */
  readonly functions: ReadonlyMap<string, Invoke>;
  readonly functionLog: ((functionName: string, line: string) => void) | undefined;
}

/** What takes messages off the queues of a system: event source mappings with their functions, and pipes. */
export class Consumers {
  readonly #problems: Problem[] = [];
  readonly #hosts = new Map<string, FunctionHost>();
  readonly #pollers = new Map<EventSourceMapping, EventSourcePoller>();
  readonly #pipes = new Map<Pipe, PipeRunner>();

  constructor(
    private readonly world: World,
    private readonly surroundings: Surroundings,
  ) {}

  start(): void {
    for (const mapping of this.world.system.mappings) {
      if (mapping.enabled) this.#startMapping(mapping);
    }
    for (const pipe of this.world.system.pipes) this.#startPipe(pipe);
  }

  stop(): void {
    for (const poller of this.#pollers.values()) poller.stop();
    for (const pipe of this.#pipes.values()) pipe.stop();
  }

  /** Why functions and pipes that should take messages do not. */
  problems(): readonly Problem[] {
    return [
      ...this.#problems,
      ...[...this.#pollers].flatMap(([{ address }, poller]) => {
        const what = poller.state().problem;
        return what === undefined ? [] : [{ place: address, what }];
      }),
      ...[...this.#pipes].flatMap(([{ address }, runner]) => {
        const { reason } = runner.state();
        return reason === undefined ? [] : [{ place: address, what: reason }];
      }),
    ];
  }

  #startMapping(mapping: EventSourceMapping): void {
    const { system, access, clock } = this.world;
    const fn = system.functions.find(({ functionName }) => functionName === mapping.functionName);
    if (!fn) throw new PlanError(`${mapping.address}: no stack has the function ${mapping.functionName}`);
    const session = access.assumeRole('lambda.amazonaws.com', {
      roleArn: fn.roleArn,
      sessionName: fn.functionName,
      context: {},
    });
    if (!session) {
      this.#problems.push({
        place: mapping.address,
        what: 'The role defined for the function cannot be assumed by Lambda.',
      });
      return;
    }
    const queue = this.#queue(mapping.queueArn, mapping.address);
    const poller = new EventSourcePoller(mapping, {
      clock,
      consumer: this.surroundings.queueAccess.consumer(session, queue),
      invoke: this.invoke(fn.arn),
      fn,
    });
    this.#pollers.set(mapping, poller);
    poller.start();
  }

  #startPipe(pipe: Pipe): void {
    const { access, clock, ledger, system } = this.world;
    const session = access.assumeRole('pipes.amazonaws.com', {
      roleArn: pipe.roleArn,
      sessionName: pipe.name,
      context: { 'aws:SourceAccount': system.accountId, 'aws:SourceArn': pipe.arn },
    });
    if (!session) {
      this.#problems.push({
        place: pipe.address,
        what: `EventBridge Pipes cannot assume the role ${pipe.roleArn}`,
      });
      return;
    }
    const { target } = pipe;
    const made = target.kind === 'lambda' && system.functions.some(({ arn }) => arn === target.functionArn);
    const runner = new PipeRunner(pipe, {
      clock,
      consumer: this.surroundings.queueAccess.consumer(session, this.#queue(pipe.sourceArn, pipe.address)),
      network: this.surroundings.network,
      invoke: (functionArn) => this.invoke(functionArn),
      authorizeTarget: () => this.#targetRefusal(session, pipe),
      // A function of the system shows by what it does that a message has arrived.
      onDelivered: (messageIds) => {
        if (!made) for (const id of messageIds) ledger.delivered(id);
      },
      onFiltered: (messageIds) => {
        for (const id of messageIds) ledger.dropped(id);
      },
    });
    this.#pipes.set(pipe, runner);
    runner.start();
  }

  /** Neither Lambda nor EventBridge takes a source that does not exist. */
  #queue(arn: string, address: string): LiveQueue {
    const queue = this.world.queues.get(arn);
    if (!queue) throw new PlanError(`${address}: neither a stack nor the environment has the queue ${arn}`);
    return queue;
  }

  #targetRefusal(session: Session, { target }: Pipe): string | undefined {
    const { access, system } = this.world;
    return access.refusal(session, {
      ...(target.kind === 'lambda'
        ? { action: 'lambda:InvokeFunction', resource: target.functionArn }
        : { action: 'events:InvokeApiDestination', resource: target.destination.arn }),
      resourceAccountId: system.accountId,
      context: { 'aws:SecureTransport': 'true' },
    });
  }

  /** Invokes a function, of the system or outside it. */
  invoke(functionArn: string): Invoke {
    const fn = this.world.system.functions.find(({ arn }) => arn === functionArn);
    if (!fn) {
      const outside = this.surroundings.functions.get(functionArn);
      if (!outside) throw new NotSimulated(functionArn, 'a function that no stack makes');
      return outside;
    }
    const known = this.#hosts.get(functionArn);
    const host = known ?? this.#host(fn);
    if (!known) this.#hosts.set(functionArn, host);
    return host.invoke;
  }

  #host(fn: LambdaFunction): FunctionHost {
    const { access, clock, random, faults } = this.world;
    const { functionLog } = this.surroundings;
    return new FunctionHost(fn, {
      clock,
      random: random.fork(fn.functionName),
      network: this.surroundings.network,
      credentials: () => {
        const session = access.assumeRole('lambda.amazonaws.com', {
          roleArn: fn.roleArn,
          sessionName: fn.functionName,
          context: {},
        });
        return session && this.surroundings.credentials.issue(session);
      },
      asyncWork: () => clock.atWork?.() ?? (() => {}),
      onLog: functionLog && ((line) => functionLog(fn.functionName, line)),
      faults: () => faults.execution?.(),
    });
  }
}
