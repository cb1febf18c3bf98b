import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';
import { random } from '../simulation/random';
import { VirtualClock } from '../simulation/virtual-clock';
import type { Access, Denial } from '../world/access';
import type { Flow } from '../world/flows';
import type { Account } from '../world/ledger';
import type { System } from '../world/system';
import { World } from '../world/world';
import { FunctionErrors } from './function-errors';
import { queuesNowhere } from './queues-nowhere';
import type { Failure, ScenarioResult } from './result';
import type { Scenario, Stage } from './scenario';
import { subscribersOf } from './subscribers';

export interface RunOptions {
  readonly seed: string;
  /** Of a load, over all flows of a kind. @default 10,000 */
  readonly messages?: number | undefined;
}

/** 2026-01-01T00:00:00Z: every run begins then. */
const start = 1_767_225_600_000;

const nothing: Account = { accepted: 0, delivered: 0, dropped: 0, waiting: 0, deadLettered: 0, lost: [] };

/** Plays a scenario with a flow, in a world of its own. */
export async function runScenario(
  scenario: Scenario,
  flow: Flow,
  system: System,
  { seed, messages = 10_000 }: RunOptions,
): Promise<ScenarioResult> {
  const clock = new VirtualClock(start);
  const chance = random(`${seed}/${flow.way}/${scenario.id}`);
  const failures: Failure[] = [];
  const failed = new Set<string>();
  const functionErrors = new FunctionErrors();
  let world: World | undefined;
  let outcome = 'not finished';
  try {
    const subscribers = subscribersOf(system, clock);
    world = new World(system, {
      clock,
      seed: `${seed}/world`,
      faults: subscribers.faults(scenario.faults?.(chance.fork('faults')) ?? {}),
      servers: subscribers.servers,
      functions: subscribers.functions,
      stored: subscribers.stored,
      functionLog: functionErrors.note,
    });
    const stage: Stage = {
      flow,
      world,
      clock,
      random: chance.fork('scenario'),
      messages,
      subscriber: subscribers.control,
      pass: (milliseconds) => clock.run(milliseconds === undefined ? undefined : clock.now() + milliseconds),
      check: (what, held, found) => {
        if (held) return;
        const failure = found === undefined ? what : `${what}: ${found}`;
        if (!failed.has(failure)) failures.push({ what: failure });
        failed.add(failure);
      },
    };
    world.start();
    outcome = await scenario.run(stage as never);
  } catch (error) {
    const nowhere = queuesNowhere(system);
    const isKnown = error instanceof NotSimulated || error instanceof PlanError;
    if (!isKnown && nowhere.length === 0) throw error;
    failures.push(...(isKnown ? [{ what: error.message }] : []), ...nowhere);
  }
  const account = world?.account() ?? nothing;
  if (account.lost.length > 0) {
    failures.push({ what: `${account.lost.length} accepted messages are lost, such as ${account.lost[0]}` });
  }
  const denials = world ? denialsOf(world.access) : [];
  return {
    stackId: flow.stackId,
    way: flow.way,
    scenario: scenario.id,
    title: scenario.title,
    outcome,
    failures:
      failures.length > 0 && world ? [...failures, ...causes(world, denials, functionErrors)] : failures,
    denials,
    account,
    virtualMilliseconds: clock.now() - start,
  };
}

/** What may have led to it: what IAM refused, why functions and pipes stand still, and what functions could not do. */
const causes = (
  world: World,
  denials: readonly Denial[],
  functionErrors: FunctionErrors,
): readonly Failure[] => [
  ...denials.map(({ message, place }) => ({ what: message, place })),
  ...world.consumers.problems(),
  ...functionErrors.failures(world.system),
];

const denialsOf = ({ denials }: Access): readonly Denial[] => [
  ...new Map(denials.map((denial) => [`${denial.actor} ${denial.action}`, denial])).values(),
];
