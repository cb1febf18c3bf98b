import { counted } from '../counted';
import type { Noun } from '../section';

/** What people call a resource of a type, from the ones of which most depends to the ones of which least does. */
const kinds: Readonly<Record<string, Noun>> = {
  aws_sqs_queue: ['queue', 'queues'],
  aws_kms_key: ['KMS key', 'KMS keys'],
  aws_api_gateway_rest_api: ['REST API', 'REST APIs'],
  aws_apigatewayv2_api: ['API', 'APIs'],
  aws_s3_bucket: ['bucket', 'buckets'],
  aws_dynamodb_table: ['table', 'tables'],
  aws_secretsmanager_secret: ['secret', 'secrets'],
  aws_cloudwatch_log_group: ['log group', 'log groups'],
  aws_pipes_pipe: ['pipe', 'pipes'],
  aws_cloudwatch_event_api_destination: ['API destination', 'API destinations'],
  aws_cloudwatch_event_connection: ['connection', 'connections'],
  aws_lambda_event_source_mapping: ['event source mapping', 'event source mappings'],
  aws_lambda_function: ['function', 'functions'],
  aws_sns_topic: ['topic', 'topics'],
  aws_iam_role: ['role', 'roles'],
  aws_iam_role_policy: ['role policy', 'role policies'],
  aws_iam_policy: ['policy', 'policies'],
  aws_iam_role_policy_attachment: ['role policy attachment', 'role policy attachments'],
  aws_iam_openid_connect_provider: ['OIDC provider', 'OIDC providers'],
  aws_sqs_queue_policy: ['queue policy', 'queue policies'],
  aws_sqs_queue_redrive_policy: ['redrive policy', 'redrive policies'],
  aws_sqs_queue_redrive_allow_policy: ['redrive allow policy', 'redrive allow policies'],
  aws_api_gateway_rest_api_policy: ['REST API policy', 'REST API policies'],
  aws_s3_bucket_policy: ['bucket policy', 'bucket policies'],
  aws_sns_topic_policy: ['topic policy', 'topic policies'],
  aws_kms_alias: ['key alias', 'key aliases'],
  aws_lambda_permission: ['function permission', 'function permissions'],
  aws_api_gateway_domain_name: ['domain name', 'domain names'],
  aws_apigatewayv2_domain_name: ['domain name', 'domain names'],
  aws_api_gateway_base_path_mapping: ['base path mapping', 'base path mappings'],
  aws_apigatewayv2_api_mapping: ['API mapping', 'API mappings'],
  aws_route53_record: ['DNS record', 'DNS records'],
  aws_acm_certificate: ['certificate', 'certificates'],
  aws_acm_certificate_validation: ['certificate validation', 'certificate validations'],
  aws_api_gateway_resource: ['path', 'paths'],
  aws_api_gateway_method: ['method', 'methods'],
  aws_api_gateway_model: ['model', 'models'],
  aws_apigatewayv2_model: ['model', 'models'],
  aws_apigatewayv2_route: ['route', 'routes'],
  aws_apigatewayv2_route_response: ['route response', 'route responses'],
  aws_api_gateway_integration: ['integration', 'integrations'],
  aws_apigatewayv2_integration: ['integration', 'integrations'],
  aws_api_gateway_integration_response: ['integration response', 'integration responses'],
  aws_apigatewayv2_integration_response: ['integration response', 'integration responses'],
  aws_api_gateway_method_response: ['method response', 'method responses'],
  aws_api_gateway_gateway_response: ['gateway response', 'gateway responses'],
  aws_api_gateway_request_validator: ['request validator', 'request validators'],
  aws_api_gateway_authorizer: ['authorizer', 'authorizers'],
  aws_apigatewayv2_authorizer: ['authorizer', 'authorizers'],
  aws_api_gateway_stage: ['stage', 'stages'],
  aws_apigatewayv2_stage: ['stage', 'stages'],
  aws_api_gateway_method_settings: ['method settings', 'method settings'],
  aws_api_gateway_usage_plan: ['usage plan', 'usage plans'],
  aws_api_gateway_usage_plan_key: ['usage plan key', 'usage plan keys'],
  aws_api_gateway_api_key: ['API key', 'API keys'],
  aws_api_gateway_account: ['API Gateway account', 'API Gateway accounts'],
  aws_wafv2_web_acl_association: ['web ACL association', 'web ACL associations'],
  aws_s3_bucket_versioning: ['bucket versioning', 'bucket versionings'],
  aws_s3_bucket_public_access_block: ['public access block', 'public access blocks'],
  aws_cloudwatch_metric_alarm: ['alarm', 'alarms'],
  aws_cloudwatch_log_metric_filter: ['metric filter', 'metric filters'],
  aws_cloudwatch_event_rule: ['event rule', 'event rules'],
  aws_cloudwatch_event_target: ['event rule target', 'event rule targets'],
  aws_cloudwatch_dashboard: ['dashboard', 'dashboards'],
  aws_api_gateway_deployment: ['deployment', 'deployments'],
  aws_apigatewayv2_deployment: ['deployment', 'deployments'],
};

const order = new Map(Object.keys(kinds).map((type, index) => [type, index]));

/** Other types are called what Terraform calls them. */
export const kindOf = (type: string): Noun => (Object.hasOwn(kinds, type) && kinds[type]) || [type, type];

/** The smaller, the more depends on it. */
export const rankOf = (type: string): number => order.get(type) ?? order.size;

/** `the queue dev-delivery-results`, or its address where it has no name. */
export const called = (of: {
  readonly type: string;
  readonly name: string | undefined;
  readonly address: string;
}): string => `${kindOf(of.type)[0]} ${of.name ?? of.address}`;

/** Kinds that are named; the rest are counted together. */
const most = 4;

/** `1 role, 3 queue policies`, the more important first. */
export function countedKinds(types: readonly string[]): string {
  const counts = new Map<string, readonly [number, Noun]>();
  for (const type of types.toSorted((a, b) => rankOf(a) - rankOf(b))) {
    const noun = kindOf(type);
    counts.set(noun[1], [(counts.get(noun[1])?.[0] ?? 0) + 1, noun]);
  }
  const all = [...counts.values()];
  const shown = all.slice(0, most).map(([count, [one, several]]) => counted(count, one, several));
  const others = all.slice(most).reduce((sum, [count]) => sum + count, 0);
  return [...shown, ...(others > 0 ? [`${others.toLocaleString('en')} more`] : [])].join(', ');
}
