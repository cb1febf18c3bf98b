import { spawnSync } from 'node:child_process';
import { Refusal } from './stacks.mjs';

/** Runs Terraform in a stack's folder; what it says is in the log. @throws Refusal where it fails */
export function terraform({ id, folder }, args, environment = {}) {
  run({ id, folder }, args, environment, 'inherit');
}

/** The same, and gives what it writes to standard output, which the log does not get. */
export function terraformOutput({ id, folder }, args, environment = {}) {
  return run({ id, folder }, args, environment, 'pipe');
}

function run({ id, folder }, args, environment, stdout) {
  console.log(`${id}: terraform ${args.join(' ')}`);
  const {
    status,
    stdout: output,
    error,
  } = spawnSync('terraform', args, {
    cwd: folder,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1', ...environment },
    stdio: ['ignore', stdout, 'inherit'],
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error) throw new Refusal(`${id}: terraform ${args[0]}: ${error.message}`);
  if (status !== 0)
    throw new Refusal(`${id}: terraform ${args[0]} ended with exit code ${status}; the log says why`);
  return output;
}
