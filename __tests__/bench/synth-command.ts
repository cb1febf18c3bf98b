import path from 'node:path';
import { checkout } from '../support/checkout';
import { compare } from './process-figures';
import { printComparison } from './table';

/** `npm run synth` as a whole against what writes the same HCL without it, in a copy of the project. */
export async function run(scratch: string): Promise<void> {
  const cwd = checkout(path.join(scratch, 'synth-command'));
  const env = { CHECKPOINT_DISABLE: '1', CI: 'true' };
  const { ours, theirs } = await compare(
    { file: 'npm', args: ['run', '--silent', 'synth'], cwd, env },
    { file: path.resolve('node_modules/.bin/cdktf'), args: ['synth', '--hcl'], cwd, env },
    5,
  );
  printComparison('HCL of every stack, the command as a whole', ours, theirs, {
    ours: 'npm run synth',
    theirs: 'npx cdktf synth --hcl',
  });
}
