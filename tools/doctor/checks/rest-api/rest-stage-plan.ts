import { flag, optionalText, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import { optionalBlock } from '../../../rehearse/pipe/blocks';

/** A stage of a REST API as it was synthesized. */
export interface SynthesizedStage {
  readonly address: string;
  readonly name: string;
  /** Of the deployment that it serves; it ends in the hash of the API's configuration. */
  readonly deploymentDescription: string | undefined;
  readonly tracing: boolean;
  /** Of the web ACL that looks at its requests first. */
  readonly webAclArn: string | undefined;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
  /** Those for all methods. */
  readonly methodSettings: MethodLimits | undefined;
}

/** What a stage lays down for its methods; absent is what AWS takes by itself. */
export interface MethodLimits {
  readonly address: string;
  readonly throttlingRateLimit: number | undefined;
  readonly throttlingBurstLimit: number | undefined;
  readonly dataTraceEnabled: boolean;
  readonly metricsEnabled: boolean;
  /** `OFF`, `ERROR` or `INFO`. */
  readonly loggingLevel: string;
}

/** Where settings are for all methods of all paths. */
export const everyMethod = '*/*';

/** The stages of the API with the id that its parts name. */
export function stagesOf(plan: Plan, apiId: string): readonly SynthesizedStage[] {
  const names = written(plan, 'aws_api_gateway_deployment');
  const descriptions = new Map(
    resourcesOf(plan, 'aws_api_gateway_deployment', { reads: ['description'], ignores: 'the rest' }).map(
      (deployment, index) => [names[index], optionalText(deployment, 'description')],
    ),
  );
  return resourcesOf(withReferences(plan), 'aws_api_gateway_stage', {
    reads: ['access_log_settings', 'deployment_id', 'rest_api_id', 'stage_name', 'xray_tracing_enabled'],
    ignores: 'the rest',
  })
    .filter((stage) => text(stage, 'rest_api_id') === apiId)
    .map((stage) => {
      const log = optionalBlock(stage, 'access_log_settings', ['destination_arn', 'format']);
      const name = text(stage, 'stage_name');
      return {
        address: stage.address,
        name,
        deploymentDescription: descriptions.get(text(stage, 'deployment_id')),
        tracing: flag(stage, 'xray_tracing_enabled'),
        accessLog: log && { destinationArn: text(log, 'destination_arn'), format: text(log, 'format') },
        webAclArn: webAclOf(plan, stage.address),
        methodSettings: methodSettings(plan, apiId, name),
      };
    });
}

/** An association names the stage by a reference, which is not resolved: AWS gives the ARN. */
function webAclOf(plan: Plan, address: string): string | undefined {
  const stage = `\${${address.slice(address.indexOf(' ') + 1)}.arn}`;
  const [association] = Object.values(
    plan.configuration.resource?.aws_wafv2_web_acl_association ?? {},
  ).filter((block) => (block as { readonly resource_arn?: unknown }).resource_arn === stage);
  return (association as { readonly web_acl_arn?: string } | undefined)?.web_acl_arn;
}

function methodSettings(plan: Plan, apiId: string, stage: string): MethodLimits | undefined {
  const resource = resourcesOf(plan, 'aws_api_gateway_method_settings', {
    reads: ['method_path', 'rest_api_id', 'settings', 'stage_name'],
    ignores: 'the rest',
  }).find(
    (settings) =>
      text(settings, 'rest_api_id') === apiId &&
      text(settings, 'stage_name') === stage &&
      text(settings, 'method_path') === everyMethod,
  );
  const settings =
    resource &&
    optionalBlock(resource, 'settings', [
      'data_trace_enabled',
      'logging_level',
      'metrics_enabled',
      'throttling_burst_limit',
      'throttling_rate_limit',
    ]);
  if (!settings) return undefined;
  const number = (name: string) => settings.attributes.get(name) as number | undefined;
  return {
    address: resource.address,
    throttlingRateLimit: number('throttling_rate_limit'),
    throttlingBurstLimit: number('throttling_burst_limit'),
    dataTraceEnabled: flag(settings, 'data_trace_enabled'),
    metricsEnabled: flag(settings, 'metrics_enabled'),
    loggingLevel: optionalText(settings, 'logging_level') ?? 'OFF',
  };
}

/**
 * The ARN of a log group follows from its name; a deployment is told by its name here, since AWS's id says
 * nothing.
 */
function withReferences(plan: Plan): Plan {
  const { partition, region, accountId } = plan;
  const groups = resourcesOf(plan, 'aws_cloudwatch_log_group', { reads: ['name'], ignores: 'the rest' });
  const names = written(plan, 'aws_cloudwatch_log_group');
  return {
    ...plan,
    known: new Map([
      ...plan.known,
      ...written(plan, 'aws_api_gateway_deployment').map((name): [string, string] => [
        `aws_api_gateway_deployment.${name}.id`,
        name,
      ]),
      ...groups.map((group, index): [string, string] => [
        `aws_cloudwatch_log_group.${names[index]}.arn`,
        `arn:${partition}:logs:${region}:${accountId}:log-group:${text(group, 'name')}`,
      ]),
    ]),
  };
}

/** The names that a type's resources have in the configuration. */
const written = (plan: Plan, type: string): readonly string[] =>
  Object.keys(plan.configuration.resource?.[type] ?? {});
