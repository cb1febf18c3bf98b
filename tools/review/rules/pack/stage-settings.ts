import { blocksOf, type Fields, textOf, valueAt } from '../reading/fields';
import { means, type RuleResource } from '../reading/system';

/** What a stage does with the requests of some of its methods or routes. */
export interface StageSettings {
  /** All methods of a REST stage: two asterisks with a slash between them; all routes of another: `default`. */
  readonly path: string;
  readonly fields: Fields;
}

export const stageTypes: readonly string[] = ['aws_api_gateway_stage', 'aws_apigatewayv2_stage'];

/**
 * Settings of a method or a route replace the stage's for it as a whole, so that each must satisfy a rule.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
 */
export function settingsOf(stage: RuleResource): readonly StageSettings[] {
  if (stage.type === 'aws_apigatewayv2_stage') {
    return [
      ...blocksOf(stage, 'default_route_settings').map((fields) => ({ path: 'default', fields })),
      ...blocksOf(stage, 'route_settings').map((fields) => ({
        path: textOf(fields, 'route_key') ?? '',
        fields,
      })),
    ];
  }
  return stage.stack
    .resources('aws_api_gateway_method_settings')
    .filter(
      (settings) =>
        valueAt(settings, 'rest_api_id') === valueAt(stage, 'rest_api_id') &&
        (valueAt(settings, 'stage_name') === valueAt(stage, 'stage_name') ||
          means(valueAt(settings, 'stage_name'), stage)),
    )
    .flatMap((settings) =>
      blocksOf(settings, 'settings').map((fields) => ({
        path: textOf(settings, 'method_path') ?? '',
        fields,
      })),
    );
}

const isWhole = ({ path }: StageSettings) => path === '*/*' || path === 'default';

/**
 * What is wrong with the settings of a stage, all of which must satisfy a test.
 * @param missing the problem where it has none for all of its methods or routes
 */
export function settingsProblems(
  stage: RuleResource,
  missing: string,
  problem: (fields: Fields) => string | undefined,
): readonly string[] {
  const settings = settingsOf(stage);
  return [
    ...(settings.some(isWhole) ? [] : [missing]),
    ...settings.flatMap((entry) => {
      const found = problem(entry.fields);
      return found === undefined ? [] : [isWhole(entry) ? found : `${found} for ${entry.path}`];
    }),
  ];
}

export const isWebSocket = (stage: RuleResource): boolean => {
  const api = stage.stack
    .resources('aws_apigatewayv2_api')
    .find((candidate) => means(valueAt(stage, 'api_id'), candidate));
  return api === undefined || textOf(api, 'protocol_type') !== 'HTTP';
};
