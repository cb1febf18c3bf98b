import { NotSimulated } from '../not-simulated';
import { PlanError } from '../plan/plan-error';
import type { Progress } from '../progress-line';
import { type GrantResult, proveGrants } from './proof/prove-grants';
import { type MistakeResult, proveMistakes } from './proof/prove-mistakes';
import { scenarios } from './scenarios';
import { held, type ScenarioResult } from './scenarios/result';
import { runScenario } from './scenarios/run-scenario';
import type { Scenario } from './scenarios/scenario';
import { accountOf } from './world/access';
import { callerAssumptions } from './world/caller-assumptions';
import type { Flow } from './world/flows';
import { type StackInput, type System, systemOf } from './world/system';
import type { Wanted } from './world/wanted';

/** What is rehearsed: the stacks of one environment. Plain data: it goes to another thread. */
export interface RehearsalInput {
  readonly environment: string;
  readonly stacks: readonly StackInput[];
  readonly wanted: Wanted;
}

export interface RehearsalOptions {
  /** The same seed gives the same run. */
  readonly seed: string;
  /** Only flows of this stack. */
  readonly stack?: string | undefined;
  /** Only scenarios whose id begins so; permissions are not proven then. */
  readonly scenario?: string | undefined;
  /** How many messages make a load. @default 10,000 of each kind */
  readonly messages?: number | undefined;
  /** Only this part of it; parts can be done side by side. @default both */
  readonly part?: 'scenarios' | 'proofs' | undefined;
}

/** What came of it. */
export interface Rehearsal {
  readonly environment: string;
  /** What keeps the stacks from being rehearsed, or is missing in them. */
  readonly problems: readonly string[];
  readonly scenarios: readonly ScenarioResult[];
  /** Loads, where something did not hold before. */
  readonly notPlayed: readonly string[];
  /** Empty when permissions were not proven. */
  readonly grants: readonly GrantResult[];
  readonly mistakes: readonly MistakeResult[];
  /** What is taken for granted of things outside the plan. */
  readonly assumptions: readonly string[];
  readonly wallMilliseconds: number;
}

interface Play {
  readonly flow: Flow;
  readonly scenario: Scenario;
}

/** Rehearses an environment. */
export async function rehearse(
  { environment, stacks, wanted }: RehearsalInput,
  options: RehearsalOptions,
  progress: Progress = () => {},
): Promise<Rehearsal> {
  const from = performance.now();
  const finished = (parts: Partial<Rehearsal>): Rehearsal => ({
    environment,
    problems: [],
    scenarios: [],
    notPlayed: [],
    grants: [],
    mistakes: [],
    assumptions: [],
    ...parts,
    wallMilliseconds: performance.now() - from,
  });
  let system: System;
  try {
    system = systemOf(stacks, wanted);
  } catch (error) {
    if (!(error instanceof NotSimulated || error instanceof PlanError)) throw error;
    return finished({ problems: [error.message] });
  }
  const flows = system.flows.filter(
    ({ stackId }) => options.stack === undefined || stackId === options.stack,
  );
  const plays = options.part === 'proofs' ? [] : playsOf(flows, system, options);
  const proves = options.part !== 'scenarios' && options.scenario === undefined;
  // What does not hold as it is shows nothing under load, and proves nothing when something is taken away.
  const works =
    (proves || plays.some(({ scenario }) => scenario.load)) &&
    (await plainWorkHolds(system, options, progress));
  const played = plays.filter(({ scenario }) => works || !scenario.load);
  return finished({
    problems: system.missing,
    scenarios: await playAll(played, system, options, progress),
    notPlayed: plays
      .filter((play) => !played.includes(play))
      .map(({ flow, scenario }) => `${flow.stackId}: ${scenario.id}`),
    grants: proves && works ? await proveGrants(system, options, progress) : [],
    mistakes: proves && works ? await proveMistakes(system, flows, options, progress) : [],
    assumptions: assumptionsOf(system),
  });
}

const playsOf = (flows: readonly Flow[], system: System, options: RehearsalOptions): readonly Play[] =>
  flows.flatMap((flow) => scenariosOf(flow, system, options).map((scenario): Play => ({ flow, scenario })));

/** Of every flow, those of other stacks included. */
async function plainWorkHolds(
  system: System,
  { seed }: RehearsalOptions,
  progress: Progress,
): Promise<boolean> {
  const plain = playsOf(system.flows, system, { seed }).filter(({ scenario }) => scenario.essential);
  return system.missing.length === 0 && (await playAll(plain, system, { seed }, progress)).every(held);
}

async function playAll(
  plays: readonly Play[],
  system: System,
  options: RehearsalOptions,
  progress: Progress,
): Promise<readonly ScenarioResult[]> {
  const results: ScenarioResult[] = [];
  for (const [index, { flow, scenario }] of plays.entries()) {
    progress(`${flow.stackId}: ${scenario.id}`, index, plays.length);
    results.push(await runScenario(scenario, flow, system, options));
  }
  return results;
}

export const scenariosOf = (
  flow: Flow,
  system: System,
  { scenario: wanted = '' }: Pick<RehearsalOptions, 'scenario'>,
): readonly Scenario[] =>
  scenarios.filter(
    ({ kind, id, applies }) =>
      kind === flow.kind && id.startsWith(wanted) && (applies?.(flow as never, system) ?? true),
  );

/** Whether all of it held. */
export const allHeld = ({ problems, scenarios, grants, mistakes }: Rehearsal): boolean =>
  problems.length === 0 &&
  scenarios.every(held) &&
  grants.every(({ verdict }) => verdict !== 'not-needed') &&
  mistakes.every(({ told }) => told);

function assumptionsOf({ outside, secrets, accountId, ...system }: System): readonly string[] {
  const isOurs = (owner: string | undefined) => owner === accountId;
  const keyAssumption = (keyArn: string | undefined) =>
    keyArn
      ? `, and its key ${keyArn} ${isOurs(accountOf(keyArn)) ? 'leaves it to the account' : 'has the policy that the stack prints for it'}`
      : '';
  return [
    ...outside.map(
      ({ arn, kmsMasterKeyId, ...queue }) =>
        `${arn} exists, with SQS's default settings${isOurs(queue.accountId) ? '' : ' and the policy that the stack prints for it'}${keyAssumption(kmsMasterKeyId)}`,
    ),
    ...secrets.map(
      ({ arn, keyArn }) => `${arn} exists, a text of at least 32 characters${keyAssumption(keyArn)}`,
    ),
    ...callerAssumptions({ accountId, ...system }),
  ];
}
