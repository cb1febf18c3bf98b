import { text } from '../../../plan/attributes';
import type { PlanResource } from '../../../plan/plan';
import { blocks, numeric, type StackReader } from './stack-reader';

/** What HTTP and WebSocket APIs have in common. */
export interface V2Api {
  readonly address: string;
  readonly name: string;
  readonly stageName: string;
  readonly disabled: string;
  readonly throttling: { readonly rate: number | undefined; readonly burst: number | undefined };
}

/** The resources of a type that belong to the API, with these attributes. */
export type Own = (type: string, reads: readonly string[]) => readonly PlanResource[];

/**
 * The APIs of a protocol that have a stage.
 * @param attribute what is read beside the common ones
 * @param more what only APIs of the protocol have
 */
export function v2ApisOf<More>(
  reader: StackReader,
  protocol: 'HTTP' | 'WEBSOCKET',
  attribute: string,
  more: (api: PlanResource, own: Own) => More,
): readonly (V2Api & More)[] {
  const apis = reader
    .each('aws_apigatewayv2_api', ['id', 'name', 'protocol_type', attribute, 'disable_execute_api_endpoint'])
    .filter(({ attributes }) => attributes.get('protocol_type') === protocol);
  return reader
    .all(apis, (api) => {
      const own: Own = (type, reads) =>
        reader
          .each(type, ['api_id', ...reads])
          .filter(({ attributes }) => attributes.get('api_id') === text(api, 'id'));
      const [stage] = own('aws_apigatewayv2_stage', ['name', 'default_route_settings']);
      if (!stage) return [];
      const [settings] = blocks(stage.attributes.get('default_route_settings'));
      return [
        {
          address: api.address,
          name: text(api, 'name'),
          stageName: text(stage, 'name'),
          disabled: String(api.attributes.get('disable_execute_api_endpoint') ?? false),
          throttling: {
            rate: numeric(settings?.throttling_rate_limit),
            burst: numeric(settings?.throttling_burst_limit),
          },
          ...more(api, own),
        },
      ];
    })
    .flat();
}
