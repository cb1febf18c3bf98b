import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { LockOptions } from './options';

/** Terraform was not there, or could not do it; the message says why and what would help. */
export class LockError extends Error {
  override readonly name = 'LockError';
}

/**
 * A lock of the AWS provider as `terraform init` writes and reads it, made in a folder of its own.
 * @param constraint the versions that the stacks are written for; the lock is for one of these
 * @throws LockError
 */
export function lockProvider(constraint: string, { version, platforms, mirror }: LockOptions): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'provider-lock-'));
  try {
    const versions = version === undefined ? constraint : `${constraint}, = ${version}`;
    const aws = { source: 'hashicorp/aws', version: versions };
    fs.writeFileSync(
      path.join(folder, 'versions.tf.json'),
      JSON.stringify({ terraform: { required_providers: { aws } } }),
    );
    terraform(folder, [
      'providers',
      'lock',
      '-no-color',
      ...(mirror === undefined ? [] : [mirrorOption(mirror)]),
      ...platforms.map((platform) => `-platform=${platform}`),
    ]);
    const lock = fs.readFileSync(path.join(folder, '.terraform.lock.hcl'), 'utf8');
    // As the stacks have it: where the two differ, the CDKTF CLI asks the registry for hashes on every deploy.
    return lock.replace(/^( *constraints *= ).*$/m, `$1"${constraint}"`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const mirrorOption = (place: string) =>
  /^https:/.test(place) ? `-net-mirror=${place}` : `-fs-mirror=${path.resolve(place)}`;

function terraform(folder: string, args: readonly string[]): void {
  const command = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  try {
    execFileSync(command, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CHECKPOINT_DISABLE: '1' },
    });
  } catch (error) {
    const { code, stderr = '' } = error as { readonly code?: string; readonly stderr?: string };
    if (code === 'ENOENT') {
      throw new LockError(
        `${command} is not on PATH, and only Terraform can make a lock: https://developer.hashicorp.com/terraform/install`,
      );
    }
    throw new LockError(`${stderr.trim()}${advice(stderr.replace(/\s+/g, ' '))}`);
  }
}

/** What to do about it, where that is known. */
function advice(said: string): string {
  if (/could not connect|failed to request discovery/.test(said)) {
    return '\n\nWithout the registry, give a mirror: npm run lock -- --mirror <folder or https:// URL>';
  }
  if (/is not available for/.test(said)) {
    return '\n\nName the platforms that there are: npm run lock -- … --platform linux_amd64';
  }
  return '';
}
