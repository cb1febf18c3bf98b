// What a script tells the workflow that runs it.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
import fs from 'node:fs';
import { GitHubError } from './github-api.mjs';
import { Refusal } from './stacks.mjs';

/** Sets outputs of the step, each on one line. */
export function setOutputs(outputs) {
  const lines = Object.entries(outputs).map(
    ([name, value]) => `${name}=${String(value).replace(/[\r\n]+/g, ' ')}\n`,
  );
  process.stdout.write(lines.join(''));
  if (process.env.GITHUB_OUTPUT) fs.appendFileSync(process.env.GITHUB_OUTPUT, lines.join(''));
}

/** Runs a step; what was refused is shown where the run is shown, and ends it with exit code 1. */
export async function step(run) {
  try {
    await run();
  } catch (error) {
    process.exitCode = 1;
    const expected = error instanceof Refusal || error instanceof GitHubError;
    // %0A is a line break within the annotation.
    if (expected) console.log(`::error::${error.message.replaceAll('%', '%25').replaceAll('\n', '%0A')}`);
    else console.error(error);
  }
}
