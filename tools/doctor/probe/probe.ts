import type { Environment } from '../../../environments/environment';
import type { Plan } from '../../plan/plan';
import type { Progress } from '../../progress-line';
import type { Aws } from '../aws/aws';
import { Course, type ProbedFlow } from './course';
import { probeCallback } from './probe-callback';
import { probeWebSocket } from './probe-web-socket';
import type { Surroundings } from './surroundings';
import { type Target, targetsOf } from './targets';
import { defaultLimits, type Limits, realTime, type Waiting } from './waiting';

export interface ProbeInput {
  /** Of all stacks of the environment, with the ids that AWS gave: a queue and the pipe that reads it are in different ones. */
  readonly plans: readonly Plan[];
  readonly environment: Environment;
  readonly aws: Aws;
  /** Only flows that enter by this stack. @default all */
  readonly only?: string | undefined;
  /** Where callbacks are posted to, stage included, without a slash at its end. @default the execute-api endpoint */
  readonly restEndpoint?: string | undefined;
  /** Where clients connect to, stage included: `wss://` or `ws://`. @default the execute-api endpoint */
  readonly webSocketEndpoint?: string | undefined;
  /** Says what is being done, now and then while it waits. */
  readonly progress?: Progress | undefined;
  /** Gets each flow as soon as it is probed, the one that ends in an error too. */
  readonly probed?: ((flow: ProbedFlow) => void) | undefined;
  readonly waiting?: Waiting | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/**
 * Sends one marked message through each flow, one after the other, follows it as far as it can be seen, and cleans up.
 * Subscribers get their message.
 * @throws MissingPermission, NotReachable after what was sent was cleaned up as far as that goes, which `probed` is told
 */
export async function probe(input: ProbeInput): Promise<readonly ProbedFlow[]> {
  const { plans, environment, only, progress = () => {}, probed = () => {} } = input;
  const surroundings: Surroundings = {
    aws: input.aws,
    environment,
    waiting: input.waiting ?? realTime,
    limits: { ...defaultLimits, ...input.limits },
    restEndpoint: input.restEndpoint,
    webSocketEndpoint: input.webSocketEndpoint,
    doctor: `npm run doctor -- ${environment.name}`,
  };
  const flows: ProbedFlow[] = [];
  const targets = targetsOf(plans, environment).filter(
    ({ plan }) => only === undefined || plan.stackId === only,
  );
  for (const target of targets) {
    const course = new Course(target.way, target.plan.stackId, (doing) =>
      progress(doing, flows.length, targets.length),
    );
    try {
      await probeTarget(target, course, surroundings);
    } catch (error) {
      await course.interruptedBy(error as Error);
      throw error;
    } finally {
      flows.push(course.probed());
      probed(course.probed());
    }
  }
  return flows;
}

async function probeTarget(target: Target, course: Course, surroundings: Surroundings): Promise<void> {
  switch (target.kind) {
    case 'callback':
      return probeCallback(target, course, surroundings);
    case 'websocket':
      return probeWebSocket(target, course, surroundings);
    case 'subscription':
      return course.notSeen(
        'the message is delivered',
        `the probe calls nothing that fills the queue ${target.pipe.sourceArn.split(':').at(-1)}: it is someone ` +
          'else’s, or filled by an HTTP API, and what they send is not for it to make up; see what comes of their next message',
      );
  }
}
