import fs from 'node:fs';
import path from 'node:path';
import { providerLockFile } from '../../synthesis/provider-lock';

const os = { win32: 'windows' }[process.platform as string] ?? process.platform;
const processor = { x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch;

/** The platform that this process runs on, as Terraform calls it. */
export const platform = `${os}_${processor}`;

export const lockedVersion = (lock: string) => /^ *version *= "(.*)"$/m.exec(lock)?.[1] ?? '';

/** Whether a mirror has the provider of the checked-in lock; where not, what needs a lock makes one for the mirror. */
export function holdsLockedProvider(mirror: string): boolean {
  const version = lockedVersion(fs.readFileSync(providerLockFile, 'utf8'));
  const provider = path.join(mirror, 'registry.terraform.io', 'hashicorp', 'aws');
  return (
    fs.existsSync(path.join(provider, version, platform)) ||
    fs.existsSync(path.join(provider, `terraform-provider-aws_${version}_${platform}.zip`))
  );
}
