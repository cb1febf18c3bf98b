import { held } from '../../../tools/rehearse/scenarios/result';
import { runScenario } from '../../../tools/rehearse/scenarios/run-scenario';
import { type FlowName, type MeasuredFlow, measuredFlows } from './flows';
import { readSystem } from './inputs';
import type { LoadFigures } from './measure-load';

/** What this process prints. */
export interface ProcessLoad extends LoadFigures {
  /** Of the whole process, garbage included. */
  readonly peakMegabytes: number;
}

/** Puts a flow, by its name, under a load. */
async function main([inputs = '', name, messages]: readonly string[]): Promise<void> {
  const { environment, of, load }: MeasuredFlow = measuredFlows[name as FlowName];
  const system = readSystem(inputs, environment);
  const flow = of(system);
  if (!flow) throw new Error(`the environment ${environment} has no such flow: ${name}`);
  let figures: LoadFigures | undefined;
  const scenario = load((measured) => {
    figures = measured;
  });
  const result = await runScenario(scenario, flow, system, { seed: 'bench', messages: Number(messages) });
  if (!held(result) || !figures) throw new Error(result.failures.map(({ what }) => what).join('\n'));
  const peakMegabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ ...figures, peakMegabytes } satisfies ProcessLoad));
}

void main(process.argv.slice(2));
