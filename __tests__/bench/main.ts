import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Every benchmark by name; each prints ratios that come from one run. */
const benchmarks: Readonly<Record<string, () => Promise<{ run(scratch: string): Promise<unknown> }>>> = {
  'reply-function': () => import('./reply-function'),
  rehearsal: () => import('./rehearsal'),
  capacity: () => import('./capacity'),
  'hcl-writer': () => import('./hcl-writer'),
  'synth-by-callbacks': () => import('./synth-by-callbacks'),
  'synth-against-solutions-constructs': () => import('./synth-against-solutions-constructs'),
  'synth-command': () => import('./synth-command'),
  'synth-against-cdktf-init': () => import('./synth-against-cdktf-init'),
};

async function main(wanted: readonly string[]): Promise<void> {
  const { model = 'unknown processor' } = os.cpus()[0] ?? {};
  console.log(`Node.js ${process.version}, ${os.availableParallelism()} × ${model}`);
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'));
  try {
    for (const name of wanted.length > 0 ? wanted : Object.keys(benchmarks)) {
      const benchmark = await benchmarks[name]?.();
      await benchmark?.run(scratch);
    }
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
const help = args.includes('--help');
const unknown = args.find((name) => !help && !(name in benchmarks));
if (help || unknown) {
  if (unknown) console.error(`there is no benchmark ${JSON.stringify(unknown)}`);
  console.log(`Usage: npm run bench [-- NAME …]\n\nNames: ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = help ? 0 : 2;
} else {
  void main(args);
}
