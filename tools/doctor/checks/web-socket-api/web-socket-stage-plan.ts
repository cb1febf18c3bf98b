import { optionalText, text } from '../../../plan/attributes';
import { type Plan, resourcesOf } from '../../../plan/plan';
import { optionalBlock } from '../../../rehearse/pipe/blocks';

/** A stage as it was synthesized. */
export interface SynthesizedStage {
  readonly address: string;
  readonly name: string;
  /** Of the deployment that it serves; it ends in the hash of the API's configuration. */
  readonly deploymentDescription: string | undefined;
  readonly autoDeploy: boolean;
  readonly accessLog: { readonly destinationArn: string; readonly format: string } | undefined;
  readonly defaultRouteSettings: RouteLimits;
}

/** What a stage lays down for its routes; absent is what AWS takes by itself. */
export interface RouteLimits {
  readonly throttlingRateLimit?: number | undefined;
  readonly throttlingBurstLimit?: number | undefined;
  readonly dataTraceEnabled: boolean;
  readonly detailedMetricsEnabled: boolean;
  /** `OFF`, `ERROR` or `INFO`. */
  readonly loggingLevel: string;
}

/** The stages of the API with the id that its parts name. */
export function stagesOf(plan: Plan, apiId: string): readonly SynthesizedStage[] {
  const descriptions = new Map(
    written(plan, 'aws_apigatewayv2_deployment').map((name, index) => [
      name,
      resourcesOf(plan, 'aws_apigatewayv2_deployment', { reads: ['description'], ignores: 'the rest' })[
        index
      ],
    ]),
  );
  return resourcesOf(withReferences(plan), 'aws_apigatewayv2_stage', {
    reads: [
      'access_log_settings',
      'api_id',
      'auto_deploy',
      'default_route_settings',
      'deployment_id',
      'name',
    ],
    ignores: 'the rest',
  })
    .filter((stage) => text(stage, 'api_id') === apiId)
    .map((stage) => {
      const deployment = descriptions.get(optionalText(stage, 'deployment_id') ?? '');
      const log = optionalBlock(stage, 'access_log_settings', ['destination_arn', 'format']);
      const settings = optionalBlock(stage, 'default_route_settings', [
        'data_trace_enabled',
        'detailed_metrics_enabled',
        'logging_level',
        'throttling_burst_limit',
        'throttling_rate_limit',
      ]);
      const value = <T>(name: string) => settings?.attributes.get(name) as T | undefined;
      return {
        address: stage.address,
        name: text(stage, 'name'),
        deploymentDescription: deployment && optionalText(deployment, 'description'),
        autoDeploy: stage.attributes.get('auto_deploy') === true,
        accessLog: log && { destinationArn: text(log, 'destination_arn'), format: text(log, 'format') },
        defaultRouteSettings: {
          throttlingRateLimit: value<number>('throttling_rate_limit'),
          throttlingBurstLimit: value<number>('throttling_burst_limit'),
          dataTraceEnabled: value<boolean>('data_trace_enabled') ?? false,
          detailedMetricsEnabled: value<boolean>('detailed_metrics_enabled') ?? false,
          loggingLevel: value<string>('logging_level') ?? 'OFF',
        },
      };
    });
}

/**
 * The ARN of a log group follows from its name; a deployment is told by its name here, since AWS's id says
 * nothing.
 */
function withReferences(plan: Plan): Plan {
  const { partition, region, accountId } = plan;
  const groups = resourcesOf(plan, 'aws_cloudwatch_log_group', { reads: ['name'], ignores: 'the rest' });
  return {
    ...plan,
    known: new Map([
      ...plan.known,
      ...written(plan, 'aws_apigatewayv2_deployment').map((name): [string, string] => [
        `aws_apigatewayv2_deployment.${name}.id`,
        name,
      ]),
      ...written(plan, 'aws_cloudwatch_log_group').map((name, index): [string, string] => [
        `aws_cloudwatch_log_group.${name}.arn`,
        `arn:${partition}:logs:${region}:${accountId}:log-group:${groups[index] ? text(groups[index], 'name') : ''}`,
      ]),
    ]),
  };
}

/** The names that a type's resources have in the configuration. */
const written = (plan: Plan, type: string): readonly string[] =>
  Object.keys(plan.configuration.resource?.[type] ?? {});
