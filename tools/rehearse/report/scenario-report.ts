import type { Style } from '../../terminal';
import { type Failure, held, type ScenarioResult } from '../scenarios/result';

/** The results of one flow. */
interface FlowResults {
  readonly stackId: string;
  readonly way: string;
  readonly results: readonly ScenarioResult[];
}

/** Every scenario, by stack and flow. */
export const scenarioReport = (results: readonly ScenarioResult[], style: Style): string =>
  byStack(results)
    .map(([stackId, flows]) =>
      [
        style.bold(stackId),
        ...flows.flatMap(({ way, results: own }) => [
          `  ${way}`,
          ...own.flatMap((result) => [
            `    ${mark(held(result), style)} ${result.title}`,
            ...(held(result)
              ? [`        ${style.dim(result.outcome)}`]
              : failureLines(result.failures, style).map((line) => `        ${line}`)),
          ]),
        ]),
      ].join('\n'),
    )
    .join('\n\n');

/** A line a flow, and what did not hold of it. */
export const flowReport = (results: readonly ScenarioResult[], style: Style): string =>
  byStack(results)
    .map(([stackId, flows]) =>
      [
        style.bold(stackId),
        ...flows.flatMap(({ way, results: own }) => {
          const failed = own.filter((result) => !held(result));
          return [
            `  ${mark(failed.length === 0, style)} ${way}`,
            // The plain work comes first.
            ...(own[0] && held(own[0]) ? [`      ${style.dim(own[0].outcome)}`] : []),
            `      ${style.dim(summaryOf(own))}`,
            ...failed.flatMap((result) => [
              `    ${mark(false, style)} ${result.title} (${result.scenario})`,
              ...failureLines(result.failures, style).map((line) => `        ${line}`),
            ]),
          ];
        }),
      ].join('\n'),
    )
    .join('\n\n');

/** How many reasons are shown of one scenario. */
const reasonsShown = 6;

function failureLines(failures: readonly Failure[], style: Style): readonly string[] {
  const lines = failures.slice(0, reasonsShown).map(
    ({ what, place }) =>
      // What callers get may be long, and may hold anything.
      `${printable(what)}${place === undefined ? '' : style.dim(`  at ${place}`)}`,
  );
  const more = failures.length - reasonsShown;
  return more > 0 ? [...lines, `and ${more} more`] : lines;
}

const longest = 300;

function printable(text: string): string {
  const visible = text.replace(/\p{Cc}/gu, (character) => JSON.stringify(character).slice(1, -1));
  return visible.length > longest ? `${visible.slice(0, longest - 1)}…` : visible;
}

function summaryOf(results: readonly ScenarioResult[]): string {
  const sum = (count: (result: ScenarioResult) => number) =>
    results.reduce((total, result) => total + count(result), 0).toLocaleString('en');
  return [
    `${results.length} scenarios: ${sum(({ account }) => account.accepted)} messages`,
    `${sum(({ account }) => account.delivered)} delivered`,
    `${sum(({ account }) => account.dropped)} dropped as meant`,
    `${sum(({ account }) => account.waiting)} waiting`,
    `${sum(({ account }) => account.deadLettered)} dead letters as meant`,
    `${sum(({ account }) => account.lost.length)} lost`,
  ].join(', ');
}

function byStack(results: readonly ScenarioResult[]): readonly (readonly [string, readonly FlowResults[]])[] {
  const flows = new Map<string, FlowResults>();
  for (const result of results) {
    const key = `${result.stackId} ${result.way}`;
    const known = flows.get(key)?.results ?? [];
    flows.set(key, { stackId: result.stackId, way: result.way, results: [...known, result] });
  }
  const stacks = new Map<string, FlowResults[]>();
  for (const flow of flows.values()) {
    stacks.set(flow.stackId, [...(stacks.get(flow.stackId) ?? []), flow]);
  }
  return [...stacks];
}

export const mark = (good: boolean, { green, red }: Style): string => (good ? green('✓') : red('✗'));
