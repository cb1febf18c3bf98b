import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { reportFaults } from '../../stacks/report-faults';
import { projectRoot } from '../../synthesis/project-root';
import { progressLine } from '../progress-line';
import { synthesizeAll } from '../synth/synthesize';
import { styleFor } from '../terminal';
import { allHeld } from './rehearsal';
import { rehearsalInputs, rehearseAll } from './rehearse-all';
import { reportOf } from './report/report';
import { scenarios } from './scenarios';

const usage = `Usage: npm run rehearse -- [options]

Synthesizes every stack of every environment and rehearses it on this machine: real requests go through its mapping
templates, policies, queues, functions and pipes, with permissions enforced and faults injected; then every grant is
taken away once. Needs no AWS account, no terraform and no network. Exit code 0 when all of it held, 1 when something
did not, 2 when it was asked for what it does not know.

  --stack <id>        only the flows of this stack, such as dev-websocket-reply
  --scenario <id>     only scenarios whose id begins so, such as websocket/ or websocket/echo; proves no permissions
  --messages <n>      messages of the loads, callbacks and WebSocket messages each, over all environments [10000]
  --seed <text>       repeats a run: the same seed gives the same faults [random]
  --list              prints the ids of the scenarios
  --json              prints the result as JSON
  --help              prints this`;

function options() {
  try {
    return parseArgs({
      options: {
        stack: { type: 'string' },
        scenario: { type: 'string' },
        messages: { type: 'string' },
        seed: { type: 'string' },
        list: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

function refuse(message: string): never {
  console.error(`${message}\n\n${usage}`);
  process.exit(2);
}

async function main(): Promise<void> {
  const { stack, scenario, messages, seed = randomBytes(4).toString('hex'), list, json, help } = options();
  if (help) return console.log(usage);
  if (list) return console.log(scenarios.map(({ id, title }) => `${id.padEnd(30)}${title}`).join('\n'));
  if (scenario !== undefined && !scenarios.some(({ id }) => id.startsWith(scenario))) {
    refuse(`--scenario ${scenario}: no scenario has an id that begins so; --list prints them`);
  }
  if (messages !== undefined && !/^[1-9]\d{0,6}$/.test(messages)) {
    refuse(`--messages ${messages}: it is a whole number from 1 to 9999999`);
  }
  const outdir = path.join(projectRoot(), 'cdktf.out');
  const stacks = synthesizeAll(outdir);
  const inputs = rehearsalInputs(stacks, outdir).filter(
    (input) => stack === undefined || input.stacks.some(({ id }) => id === stack),
  );
  if (inputs.length === 0) {
    refuse(`--stack ${stack}: there is no such stack; there are ${stacks.map(({ id }) => id).join(', ')}`);
  }
  const line = progressLine(process.stderr);
  const rehearsals = await rehearseAll(
    inputs,
    { seed, stack, scenario, messages: messages === undefined ? undefined : Number(messages) },
    line.show,
  ).finally(line.clear);
  const held = rehearsals.every(allHeld);
  console.log(
    json
      ? JSON.stringify({ seed, held, rehearsals }, undefined, 2)
      : `${reportOf(rehearsals, styleFor(process.stdout, process.env), { detailed: true })}\nSeed ${seed}: --seed ${seed} repeats this run.`,
  );
  if (!held) process.exitCode = 1;
}

void reportFaults(main);
