import { held } from '../../../tools/rehearse/scenarios/result';
import { runScenario } from '../../../tools/rehearse/scenarios/run-scenario';
import type { Scenario, Stage } from '../../../tools/rehearse/scenarios/scenario';
import type { System } from '../../../tools/rehearse/world/system';
import type { CapacityFlow } from './flows';

/** What a rate led to, in virtual time. */
export interface AtRate {
  readonly sent: number;
  /** Messages that were still undelivered when the last one was sent. */
  readonly backlog: number;
  /** Of those, a second of sending. */
  readonly backlogEachSecond: number;
  /** How long the oldest of them had waited, in seconds. */
  readonly oldestSeconds: number;
  /** Seconds from the first message sent to the last one delivered. */
  readonly allDeliveredSeconds: number;
}

/** Messages a second that are sent evenly: from one a minute to ten thousand a second. */
export const rates = [1 / 60, 1, 10, 100, 1000, 10_000];

/** As many as show whether a rate grows a backlog, and no more than a bench has time for. */
const longestSeconds = 300;
const shortestSeconds = 1;
const most = 1000;
const fewest = 20;

const countAt = (rate: number) =>
  Math.round(Math.max(fewest, Math.min(most, rate * longestSeconds), rate * shortestSeconds));

/** @throws Error when the environment has no such flow, or when not every message is accepted and delivered */
export async function atRate(flow: CapacityFlow, system: System, rate: number): Promise<AtRate> {
  const found = flow.of(system);
  if (!found) throw new Error(`the environment ${flow.environment} has no flow ${flow.title}`);
  let figures: AtRate | undefined;
  const scenario: Scenario = {
    id: `capacity/${rate}`,
    kind: found.kind,
    title: 'everything is accepted, and delivered in the end',
    async run(stage) {
      figures = await sendEvenly(stage, await flow.sender(stage, countAt(rate)), rate);
      return `${figures.sent} sent`;
    },
  };
  const result = await runScenario(scenario, found, system, { seed: 'bench' });
  if (!held(result) || !figures) throw new Error(result.failures.map(({ what }) => what).join('\n'));
  return figures;
}

async function sendEvenly(stage: Stage, send: () => Promise<boolean>, rate: number): Promise<AtRate> {
  const { check, clock, flow, pass, world } = stage;
  const queue = world.queue(flow.queueArn);
  const begun = clock.now();
  let lastLeft = begun;
  queue.onDeleted(() => {
    lastLeft = clock.now();
  });
  const sent = countAt(rate);
  for (let number = 0; number < sent; number++) {
    check('a message is accepted', await send(), `not number ${number}`);
    // By the clock of the run and not by that of the last message: rests of milliseconds would add up.
    await pass(begun + ((number + 1) * 1000) / rate - clock.now());
  }
  const seconds = sent / rate;
  const waiting = queue.messages();
  const oldest = waiting.reduce((least, { sentAt }) => Math.min(least, sentAt), clock.now());
  const oldestSeconds = (clock.now() - oldest) / 1000;
  await pass();
  const { delivered } = world.account(flow.queueArn);
  check('everything is delivered', delivered === sent, `${delivered} of ${sent}`);
  return {
    sent,
    backlog: waiting.length,
    backlogEachSecond: waiting.length / seconds,
    oldestSeconds,
    allDeliveredSeconds: (lastLeft - begun) / 1000,
  };
}
