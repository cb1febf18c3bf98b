import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { providerLockFile } from '../../synthesis/provider-lock';
import type { TerraformConfiguration } from '../../tools/synth/synthesize';
import { checkout } from '../support/checkout';
import { switchOffGaps } from '../support/endpoint-gaps';
import type { Terraform } from '../support/terraform';
import { endpointEnvironment } from './endpoint';
import type { Plan } from './plan';
import { holdsLockedProvider, lockedVersion, platform } from './provider-in-mirror';

const execute = promisify(execFile);

/** A clone of the project whose commands deploy to a local AWS endpoint. */
export class Deployment {
  readonly #terraform: Terraform;
  readonly #folder: string;
  readonly #cdktf: string;
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    terraform: Terraform,
    { folder, endpoint }: { readonly folder: string; readonly endpoint: string },
  ) {
    this.#terraform = terraform;
    this.#folder = checkout(folder);
    this.#cdktf = path.join(folder, 'node_modules/.bin/cdktf');
    this.#environment = {
      ...terraform.environment,
      ...endpointEnvironment(endpoint),
      CI: 'true',
      // The lock in the stack's folder leaves nothing to ask the registry; whoever does all the same is refused.
      TF_CLI_ARGS_providers_lock: '-with-a-lock-there-is-nothing-to-ask',
    };
  }

  /** Locks the provider that the mirror has, as its user would, where it is not the one of the checked-in lock. */
  async lockWhatIsThere(): Promise<void> {
    const { mirror } = this.#terraform;
    if (!mirror || holdsLockedProvider(mirror)) return;
    await this.#run(
      process.execPath,
      ['synthesis/run.mjs', 'tools/lock/main.ts', '--mirror', mirror, '--platform', platform],
      { environment: { TF_CLI_ARGS_providers_lock: undefined } },
    );
    const lock = fs.readFileSync(path.join(this.#folder, providerLockFile), 'utf8');
    console.warn(`deployed with another provider than the locked one: ${lockedVersion(lock)} from ${mirror}`);
  }

  cdktf(...args: readonly string[]): Promise<string> {
    return this.#run(this.#cdktf, args);
  }

  /** `cdktf deploy`: the whole of it, and when its first stack was there. */
  deploy(stacks: string, first: string): { readonly all: Promise<string>; readonly first: Promise<void> } {
    let reach = () => {};
    const reached = new Promise<void>((resolve) => {
      reach = resolve;
    });
    let output = '';
    const applied = new RegExp(`${first}\\s+Apply complete!`);
    const onOutput = (text: string) => {
      output += text;
      if (applied.test(output)) reach();
    };
    const all = this.#run(this.#cdktf, ['deploy', stacks, '--auto-approve', '--no-color'], { onOutput });
    return { all, first: Promise.race([reached, all.then(() => {})]) };
  }

  /** Puts another file into `environments/`; as `./shipped-<file>` it can import the one that was there. */
  editEnvironment(file: string, text: string): void {
    const [current, shipped] = this.#environmentFiles(file);
    if (!fs.existsSync(shipped)) fs.renameSync(current, shipped);
    fs.writeFileSync(current, text);
  }

  /** Undoes the edits of a file of `environments/`. */
  restoreEnvironment(file: string): void {
    const [current, shipped] = this.#environmentFiles(file);
    fs.renameSync(shipped, current);
  }

  #environmentFiles(file: string): readonly [string, string] {
    const folder = path.join(this.#folder, 'environments');
    return [path.join(folder, file), path.join(folder, `shipped-${file}`)];
  }

  /** Synthesizes HCL, as `npm run synth` does. */
  async synthesizeHcl(): Promise<void> {
    await this.#run(process.execPath, ['synthesis/run.mjs', 'tools/synth/main.ts']);
  }

  /** Synthesizes as `cdktf deploy` will, into a folder of that name, and switches off what the endpoint cannot do. */
  async synthesize(outdir = 'cdktf.out'): Promise<void> {
    await this.#run(process.execPath, ['synthesis/run.mjs', 'main.ts'], {
      environment: { CDKTF_OUTDIR: outdir },
    });
    const stacks = path.join(this.#folder, outdir, 'stacks');
    for (const id of fs.readdirSync(stacks))
      switchOffGaps(path.join(stacks, id), this.configuration(id, outdir));
  }

  configuration(stack: string, outdir = 'cdktf.out'): TerraformConfiguration {
    const file = path.join(this.#folder, outdir, 'stacks', stack, 'cdk.tf.json');
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  }

  async plan(stack: string, outdir = 'cdktf.out'): Promise<Plan> {
    const terraform = this.#in(stack, outdir);
    await terraform('init', '-input=false', '-lockfile=readonly');
    await terraform('plan', '-input=false', '-lock=false', '-out=plan');
    return this.planLeftBehind(stack, outdir);
  }

  /** The plan that the last command left in the stack's folder. */
  async planLeftBehind(stack: string, outdir = 'cdktf.out'): Promise<Plan> {
    return JSON.parse(await this.#in(stack, outdir)('show', '-json', 'plan'));
  }

  /** The addresses of what Terraform holds of the stack, without data sources. */
  deployed(stack: string): readonly string[] {
    const file = path.join(this.#folder, `terraform.${stack}.tfstate`);
    const { resources } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      readonly resources: readonly { readonly mode: string; readonly type: string; readonly name: string }[];
    };
    return resources
      .filter(({ mode }) => mode === 'managed')
      .map(({ type, name }) => `${type}.${name}`)
      .sort();
  }

  #in(stack: string, outdir: string) {
    const folder = path.join(this.#folder, outdir, 'stacks', stack);
    return (...args: readonly string[]) => this.#terraform.run(folder, args, this.#environment);
  }

  async #run(
    command: string,
    args: readonly string[],
    { environment = {}, onOutput = () => {} }: RunOptions = {},
  ): Promise<string> {
    try {
      const running = execute(command, args, {
        cwd: this.#folder,
        env: { ...this.#environment, ...environment },
        maxBuffer: 2 ** 28,
      });
      running.child.stdout?.on('data', onOutput);
      return (await running).stdout;
    } catch (error) {
      const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
      throw new Error(`${path.basename(command)} ${args.join(' ')}:\n${stdout}${stderr || String(error)}`);
    }
  }
}

interface RunOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly onOutput?: (text: string) => void;
}
