import { parseArgs } from 'node:util';
import { providerLockFile } from '../../synthesis/provider-lock';

export const usage = `Usage: npm run lock [-- options]

Writes ${providerLockFile}: the version of the AWS provider that every stack is deployed with, and the hashes that
Terraform compares with what it downloads. Needs terraform, 1.5 or newer, and asks registry.terraform.io unless a mirror
is given. Exit code 0 when it is written, 1 when Terraform could not, 2 when asked for what it does not know.

  --version <number>    the version, such as 5.100.0 [the newest that the stacks are written for]
  --platform <name>     where Terraform runs, such as linux_arm64; more than once for several
                        [linux_amd64, linux_arm64, darwin_amd64, darwin_arm64, windows_amd64]
  --mirror <place>      a folder with providers in Terraform's layout, or the https:// URL of a network mirror
  --help                prints this`;

/** HCP Terraform runs on linux_amd64; the others are what people work on. */
const everyPlatform = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64', 'windows_amd64'];

export interface LockOptions {
  readonly version: string | undefined;
  readonly platforms: readonly string[];
  readonly mirror: string | undefined;
}

/** Something was asked for that cannot be done; the message says what would do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Nothing where help was asked for. @throws UsageError */
export function lockOptions(args: readonly string[]): LockOptions | undefined {
  const { help, version, platform = everyPlatform, mirror } = parsed(args);
  if (help) return undefined;
  if (version !== undefined) check('--version', version, /^\d+\.\d+\.\d+$/, 'three numbers, such as 5.100.0');
  for (const name of platform) {
    check('--platform', name, /^[a-z]+_[a-z0-9]+$/, 'a system and a processor, such as linux_arm64');
  }
  return { version, platforms: platform, mirror };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        version: { type: 'string' },
        platform: { type: 'string', multiple: true },
        mirror: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function check(option: string, value: string, form: RegExp, rule: string): void {
  if (!form.test(value)) throw new UsageError(`${option} ${value}: it is ${rule}`);
}
