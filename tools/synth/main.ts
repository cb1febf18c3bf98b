import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { reportFaults } from '../../stacks/report-faults';
import { projectRoot } from '../../synthesis/project-root';
import { staleFiles, writeCheckedIn } from './checked-in';
import { summaryTable } from './summary';
import { synthesizeAll } from './synthesize';

const usage = `Usage: npm run synth [-- --check]

Synthesizes every stack of every environment as HCL, into cdktf.out/stacks/<stack>/cdk.tf for Terraform and into
synthesized/<stack>.tf for review.

  --check  write nothing, and fail with the difference where synthesized/ is not what would be written
  --help   print this`;

function options(): { check: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function synth(): void {
  const stacks = synthesizeAll(path.join(projectRoot(), 'cdktf.out'));
  writeCheckedIn(path.join(projectRoot(), 'synthesized'), stacks);
  console.log(summaryTable(stacks));
}

function check(): void {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'synth-check-'));
  try {
    const stale = staleFiles(path.join(projectRoot(), 'synthesized'), synthesizeAll(scratch));
    for (const patch of stale) console.log(patch);
    if (stale.length > 0) {
      console.error(
        `synthesized/ is stale in ${stale.length} file(s): run npm run synth and commit what it writes`,
      );
      process.exitCode = 1;
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

const { check: checkOnly, help } = options();
if (help) console.log(usage);
else reportFaults(checkOnly ? check : synth);
