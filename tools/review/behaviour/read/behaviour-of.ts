import { canonicalJson } from '../../../../synthesis/canonical-json';
import { type Plan, readPlan } from '../../../plan/plan';
import type { ReviewedStack } from '../../change';
import { type EventSourceMapping, functionsOf, type LambdaFunction, mappingsOf } from './functions';
import { type HttpApi, httpApisOf } from './http-api';
import {
  type Alarm,
  alarmsOf,
  type LogGroup,
  logGroupsOf,
  type MethodThrottling,
  throttlingOf,
} from './operations';
import { type Pipe, pipesOf } from './pipes';
import { type Queue, queuesOf } from './queues';
import { type RestApi, restApisOf } from './rest-api';
import { StackReader, type Unread } from './stack-reader';
import { type WebSocketApi, webSocketApisOf } from './websocket-api';

/** What of a stack those outside can notice. */
export interface StackBehaviour {
  readonly stackId: string;
  readonly environment: string;
  readonly restApis: readonly RestApi[];
  readonly httpApis: readonly HttpApi[];
  readonly webSocketApis: readonly WebSocketApi[];
  readonly queues: readonly Queue[];
  readonly functions: readonly LambdaFunction[];
  readonly mappings: readonly EventSourceMapping[];
  readonly pipes: readonly Pipe[];
  readonly alarms: readonly Alarm[];
  readonly logGroups: readonly LogGroup[];
  readonly throttling: readonly MethodThrottling[];
  readonly unread: readonly Unread[];
}

/** Never throws: what cannot be read is in `unread`, in the worst case all of the stack. */
export function behaviourOf({ id, environment, configuration }: ReviewedStack): StackBehaviour {
  let plan: Plan;
  try {
    plan = readPlan(id, configuration);
  } catch (error) {
    const unread = { stackId: id, address: id, reason: (error as Error).message };
    return {
      ...nothing,
      stackId: id,
      environment,
      unread: [{ ...unread, written: canonicalJson(configuration) }],
    };
  }
  const reader = new StackReader(plan);
  const read = {
    restApis: restApisOf(reader),
    httpApis: httpApisOf(reader),
    webSocketApis: webSocketApisOf(reader),
    queues: queuesOf(reader),
    functions: functionsOf(reader),
    mappings: mappingsOf(reader),
    pipes: pipesOf(reader),
    alarms: alarmsOf(reader),
    logGroups: logGroupsOf(reader),
    throttling: throttlingOf(reader),
  };
  return { stackId: id, environment, ...read, unread: reader.unread };
}

const nothing = {
  restApis: [],
  httpApis: [],
  webSocketApis: [],
  queues: [],
  functions: [],
  mappings: [],
  pipes: [],
  alarms: [],
  logGroups: [],
  throttling: [],
};
