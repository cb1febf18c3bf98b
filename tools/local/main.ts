import path from 'node:path';
import { reportFaults } from '../../stacks/report-faults';
import { projectRoot } from '../../synthesis/project-root';
import { NotSimulated } from '../not-simulated';
import { PlanError } from '../plan/plan-error';
import { rehearsalInputs } from '../rehearse/rehearse-all';
import { systemOf } from '../rehearse/world/system';
import { synthesizeAll } from '../synth/synthesize';
import { styleFor } from '../terminal';
import { banner } from './banner';
import { eventLog } from './event-log';
import { controlC, onKeys } from './keys';
import { type LocalServer, serveLocally } from './local-server';
import { type LocalOptions, localOptions, UsageError, usage } from './options';

async function main(): Promise<void> {
  try {
    const options = localOptions(process.argv.slice(2));
    if (options.help) return console.log(usage);
    await run(options);
  } catch (error) {
    if (error instanceof UsageError) process.exitCode = 2;
    else if (error instanceof NotSimulated || error instanceof PlanError) process.exitCode = 1;
    else throw error;
    console.error(error.message);
  }
}

async function run({ env, port, timeFactor, unsigned, subscribers }: LocalOptions): Promise<void> {
  const outdir = path.join(projectRoot(), 'cdktf.out');
  const inputs = rehearsalInputs(synthesizeAll(outdir), outdir);
  const input = env === undefined ? inputs[0] : inputs.find(({ environment }) => environment === env);
  if (!input) {
    const names = inputs.map(({ environment }) => environment).join(', ') || 'none';
    throw new UsageError(`--env ${env ?? ''}: there is no such environment; there are ${names}`);
  }
  const { environment } = input;
  const style = styleFor(process.stdout, process.env);
  const log = eventLog((text) => process.stdout.write(text), style);
  const system = systemOf(input.stacks, input.wanted);
  const server = await serveLocally(system, { environment, port, timeFactor, unsigned, subscribers, log });
  const keys = process.stdin.isTTY === true;
  const end = ending(server);
  const endKeys = onKeys(process.stdin, {
    d: () => toggle(server),
    q: end,
    [controlC]: end,
  });
  process.once('exit', endKeys);
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  console.log(await banner(server, { environment, timeFactor, unsigned, keys, style }));
}

function toggle({ subscribers }: LocalServer): void {
  subscribers.setDown(!subscribers.allDown);
}

/** Ends the process, once, with what became of the messages. */
function ending(server: LocalServer): () => void {
  let begun = false;
  return () => {
    if (begun) return;
    begun = true;
    const { accepted, delivered, dropped, waiting, deadLettered, lost } = server.world.account();
    void server.close().then(() => {
      console.log(
        `\n${accepted} messages accepted: ${delivered} delivered, ${dropped} dropped on purpose, ${waiting} waiting, ${deadLettered} dead letters, ${lost.length} lost.`,
      );
      process.exit(0);
    });
  };
}

void reportFaults(main);
