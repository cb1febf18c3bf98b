import { NotSimulated } from '../../not-simulated';
import { text } from '../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../plan/plan';

/** WebSocket and HTTP APIs are resources of one type, told apart by their protocol. */
const shape = {
  reads: [
    'id',
    'protocol_type',
    'route_selection_expression',
    'cors_configuration',
    'disable_execute_api_endpoint',
  ],
  ignores: ['name', 'description', 'tags'],
};

/** The APIs of a protocol. @throws NotSimulated for an API of neither */
export const v2ApisOf = (plan: Plan, protocol: 'HTTP' | 'WEBSOCKET'): readonly PlanResource[] =>
  resourcesOf(plan, 'aws_apigatewayv2_api', shape).filter((api) => {
    const own = text(api, 'protocol_type');
    if (own !== 'HTTP' && own !== 'WEBSOCKET') throw new NotSimulated(api.address, `the protocol ${own}`);
    return own === protocol;
  });

/** The one stage of an API. @throws NotSimulated for more, or none */
export function onlyStage({ address }: PlanResource, stages: readonly PlanResource[]): PlanResource {
  const [stage, ...others] = stages;
  if (stage && others.length === 0) return stage;
  throw new NotSimulated(address, `an API with ${others.length > 0 ? 'several stages' : 'no stage'}`);
}
