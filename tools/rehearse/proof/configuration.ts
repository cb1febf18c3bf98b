import type { RestApi, RestMethod } from '../api-gateway/rest-api';
import type { SqsIntegration } from '../api-gateway/sqs-integration';
import type { WebSocketApi, WebSocketRoute } from '../api-gateway/websocket-api';
import type { ScenarioResult } from '../scenarios/result';
import type { CallbackFlow, Flow, WebSocketFlow } from '../world/flows';
import type { System } from '../world/system';

/** A mistake of configuration that people make, and what tells them. */
export interface Mistake {
  readonly title: string;
  readonly change: (integration: SqsIntegration) => SqsIntegration;
  /** Found in what the rehearsal says of the mistake. */
  readonly tells: (result: ScenarioResult) => boolean;
  readonly effect: string;
}

const templatesChanged = (
  integration: SqsIntegration,
  change: (template: string) => string,
): SqsIntegration => ({
  ...integration,
  templates: new Map([...integration.templates].map(([type, template]) => [type, change(template)])),
});

const saysUnknownOperation = ({ failures }: ScenarioResult) =>
  failures.some(({ what }) => what.includes('UnknownOperationException'));

export const mistakes: readonly Mistake[] = [
  {
    title: 'the Content-Type header is not mapped',
    change: (integration) => ({ ...integration, requestParameters: new Map() }),
    tells: saysUnknownOperation,
    effect: 'UnknownOperationException',
  },
  {
    title: 'the template has no Action',
    change: (integration) =>
      templatesChanged(integration, (template) => template.replace('Action=SendMessage', '')),
    tells: saysUnknownOperation,
    effect: 'UnknownOperationException',
  },
  {
    title: 'the body is not encoded',
    change: (integration) =>
      templatesChanged(integration, (template) =>
        template.replace('$util.urlEncode($input.body)', '$input.body'),
      ),
    tells: ({ failures }) => failures.some(({ what }) => /arrives as it was sent|queued as it is/.test(what)),
    effect: 'bodies with &, % or + arrive changed',
  },
];

/** The system with the integration of one flow changed, and that flow in it. */
export function withIntegration<F extends CallbackFlow | WebSocketFlow>(
  system: System,
  flow: F,
  change: (integration: SqsIntegration) => SqsIntegration,
): { readonly system: System; readonly flow: F } {
  if (flow.kind === 'callback') {
    const method: RestMethod = { ...flow.method, integration: change(flow.method.integration) };
    const api: RestApi = {
      ...flow.api,
      methods: flow.api.methods.map((other) => (other === flow.method ? method : other)),
    };
    const changed = { ...flow, api, method };
    return {
      system: {
        ...system,
        restApis: replaced(system.restApis, flow.api, api),
        flows: flowsWith(system, flow, changed),
      },
      flow: changed,
    };
  }
  const route: WebSocketRoute = { ...flow.route, integration: change(flow.route.integration) };
  const api: WebSocketApi = {
    ...flow.api,
    routes: flow.api.routes.map((other) => (other === flow.route ? route : other)),
  };
  const changed = { ...flow, api, route };
  return {
    system: {
      ...system,
      webSocketApis: replaced(system.webSocketApis, flow.api, api),
      flows: flowsWith(system, flow, changed),
    },
    flow: changed,
  };
}

const replaced = <T>(list: readonly T[], old: T, now: T): readonly T[] =>
  list.map((item) => (item === old ? now : item));

const flowsWith = (system: System, old: Flow, now: Flow) => replaced(system.flows, old, now);
