import type { Progress } from '../../progress-line';
import type { RehearsalOptions } from '../rehearsal';
import { scenarios } from '../scenarios';
import { runScenario } from '../scenarios/run-scenario';
import type { CallbackFlow, Flow, WebSocketFlow } from '../world/flows';
import type { System } from '../world/system';
import { mistakes, withIntegration } from './configuration';

/** Whether the rehearsal tells of a mistake that was made on purpose. */
export interface MistakeResult {
  readonly stackId: string;
  readonly way: string;
  readonly mistake: string;
  readonly effect: string;
  readonly told: boolean;
}

/** Makes each mistake in each integration that has a mapping template: a rehearsal that lets one pass is worth nothing. */
export async function proveMistakes(
  system: System,
  flows: readonly Flow[],
  { seed }: Pick<RehearsalOptions, 'seed'>,
  progress: Progress,
): Promise<readonly MistakeResult[]> {
  const sending = flows.filter(
    (flow): flow is CallbackFlow | WebSocketFlow => flow.kind === 'callback' || flow.kind === 'websocket',
  );
  const results: MistakeResult[] = [];
  for (const [index, flow] of sending.entries()) {
    progress(`${flow.stackId}: mistakes of configuration`, index, sending.length);
    for (const { title, change, tells, effect } of mistakes) {
      const changed = withIntegration(system, flow, change);
      let told = false;
      for (const scenario of scenarios.filter(({ kind, id }) => kind === flow.kind && showing.includes(id))) {
        told ||= tells(await runScenario(scenario, changed.flow, changed.system, { seed }));
      }
      results.push({ stackId: flow.stackId, way: flow.way, mistake: title, effect, told });
    }
  }
  return results;
}

/** Scenarios in which a mistake of an integration shows. */
const showing = ['callback/arrives', 'callback/hostile-text', 'websocket/echo', 'websocket/hostile-groups'];
