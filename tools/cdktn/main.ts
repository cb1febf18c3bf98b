import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../../synthesis/project-root';
import { copyFor, packages } from './copy';

const usage = `Usage: npm run check:cdktn

Synthesizes this project under CDK Terrain, CDKTF's successor, in a copy that is gone afterwards, and compares the HCL
with synthesized/. The copy gets ${Object.keys(packages).join(', ')} from npm's registry.
Exit code 0 when the HCL is the same, 1 when it is not.

  --help  prints this`;

function options() {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function check(): void {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'cdktn-'));
  try {
    const copy = copyFor(projectRoot(), path.join(scratch, 'project'));
    const { status } = spawnSync(process.execPath, ['synthesis/run.mjs', 'tools/synth/main.ts', '--check'], {
      cwd: copy,
      stdio: 'inherit',
    });
    if (status !== 0) process.exitCode = 1;
    else
      console.log(
        `The same HCL as synthesized/, with ${Object.entries(packages)
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}`,
      );
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

if (options().help) console.log(usage);
else check();
