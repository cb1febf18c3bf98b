import { App } from 'cdktf';
import { checkEnvironments } from '../environments/checks';
import type { Environment } from '../environments/environment';
import { addStacks } from './environment-stacks';

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
