import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Environment } from '../../../environments/environment';
import type { Change, Version } from '../../../tools/review/change';
import { reviewedStack } from '../../../tools/review/reviewed-stack';
import { synthesizeAll } from '../../../tools/synth/synthesize';

/** What a change of environments is in the review's eyes; both are really synthesized. */
export const changeOf = (base: readonly Environment[], head: readonly Environment[]): Change => ({
  base: versionOf('main (1111111)', base),
  head: versionOf('the working tree', head),
  plans: new Map(),
});

/** One version of the project with these environments. */
export function versionOf(name: string, environments: readonly Environment[]): Version {
  if (environments.length === 0) return { name, stacks: [] };
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'review-test-'));
  try {
    const stacks = synthesizeAll(scratch, environments).map(({ id, configuration, hcl }) =>
      reviewedStack(
        id,
        configuration,
        hcl,
        fs.readFileSync(path.join(scratch, 'stacks', id, '.terraform.lock.hcl'), 'utf8'),
      ),
    );
    return { name, stacks };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}
