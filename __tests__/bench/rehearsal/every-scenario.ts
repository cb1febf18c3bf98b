import { allHeld, rehearse } from '../../../tools/rehearse/rehearsal';
import { held } from '../../../tools/rehearse/scenarios/result';
import { readInputs } from './inputs';

/** What this process prints. */
export interface ScenarioTimes {
  readonly scenarios: number;
  readonly wallMilliseconds: number;
  readonly virtualMilliseconds: number;
}

/** Plays all scenarios of all environments, one after the other. */
async function main([inputs = '', messages]: readonly string[]): Promise<void> {
  let times: ScenarioTimes = { scenarios: 0, wallMilliseconds: 0, virtualMilliseconds: 0 };
  for (const input of readInputs(inputs)) {
    const done = await rehearse(input, { seed: 'bench', part: 'scenarios', messages: Number(messages) });
    if (!allHeld(done)) {
      const failed = done.scenarios.filter((result) => !held(result)).map(({ scenario }) => scenario);
      throw new Error(`${input.environment} does not hold: ${[...done.problems, ...failed].join(', ')}`);
    }
    times = {
      scenarios: times.scenarios + done.scenarios.length,
      wallMilliseconds: times.wallMilliseconds + done.wallMilliseconds,
      virtualMilliseconds: done.scenarios.reduce(
        (sum, { virtualMilliseconds }) => sum + virtualMilliseconds,
        times.virtualMilliseconds,
      ),
    };
  }
  console.log(JSON.stringify(times));
}

void main(process.argv.slice(2));
