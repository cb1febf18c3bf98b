import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../synthesis/project-root';
import { median } from './process-figures';
import type { ScenarioTimes } from './rehearsal/every-scenario';
import { type FlowName, measuredFlows } from './rehearsal/flows';
import type { ProcessLoad } from './rehearsal/load';
import { perSecond, warmUp } from './rehearsal/measure-load';
import type { FunctionTime } from './rehearsal/reply-function-alone';
import { writeInputs } from './rehearsal/write-inputs';

/** A load of more than so many is done once. */
const mostRepeated = 10_000;
const repetitions = 3;

/** How the rehearsal grows with the number of messages: ratios to the smallest load, 1 where it is linear. */
export async function run(scratch: string): Promise<void> {
  const loads = loadSizes();
  const folder = path.join(scratch, 'rehearsal');
  mkdirSync(folder);
  const inputs = writeInputs(folder);
  printLines(
    '',
    `The rehearsal by number of messages: ${perSecond} a second of virtual time, IAM enforced, no faults`,
    `Each load in a process of its own, after ${whole(warmUp)} messages that do not count`,
    `Up to ${whole(mostRepeated)} the median of ${repetitions}; × the smallest load: about 1 is linear`,
  );
  for (const name of Object.keys(measuredFlows) as FlowName[]) await printFlow(name, loads, inputs);
  const [smallest = 0] = loads;
  await printShareOfFunction(loads.findLast((messages) => messages <= mostRepeated) ?? smallest, inputs);
  await printScenarios(smallest, inputs);
}

/** @throws Error when BENCH_MESSAGES is no list of numbers */
function loadSizes(): readonly number[] {
  const { BENCH_MESSAGES: given = '1000,10000,100000' } = process.env;
  if (!/^[1-9]\d*(,[1-9]\d*)*$/.test(given)) {
    throw new Error(`BENCH_MESSAGES is "${given}": it is a list of numbers of messages, as in 100,1000`);
  }
  return given
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);
}

async function printFlow(name: FlowName, loads: readonly number[], inputs: string): Promise<void> {
  printLines('', measuredFlows[name].title);
  printRow('messages', 'a second', 'time each', 'in use each', '', 'peak', 'virtual : wall time');
  let first: LoadOfOne | undefined;
  for (const messages of loads) {
    const one = await loadOfOne(name, messages, inputs);
    first ??= one;
    printRow(
      whole(messages),
      whole(1000 / one.milliseconds),
      ratio(one.milliseconds / first.milliseconds),
      `${whole(one.bytes)} B`,
      ratio(one.bytes / first.bytes),
      `${whole(one.peakMegabytes)} MB`,
      `${one.pace.toFixed(1)} : 1`,
    );
  }
}

/** What one message of a load takes. */
interface LoadOfOne {
  readonly milliseconds: number;
  readonly bytes: number;
  /** Of the whole load. */
  readonly peakMegabytes: number;
  /** Virtual time in a unit of wall time. */
  readonly pace: number;
}

async function loadOfOne(name: FlowName, messages: number, inputs: string): Promise<LoadOfOne> {
  const runs: ProcessLoad[] = [];
  while (runs.length < (messages <= mostRepeated ? repetitions : 1)) {
    runs.push(await inProcess<ProcessLoad>('load', inputs, name, messages));
  }
  const middle = (figure: (load: ProcessLoad) => number) => median(runs.map(figure));
  return {
    milliseconds: middle(({ wallMilliseconds }) => wallMilliseconds) / messages,
    bytes: middle(({ liveBytes }) => liveBytes) / messages,
    peakMegabytes: middle(({ peakMegabytes }) => peakMegabytes),
    pace: middle(({ virtualMilliseconds, wallMilliseconds }) => virtualMilliseconds / wallMilliseconds),
  };
}

/** In turn, so that a machine's slow moments hit both. */
async function printShareOfFunction(messages: number, inputs: string): Promise<void> {
  const shares: number[] = [];
  while (shares.length < repetitions) {
    const flow = await inProcess<ProcessLoad>('load', inputs, 'websocket', messages);
    const alone = await inProcess<FunctionTime>('reply-function-alone', inputs, messages);
    shares.push(alone.wallMilliseconds / flow.wallMilliseconds);
  }
  printLines(
    '',
    'The reply function alone, its requests answered at once: no API, queue or IAM, mostly the AWS SDK',
    `  its time : that of the WebSocket flow, for ${whole(messages)} messages  ${median(shares).toFixed(2)}`,
  );
}

async function printScenarios(messages: number, inputs: string): Promise<void> {
  const times = await inProcess<ScenarioTimes>('every-scenario', inputs, messages);
  const { scenarios, virtualMilliseconds, wallMilliseconds } = times;
  const days = virtualMilliseconds / (24 * 60 * 60_000);
  const seconds = (wallMilliseconds / 1000).toFixed(1);
  const pace = whole(virtualMilliseconds / wallMilliseconds);
  printLines(
    '',
    `All ${scenarios} scenarios of dev and prod in turn, with faults, loads of ${whole(messages)} messages`,
    `  ${whole(days)} days of virtual time in ${seconds} s  ${pace} : 1`,
  );
}

/** Runs an entry point, with as much room for short-lived objects as `npm run rehearse` gives its workers. */
async function inProcess<T>(entry: string, ...args: readonly (string | number)[]): Promise<T> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--expose-gc',
      '--max-semi-space-size=43',
      path.join('synthesis', 'run.mjs'),
      `__tests__/bench/rehearsal/${entry}.ts`,
      ...args.map(String),
    ],
    { cwd: projectRoot() },
  );
  return JSON.parse(stdout) as T;
}

const widths = [9, 10, 11, 13, 9, 9, 21];

const printRow = (...cells: readonly string[]) =>
  console.log(cells.map((cell, index) => cell.padStart(widths[index] ?? 0)).join(''));

const printLines = (...lines: readonly string[]) => console.log(lines.join('\n'));

const whole = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
const ratio = (value: number) => `${value.toFixed(2)} ×`;
