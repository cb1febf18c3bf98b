import fs from 'node:fs';
import path from 'node:path';
import { awsProviderVersions } from '../../stacks/environment-stack';
import { projectRoot } from '../../synthesis/project-root';
import { providerLockFile } from '../../synthesis/provider-lock';
import { LockError, lockProvider } from './lock-provider';
import { lockOptions, UsageError, usage } from './options';

function main(): void {
  const options = lockOptions(process.argv.slice(2));
  if (!options) {
    console.log(usage);
    return;
  }
  const file = path.join(projectRoot(), providerLockFile);
  const before = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const lock = lockProvider(awsProviderVersions, options);
  fs.writeFileSync(file, lock);
  console.log(`${providerLockFile}: hashicorp/aws ${changed(before, lock)}, ${options.platforms.join(', ')}`);
}

function changed(before: string, lock: string): string {
  const [old, version] = [versionOf(before), versionOf(lock)];
  return old === undefined || old === version ? `${version}` : `${old} → ${version}`;
}

const versionOf = (lock: string) => /^ *version *= "(.*)"$/m.exec(lock)?.[1];

try {
  main();
} catch (error) {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (error instanceof LockError) {
    console.error(error.message);
    process.exitCode = 1;
  } else throw error;
}
