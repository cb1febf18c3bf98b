import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { awsProviderVersions } from '../../stacks/environment-stack';
import { providerLockFile } from '../../synthesis/provider-lock';

/**
 * A folder with the locked AWS provider, got by `terraform init` as this machine has it set up: from the registry, if
 * nothing else. It is kept in `node_modules/.cache/`, for every test file and the next run.
 * @throws with Terraform's `stderr` where it did not get it
 */
export function fetchProvider(): string {
  const lock = fs.readFileSync(providerLockFile);
  const folder = path.resolve(
    'node_modules/.cache/terraform-provider',
    createHash('sha256').update(lock).digest('hex'),
  );
  const providers = path.join('.terraform', 'providers');
  if (!fs.existsSync(folder)) {
    const partial = `${folder}-${process.pid}`;
    fs.mkdirSync(partial, { recursive: true });
    try {
      const aws = { source: 'hashicorp/aws', version: awsProviderVersions };
      fs.writeFileSync(path.join(partial, '.terraform.lock.hcl'), lock);
      fs.writeFileSync(
        path.join(partial, 'versions.tf.json'),
        JSON.stringify({ terraform: { required_providers: { aws } } }),
      );
      execFileSync('terraform', ['init', '-input=false', '-no-color', '-lockfile=readonly'], {
        cwd: partial,
        encoding: 'utf8',
        stdio: 'pipe',
        env: { ...process.env, CHECKPOINT_DISABLE: '1' },
      });
      // Renamed when complete; whoever was first in another process has the same.
      if (!fs.existsSync(folder)) fs.renameSync(partial, folder);
    } finally {
      fs.rmSync(partial, { recursive: true, force: true });
    }
  }
  return path.join(folder, providers);
}
