import path from 'node:path';
import { parseArgs } from 'node:util';
import { reportFaults } from '../../stacks/report-faults';
import { projectRoot } from '../../synthesis/project-root';
import { synthesizeAll } from '../synth/synthesize';
import { styleFor } from '../terminal';
import { allHeld, reportOf } from './report';
import { workedExample } from './worked-example';

const usage = `Usage: npm start

Synthesizes every stack of every environment as HCL into cdktf.out/stacks/<stack>/cdk.tf, and shows the worked example
going through what was synthesized: delivery results of Bizppurio posted to their callback, and a WebSocket message.
Needs no AWS account, no terraform and no network. Exit code 0 only if all of it held.

  --help   print this`;

function helpWanted(): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } }).values.help;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function start(): void {
  const stacks = synthesizeAll(path.join(projectRoot(), 'cdktf.out'));
  const environments = new Set(stacks.map(({ environment }) => environment.name));
  console.log(
    `Synthesized ${stacks.length} stacks of ${environments.size} environments into cdktf.out/stacks: ${stacks.map(({ id }) => id).join(', ')}\n`,
  );
  const example = workedExample(stacks);
  console.log(reportOf(example, styleFor(process.stdout, process.env)));
  if (!allHeld(example)) process.exitCode = 1;
}

if (helpWanted()) console.log(usage);
else reportFaults(start);
