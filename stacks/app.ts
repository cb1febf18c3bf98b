import fs from 'node:fs';
import path from 'node:path';
import { App } from 'cdktf';
import { checkEnvironments } from '../environments/checks';
import type { Environment } from '../environments/environment';
import { addStacks } from './environment-stacks';

/** Synthesizes every stack, and leaves no folder of a stack that is no more. */
export function synthesizeApp(app: App): void {
  app.synth();
  const stacks = path.join(app.outdir, 'stacks');
  const current = Object.keys(app.manifest.stacks);
  for (const folder of fs.readdirSync(stacks)) {
    if (!current.includes(folder)) fs.rmSync(path.join(stacks, folder), { recursive: true });
  }
}

export interface AppProps {
  /** Folder to synthesize into. @default what the CDKTF CLI says, else `cdktf.out` */
  readonly outdir?: string;
}

/**
 * The app of all environments' stacks.
 * @throws EnvironmentError with every fault of the environments, before anything is written
 */
export function buildApp(environments: readonly Environment[], { outdir }: AppProps = {}): App {
  checkEnvironments(environments);
  const app = new App({ ...(outdir && { outdir }) });
  for (const environment of environments) addStacks(app, environment);
  return app;
}
