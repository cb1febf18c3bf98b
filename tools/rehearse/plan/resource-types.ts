import { NotSimulated } from '../not-simulated';

/** What is read of a plan. */
const simulated = [
  'aws_api_gateway_gateway_response',
  'aws_api_gateway_integration',
  'aws_api_gateway_integration_response',
  'aws_api_gateway_method',
  'aws_api_gateway_model',
  'aws_api_gateway_request_validator',
  'aws_api_gateway_resource',
  'aws_api_gateway_rest_api',
  'aws_api_gateway_rest_api_policy',
  'aws_api_gateway_stage',
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_integration',
  'aws_apigatewayv2_model',
  'aws_apigatewayv2_route',
  'aws_sqs_queue',
];

/** What changes nothing about how a request becomes a message, or is stated in the report as left out. */
const leftOut = [
  // Permissions and keys.
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_lambda_permission',
  'aws_sqs_queue_policy',
  'aws_sqs_queue_redrive_allow_policy',
  // When and how an API is deployed, throttled and logged.
  'aws_api_gateway_account',
  'aws_api_gateway_deployment',
  'aws_api_gateway_method_response',
  'aws_api_gateway_method_settings',
  'aws_apigatewayv2_deployment',
  'aws_apigatewayv2_integration_response',
  'aws_apigatewayv2_route_response',
  'aws_apigatewayv2_stage',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_metric_alarm',
  // What happens to a message once it is on its queue.
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
];

/** @throws NotSimulated for a type that is in neither list: it may change what a caller sees */
export function checkResourceTypes(stackId: string, types: readonly string[]): void {
  const unknown = types.find((type) => !simulated.includes(type) && !leftOut.includes(type));
  if (unknown) throw new NotSimulated(stackId, `the resource type ${unknown}`);
}
