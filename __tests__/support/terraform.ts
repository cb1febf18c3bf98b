import { execFile, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fetchProvider } from './fetch-provider';

const run = promisify(execFile);

/** Terraform as this machine has it. */
export interface Terraform {
  /** A folder for its configurations, gone when the process ends. */
  readonly root: string;
  /** A folder with the AWS provider; without one, what needs the provider cannot run. */
  readonly mirror: string | undefined;
  /** What makes a terraform process, or one that starts it, take its providers from the mirror. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs terraform in `folder` and gives its standard output; rejects with what it said where it fails. */
  readonly run: (folder: string, args: readonly string[], environment?: NodeJS.ProcessEnv) => Promise<string>;
}

const providerPath = path.join('registry.terraform.io', 'hashicorp', 'aws');

/**
 * Terraform, or nothing with the reason printed. With `CI=true` its absence is an error, and its provider's too, which
 * comes from a mirror on this machine, else from the registry.
 */
export function findTerraform(): Terraform | undefined {
  const root = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'terraform-'));
  process.on('exit', () => fs.rmSync(root, { recursive: true, force: true }));
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
  } catch {
    skipped('terraform is not on PATH');
    return undefined;
  }
  const mirror = providers();
  const environment = terraformEnvironment(root, mirror);
  return {
    root,
    mirror,
    environment,
    run: async (folder, args, extra = {}) => {
      try {
        const options = { cwd: folder, env: { ...environment, ...extra }, maxBuffer: 2 ** 28 };
        return (await run('terraform', [...args], options)).stdout;
      } catch (error) {
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
        throw new Error(`terraform ${args.join(' ')} in ${folder}:\n${stdout}${stderr || String(error)}`);
      }
    },
  };
}

function skipped(reason: string): void {
  if (process.env.CI === 'true') throw new Error(`${reason}: with CI=true it is required`);
  console.warn(`skipped what needs it: ${reason}`);
}

function providers(): string | undefined {
  const mirror = mirrorFolder();
  if (mirror) return mirror;
  try {
    return fetchProvider();
  } catch (error) {
    const { stderr = '' } = error as { readonly stderr?: string };
    skipped(
      `there is no folder with ${providerPath} (TF_PLUGIN_MIRROR names one), and terraform init did not get it:\n${stderr || error}`,
    );
    return undefined;
  }
}

/** Where Terraform itself looks for local providers, and where packages are put by hand. */
function mirrorFolder(): string | undefined {
  const byHand = ['/opt', '/usr/share', '/usr/local/share'].flatMap((parent) =>
    fs.existsSync(parent) ? fs.readdirSync(parent).map((name) => path.join(parent, name)) : [],
  );
  return [
    process.env.TF_PLUGIN_MIRROR ?? '',
    path.join(os.homedir(), '.terraform.d', 'plugins'),
    '/usr/share/terraform/plugins',
    '/usr/local/share/terraform/plugins',
    ...byHand,
  ].find((folder) => folder !== '' && fs.existsSync(path.join(folder, providerPath)));
}

/** Providers from the mirror only, linked instead of copied, and nothing asked of the internet. */
function terraformEnvironment(root: string, mirror: string | undefined): NodeJS.ProcessEnv {
  const configuration = path.join(root, 'terraform.rc');
  fs.writeFileSync(
    configuration,
    mirror
      ? `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`
      : '',
  );
  return {
    ...process.env,
    TF_CLI_CONFIG_FILE: configuration,
    TF_IN_AUTOMATION: '1',
    CHECKPOINT_DISABLE: '1',
    NO_COLOR: '1',
    AWS_EC2_METADATA_DISABLED: 'true',
    // A third of a provider's work is collecting garbage of a process that ends at once.
    GOGC: 'off',
    GOMEMLIMIT: '1GiB',
  };
}
