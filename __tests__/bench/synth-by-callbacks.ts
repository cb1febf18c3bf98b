import fs from 'node:fs';
import path from 'node:path';
import type { App } from 'cdktf';
import { dev } from '../../environments/dev';
import type { Environment } from '../../environments/environment';
import { buildApp } from '../../stacks/app';
import { median } from './process-figures';

function withCallbacks(count: number): Environment {
  const [callback] = dev.callbackReceiver?.callbacks ?? [];
  if (!callback) throw new Error('dev has no callback to multiply');
  return {
    ...dev,
    callbackReceiver: {
      callbacks: Array.from({ length: count }, (_, index) => ({
        ...callback,
        name: index === 0 ? callback.name : `callback-${index}`,
        path: index === 0 ? callback.path : `/senders/${index}/results`,
      })),
    },
  };
}

/** How the synth grows with the number of callbacks: milliseconds a callback, which stay level where it is linear. */
export async function run(scratch: string): Promise<void> {
  console.log('\nSynth by number of callbacks, checks and HCL included (in process)');
  process.env.SYNTH_HCL_OUTPUT = 'true';
  for (const count of [10, 100, 250]) {
    const environment = withCallbacks(count);
    const seconds = [1, 2, 3].map((run) => {
      const outdir = path.join(scratch, `callbacks-${count}-${run}`);
      fs.mkdirSync(outdir);
      const start = performance.now();
      const app: App = buildApp([environment], { outdir });
      app.synth();
      return (performance.now() - start) / 1000;
    });
    const once = median(seconds);
    console.log(
      `  ${String(count).padStart(4)} callbacks  ${once.toFixed(2).padStart(6)} s  ${((once / count) * 1000).toFixed(1).padStart(6)} ms a callback`,
    );
  }
}
