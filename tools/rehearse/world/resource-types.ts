import { NotSimulated } from '../../not-simulated';

/** What is read of a plan. */
const simulated = [
  'aws_api_gateway_api_key',
  'aws_api_gateway_authorizer',
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
  'aws_api_gateway_usage_plan',
  'aws_api_gateway_usage_plan_key',
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_api_mapping',
  'aws_apigatewayv2_authorizer',
  'aws_apigatewayv2_domain_name',
  'aws_apigatewayv2_integration',
  'aws_apigatewayv2_integration_response',
  'aws_apigatewayv2_model',
  'aws_apigatewayv2_route',
  'aws_apigatewayv2_route_response',
  'aws_apigatewayv2_stage',
  'aws_cloudwatch_event_api_destination',
  'aws_cloudwatch_event_connection',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_kms_alias',
  'aws_kms_key',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
  'aws_pipes_pipe',
  'aws_s3_bucket',
  'aws_s3_bucket_policy',
  'aws_sqs_queue',
  'aws_sqs_queue_policy',
  'aws_sqs_queue_redrive_allow_policy',
  'aws_sqs_queue_redrive_policy',
];

/** What changes nothing about what becomes of a message; the report says what is left out. */
const leftOut = [
  // How a domain is proven and found: a caller here knows where it is.
  'aws_acm_certificate',
  'aws_acm_certificate_validation',
  'aws_route53_record',
  // When and how an API is deployed, throttled and logged.
  'aws_api_gateway_account',
  'aws_api_gateway_deployment',
  'aws_api_gateway_method_response',
  'aws_api_gateway_method_settings',
  'aws_apigatewayv2_deployment',
  'aws_cloudwatch_log_group',
  // Who is told what, and sees it: it moves no message.
  'aws_cloudwatch_dashboard',
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_event_target',
  'aws_cloudwatch_log_metric_filter',
  'aws_cloudwatch_metric_alarm',
  // What it refuses is in its rules, which no stack has.
  'aws_wafv2_web_acl_association',
  'aws_sns_topic',
  'aws_sns_topic_policy',
  // Who may deploy: nobody does in a rehearsal.
  'aws_iam_openid_connect_provider',
  // How a bucket keeps what was written to it.
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
];

/** @throws NotSimulated for a type that is in neither list: it may change what a caller sees */
export function checkResourceTypes(stackId: string, types: readonly string[]): void {
  const unknown = types.find((type) => !simulated.includes(type) && !leftOut.includes(type));
  if (unknown) throw new NotSimulated(stackId, `the resource type ${unknown}`);
}
