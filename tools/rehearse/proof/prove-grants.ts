import type { Progress } from '../../progress-line';
import type { RehearsalOptions } from '../rehearsal';
import { scenarios } from '../scenarios';
import { held, type ScenarioResult } from '../scenarios/result';
import { runScenario } from '../scenarios/run-scenario';
import type { Flow } from '../world/flows';
import type { System } from '../world/system';
import { type Grant, grantsOf, type Half } from './grants';
import { reasonToKeep } from './kept-grants';

/** What taking a grant away has shown. */
export interface GrantResult {
  readonly actor: string;
  readonly action: string;
  readonly resource: string;
  /** Where it is written: policy and statement. */
  readonly places: readonly string[];
  readonly verdict: 'needed' | 'kept' | 'not-needed';
  /** Of a needed one: the flow that breaks without it, and how AWS says so. */
  readonly brokenFlow?: string;
  readonly error?: string;
  /** Of a kept one. */
  readonly reason?: string;
}

/** Takes every grant away, one after the other, and looks for the flow that breaks. */
export async function proveGrants(
  system: System,
  { seed, stack }: Pick<RehearsalOptions, 'seed' | 'stack'>,
  progress: Progress,
): Promise<readonly GrantResult[]> {
  const grants = grantsOf(system).filter(
    ({ halves }) => stack === undefined || halves.some(({ address }) => address.startsWith(`${stack}: `)),
  );
  const results: GrantResult[] = [];
  for (const [index, grant] of grants.entries()) {
    progress(`without ${grant.action}`, index, grants.length);
    results.push(...(await prove(grant, system, seed)));
  }
  return results;
}

/**
 * Both halves of a grant are taken away together; where one of them alone already breaks a flow, as across accounts,
 * each is a grant of its own.
 */
async function prove(grant: Grant, system: System, seed: string): Promise<readonly GrantResult[]> {
  const reason = reasonToKeep(grant, system);
  if (reason !== undefined) return [{ ...described(grant, grant.halves), verdict: 'kept', reason }];
  if (grant.halves.length > 1) {
    const alone = await Promise.all(
      grant.halves.map(async (half) => ({ half, broken: await brokenBy(grant, [half], system, seed) })),
    );
    if (alone.some(({ broken }) => broken)) {
      return alone.map(({ half, broken }) => resultOf(grant, [half], broken));
    }
  }
  return [resultOf(grant, grant.halves, await brokenBy(grant, grant.halves, system, seed))];
}

function resultOf(grant: Grant, halves: readonly Half[], broken: Broken | undefined): GrantResult {
  if (!broken) return { ...described(grant, halves), verdict: 'not-needed' };
  return { ...described(grant, halves), verdict: 'needed', brokenFlow: broken.flow.way, error: broken.error };
}

const described = ({ actor, action, resource }: Grant, halves: readonly Half[]) => ({
  actor,
  action,
  resource,
  places: halves.map(({ address, sid }) => `${address}, statement ${sid}`),
});

interface Broken {
  readonly flow: Flow;
  readonly error: string;
}

/** The first flow whose plain work fails with AWS's error for the action. */
async function brokenBy(
  grant: Grant,
  halves: readonly Half[],
  system: System,
  seed: string,
): Promise<Broken | undefined> {
  const without = halves.reduce((of, { remove }) => remove(of), system);
  for (const flow of nearFirst(without.flows, halves)) {
    for (const scenario of scenarios.filter(({ kind, essential }) => essential && kind === flow.kind)) {
      const result = await runScenario(scenario, flow, without, { seed });
      const error = held(result) ? undefined : errorFor(grant.action, result);
      if (error !== undefined) return { flow, error };
    }
  }
  return undefined;
}

/** A flow of the grant's own stack is the likeliest to need it. */
function nearFirst(flows: readonly Flow[], halves: readonly Half[]): readonly Flow[] {
  const near = ({ stackId }: Flow) => halves.some(({ address }) => address.startsWith(`${stackId}: `));
  return [...flows.filter(near), ...flows.filter((flow) => !near(flow))];
}

/** A flow that breaks for another reason does not show that the action is needed. */
function errorFor(action: string, { failures, denials }: ScenarioResult): string | undefined {
  const [service = '', name = ''] = action.split(':');
  const fits = (denied: string) =>
    name === '*' ? denied.startsWith(`${service}:`) : denied.toLowerCase() === action.toLowerCase();
  return failures.length > 0 ? denials.find(({ action: denied }) => fits(denied))?.message : undefined;
}
