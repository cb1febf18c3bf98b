import path from 'node:path';
import { parseArgs } from 'node:util';
import { reportFaults } from '../../stacks/report-faults';
import { projectRoot } from '../../synthesis/project-root';
import { progressLine } from '../progress-line';
import { allHeld } from '../rehearse/rehearsal';
import { rehearsalInputs, rehearseAll } from '../rehearse/rehearse-all';
import { reportOf } from '../rehearse/report/report';
import { synthesizeAll } from '../synth/synthesize';
import { styleFor } from '../terminal';

const usage = `Usage: npm start

Synthesizes every stack of every environment as HCL into cdktf.out/stacks/<stack>/cdk.tf and rehearses it: real requests
go through its mapping templates, policies, queues, functions and pipes, with permissions enforced and faults injected.
Needs no AWS account, no terraform and no network. Exit code 0 only if all of it held. What npm run rehearse shows in
full is here a line a flow, under loads of 2,000 messages instead of 10,000.

  --help   print this`;

/** Always the same run: what differs between two of them is the plan. */
const seed = 'start';

/** Of the loads, each: enough to see order and books under faults, and done in seconds. */
const messages = 2_000;

function helpWanted(): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } }).values.help;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

async function start(): Promise<void> {
  const outdir = path.join(projectRoot(), 'cdktf.out');
  const stacks = synthesizeAll(outdir);
  const inputs = rehearsalInputs(stacks, outdir);
  console.log(
    `Synthesized ${stacks.length} stacks of ${inputs.length} environments into cdktf.out/stacks: ${stacks.map(({ id }) => id).join(', ')}\n`,
  );
  const line = progressLine(process.stderr);
  const rehearsals = await rehearseAll(inputs, { seed, messages }, line.show).finally(line.clear);
  console.log(reportOf(rehearsals, styleFor(process.stdout, process.env), { detailed: false }));
  if (!rehearsals.every(allHeld)) process.exitCode = 1;
}

if (helpWanted()) console.log(usage);
else void reportFaults(start);
