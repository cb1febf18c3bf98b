import { idSource } from '../rehearse/ids';
import { NotSimulated } from '../rehearse/not-simulated';
import { readPlan } from '../rehearse/plan/plan';
import { PlanError } from '../rehearse/plan/plan-error';
import { queuesOf } from '../rehearse/sqs/queue';
import type { SynthesizedStack } from '../synth/synthesize';
import { callbackExamples, deliveryResultsOf } from './callback-example';
import type { Example } from './example';
import { existingQueuesOf } from './existing-queues';
import { webSocketExamples } from './websocket-example';

export interface WorkedExample {
  readonly callbacks: readonly Example[];
  readonly messages: readonly Example[];
  /** What kept a stack from being shown, or an environment from having what it wants. */
  readonly problems: readonly string[];
}

/** The worked example going through every stack that should take it. */
export function workedExample(stacks: readonly SynthesizedStack[]): WorkedExample {
  const parts = stacks.map(throughStack);
  return {
    callbacks: parts.flatMap(({ callbacks }) => callbacks),
    messages: parts.flatMap(({ messages }) => messages),
    problems: [...parts.flatMap(({ problems }) => problems), ...missing(stacks, parts)],
  };
}

const nothing: WorkedExample = { callbacks: [], messages: [], problems: [] };

/** Pipes are not shown: a stack of another kind has neither API. */
function throughStack({ id, configuration, environment }: SynthesizedStack): WorkedExample {
  const has = (type: string) => configuration.resource?.[type] !== undefined;
  if (!has('aws_api_gateway_rest_api') && !has('aws_apigatewayv2_api')) return nothing;
  try {
    const plan = readPlan(id, configuration);
    const queues = [...queuesOf(plan), ...existingQueuesOf(environment)];
    // Ids start anew for each API, so that equal APIs give equal reports.
    const surroundings = () => ({ queues, ids: idSource('start') });
    return {
      callbacks: callbackExamples(plan, deliveryResultsOf(environment), surroundings),
      messages: webSocketExamples(plan, surroundings),
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof NotSimulated || error instanceof PlanError)) throw error;
    return { ...nothing, problems: [error.message] };
  }
}

/** An environment says what it wants; a stack that does not have it must not look as if all were well. */
function missing(stacks: readonly SynthesizedStack[], parts: readonly WorkedExample[]): readonly string[] {
  return [...new Set(stacks.map(({ environment }) => environment))].flatMap((environment) => {
    const own = parts.filter((_, index) => stacks[index]?.environment === environment);
    if (own.some(({ problems }) => problems.length > 0)) return [];
    const paths = deliveryResultsOf(environment).map(({ path }) => path);
    return [
      ...(paths.length > 0 && own.every(({ callbacks }) => callbacks.length === 0)
        ? [`${environment.name}: no stack has a REST API for ${paths.join(', ')}`]
        : []),
      ...(environment.websocketReply && own.every(({ messages }) => messages.length === 0)
        ? [`${environment.name}: no stack has a WebSocket API`]
        : []),
    ];
  });
}
