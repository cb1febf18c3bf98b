import { allHeld, type Rehearsal } from '../../rehearse/rehearsal';
import { held, type ScenarioResult } from '../../rehearse/scenarios/result';
import type { Concern } from '../concern';
import { counted } from '../counted';
import type { VersionRehearsal } from './run-rehearsal';

export interface RehearsalReview {
  readonly environments: readonly RehearsedEnvironment[];
  /** Why the new version could not be rehearsed. */
  readonly notRehearsed: string | undefined;
  /** Why there is nothing to compare it with. */
  readonly notCompared: string | undefined;
  readonly failures: readonly RehearsalFailure[];
  readonly differences: readonly ScenarioDifference[];
  readonly concerns: readonly Concern[];
}

export interface RehearsedEnvironment {
  readonly environment: string;
  readonly held: boolean;
  readonly scenarios: number;
  /** Messages that API Gateway or a queue accepted, over all scenarios. */
  readonly messages: number;
  readonly lost: number;
  /** Permissions without which a flow breaks. */
  readonly neededGrants: number;
}

export interface RehearsalFailure {
  readonly stackId: string;
  /** The flow and the scenario; nothing where it is about the environment as a whole. */
  readonly way: string | undefined;
  readonly scenario: string | undefined;
  readonly what: string;
  readonly place: string | undefined;
}

/** A scenario that is not what it was; of a flow that is new or gone all of them are one. */
export interface ScenarioDifference {
  readonly stackId: string;
  readonly way: string;
  readonly scenario: string | undefined;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * How the new version's rehearsal went, and what went differently before.
 * @param base nothing where nothing that is deployed has changed
 */
export function rehearsalReview(
  head: VersionRehearsal,
  base: VersionRehearsal | undefined,
  environments: readonly string[],
): RehearsalReview {
  const rehearsals = rehearsalsOf(head, environments);
  const failures = rehearsals.flatMap(failuresOf);
  return {
    environments: rehearsals.map(summaryOf),
    notRehearsed: head.kind === 'not-rehearsed' ? head.why : undefined,
    notCompared: base?.kind === 'not-rehearsed' ? base.why : undefined,
    failures,
    differences:
      base?.kind === 'rehearsed' ? differencesOf(rehearsalsOf(base, environments), rehearsals) : [],
    concerns: concernsOf(head, failures),
  };
}

const rehearsalsOf = (of: VersionRehearsal, environments: readonly string[]): readonly Rehearsal[] =>
  of.kind === 'rehearsed'
    ? of.rehearsals.filter(({ environment }) => environments.includes(environment))
    : [];

function summaryOf(rehearsal: Rehearsal): RehearsedEnvironment {
  const { environment, scenarios, grants } = rehearsal;
  return {
    environment,
    held: allHeld(rehearsal),
    scenarios: scenarios.length,
    messages: scenarios.reduce((sum, { account }) => sum + account.accepted, 0),
    lost: scenarios.reduce((sum, { account }) => sum + account.lost.length, 0),
    neededGrants: grants.filter(({ verdict }) => verdict === 'needed').length,
  };
}

const failuresOf = ({
  environment,
  problems,
  scenarios,
  grants,
  mistakes,
}: Rehearsal): readonly RehearsalFailure[] => [
  ...problems.map((what) => ({ ...ofEnvironment(environment), what })),
  ...scenarios.flatMap(({ stackId, way, scenario, failures }) =>
    failures.map(({ what, place }) => ({ stackId, way, scenario, what, place })),
  ),
  ...grants
    .filter(({ verdict }) => verdict === 'not-needed')
    .map(({ actor, action, resource, places }) => ({
      ...ofEnvironment(environment),
      what: `${actor} may ${action} on ${resource}, which no flow needs`,
      place: places.join(', '),
    })),
  ...mistakes
    .filter(({ told }) => !told)
    .map(({ stackId, way, mistake }) => ({
      ...ofEnvironment(stackId),
      way,
      what: `the rehearsal does not notice that ${mistake}`,
    })),
];

const ofEnvironment = (stackId: string) => ({
  stackId,
  way: undefined,
  scenario: undefined,
  place: undefined,
});

function concernsOf(head: VersionRehearsal, failures: readonly RehearsalFailure[]): readonly Concern[] {
  if (head.kind === 'not-rehearsed') return [{ level: 'broken', text: 'could not be rehearsed' }];
  const [first, ...others] = failures;
  if (!first) return [];
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return [{ level: 'broken', text: `fails the rehearsal: ${first.stackId}: ${first.what}${more}` }];
}

function differencesOf(
  base: readonly Rehearsal[],
  head: readonly Rehearsal[],
): readonly ScenarioDifference[] {
  const before = byFlow(base);
  const after = byFlow(head);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((flow) =>
    flowDifferences(before.get(flow), after.get(flow)),
  );
}

type Scenarios = readonly ScenarioResult[];

function byFlow(rehearsals: readonly Rehearsal[]): ReadonlyMap<string, Scenarios> {
  const flows = new Map<string, ScenarioResult[]>();
  for (const result of rehearsals.flatMap(({ scenarios }) => scenarios)) {
    const flow = `${result.stackId} ${result.way}`;
    flows.set(flow, [...(flows.get(flow) ?? []), result]);
  }
  return flows;
}

function flowDifferences(before: Scenarios = [], after: Scenarios = []): readonly ScenarioDifference[] {
  const [any] = [...after, ...before];
  if (!any) return [];
  const { stackId, way } = any;
  const whole = { stackId, way, scenario: undefined };
  if (before.length === 0) return [{ ...whole, before: undefined, after: counted(after.length, 'scenario') }];
  if (after.length === 0) return [{ ...whole, before: counted(before.length, 'scenario'), after: undefined }];
  const told = (scenarios: Scenarios) =>
    new Map(scenarios.map((result) => [result.scenario, held(result) ? result.outcome : 'failed']));
  const [was, is] = [told(before), told(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((scenario) => was.get(scenario) !== is.get(scenario))
    .map((scenario) => ({ stackId, way, scenario, before: was.get(scenario), after: is.get(scenario) }));
}
