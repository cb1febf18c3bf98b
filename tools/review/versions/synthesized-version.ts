import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TerraformConfiguration } from '../../synth/synthesize';
import type { Version } from '../change';
import { reviewedStack } from '../reviewed-stack';
import { run } from './run';

/** A version does not synthesize; the message is what it printed. */
export class DoesNotSynthesize extends Error {
  override readonly name = 'DoesNotSynthesize';
}

/**
 * Synthesizes the project in a folder by its own code, as the CDKTF CLI does: the command is `app` of its
 * `cdktf.json`, once for JSON and once for HCL.
 * @throws DoesNotSynthesize
 */
export async function synthesizedVersion(name: string, folder: string): Promise<Version> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'review-synth-'));
  try {
    const [json, hcl] = await Promise.all([
      synthesize(folder, path.join(scratch, 'json'), ''),
      synthesize(folder, path.join(scratch, 'hcl'), 'true'),
    ]);
    return {
      name,
      stacks: [...json].map(([id, file]) =>
        reviewedStack(
          id,
          JSON.parse(fs.readFileSync(file, 'utf8')) as TerraformConfiguration,
          textOf(hcl.get(id)) ?? '',
          textOf(path.join(path.dirname(file), '.terraform.lock.hcl')),
        ),
      ),
    };
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

/** @returns where each stack is, by its id */
async function synthesize(
  folder: string,
  outdir: string,
  hcl: 'true' | '',
): Promise<ReadonlyMap<string, string>> {
  fs.mkdirSync(outdir, { recursive: true });
  const { app } = JSON.parse(fs.readFileSync(path.join(folder, 'cdktf.json'), 'utf8')) as { app: string };
  const { code, stdout, stderr } = await run(app, [], {
    cwd: folder,
    shell: true,
    env: { ...process.env, CDKTF_OUTDIR: outdir, SYNTH_HCL_OUTPUT: hcl },
  });
  if (code !== 0) throw new DoesNotSynthesize(stderr.trim() || stdout.trim());
  const { stacks } = JSON.parse(fs.readFileSync(path.join(outdir, 'manifest.json'), 'utf8')) as {
    readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string }>>;
  };
  return new Map(
    Object.entries(stacks).map(([id, { synthesizedStackPath }]) => [
      id,
      path.join(outdir, synthesizedStackPath),
    ]),
  );
}

const textOf = (file: string | undefined): string | undefined =>
  file !== undefined && fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
