import fs from 'node:fs';
import path from 'node:path';
import type { TerraformStack } from 'cdktf';
import { projectRoot } from './project-root';
import { addStackFile } from './stack-files';

/** Where the provider that was reviewed is written down, from the project's folder; `npm run lock` writes it. */
export const providerLockFile = 'stacks/provider-lock.hcl';

/**
 * Has Terraform install the locked provider, and no other, in the stack's folder. What a run has left there by itself
 * is replaced by every synth: the checked-in lock is the one that was reviewed.
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock
 */
export function addProviderLock(stack: TerraformStack): void {
  addStackFile(stack, '.terraform.lock.hcl', fs.readFileSync(path.join(projectRoot(), providerLockFile)));
}
