/** How a change of an attribute replaces its resource. */
export interface Forcing {
  /** What the provider or AWS takes where it is left out. */
  readonly otherwise?: unknown;
  /** Where it is no longer written, it stays what it was. */
  readonly kept?: true;
  /** Only some changes of it do. */
  readonly when?: (before: unknown, after: unknown) => boolean;
}

type Attributes = Readonly<Record<string, Forcing>>;

const always = (...paths: readonly string[]): Attributes =>
  Object.fromEntries(paths.map((path) => [path, {}]));

const kept = (...paths: readonly string[]): Attributes =>
  Object.fromEntries(paths.map((path) => [path, { kept: true }]));

const named = kept('name', 'name_prefix');
const method = always('rest_api_id', 'resource_id', 'http_method');

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateAuthorizer.html: a user pool's becomes no other. */
const toOrFromUserPools = (before: unknown, after: unknown) => [before, after].includes('COGNITO_USER_POOLS');

/**
 * Only the provider knows which attributes of a resource cannot be changed in place: these are its rules in
 * hashicorp/aws 5.100.0 (`ForceNew` and `CustomizeDiff` in its schemas), for all types that the stacks have and for
 * those that stand around them.
 */
const types: Readonly<Record<string, Attributes>> = {
  aws_acm_certificate: {
    ...always('certificate_authority_arn', 'validation_option'),
    ...kept('domain_name', 'subject_alternative_names', 'validation_method'),
    key_algorithm: { kept: true, otherwise: 'RSA_2048' },
  },
  aws_api_gateway_account: {},
  aws_api_gateway_api_key: kept('value'),
  aws_api_gateway_authorizer: {
    ...always('rest_api_id'),
    type: { otherwise: 'TOKEN', when: toOrFromUserPools },
  },
  aws_api_gateway_base_path_mapping: always('domain_name'),
  aws_api_gateway_deployment: always(
    'rest_api_id',
    'stage_name',
    'stage_description',
    'triggers',
    'variables',
  ),
  aws_api_gateway_domain_name: always(
    'domain_name',
    'certificate_body',
    'certificate_chain',
    'certificate_private_key',
  ),
  aws_api_gateway_gateway_response: always('rest_api_id', 'response_type'),
  aws_api_gateway_integration: {
    ...method,
    ...always('type', 'integration_http_method', 'credentials'),
    passthrough_behavior: { kept: true, otherwise: 'WHEN_NO_MATCH' },
  },
  aws_api_gateway_integration_response: method,
  aws_api_gateway_method: method,
  aws_api_gateway_method_response: method,
  aws_api_gateway_method_settings: always('rest_api_id', 'stage_name', 'method_path'),
  aws_api_gateway_model: always('rest_api_id', 'name', 'content_type'),
  aws_api_gateway_request_validator: always('rest_api_id'),
  aws_api_gateway_resource: always('rest_api_id'),
  aws_api_gateway_rest_api: {},
  aws_api_gateway_rest_api_policy: always('rest_api_id'),
  aws_api_gateway_stage: always('rest_api_id', 'stage_name'),
  aws_api_gateway_usage_plan: {},
  aws_apigatewayv2_api: always('protocol_type', 'route_key', 'credentials_arn', 'target'),
  aws_apigatewayv2_api_mapping: always('api_id', 'domain_name'),
  aws_apigatewayv2_authorizer: always('api_id'),
  aws_apigatewayv2_deployment: always('api_id', 'triggers'),
  aws_apigatewayv2_domain_name: always('domain_name'),
  aws_apigatewayv2_integration: always('api_id', 'integration_type', 'integration_subtype'),
  aws_apigatewayv2_integration_response: always('api_id', 'integration_id'),
  aws_apigatewayv2_model: always('api_id'),
  aws_apigatewayv2_route: always('api_id'),
  aws_apigatewayv2_route_response: always('api_id', 'route_id'),
  aws_apigatewayv2_stage: always('api_id', 'name'),
  aws_cloudwatch_dashboard: always('dashboard_name'),
  aws_cloudwatch_event_api_destination: always('name'),
  aws_cloudwatch_event_connection: always('name'),
  aws_cloudwatch_log_group: { ...named, log_group_class: { kept: true, otherwise: 'STANDARD' } },
  aws_cloudwatch_metric_alarm: always('alarm_name'),
  aws_dynamodb_table: {
    ...always('name', 'range_key', 'local_secondary_index.name'),
    ...always(
      'restore_date_time',
      'restore_source_name',
      'restore_source_table_arn',
      'restore_to_latest_time',
    ),
    ...kept('hash_key'),
  },
  aws_iam_openid_connect_provider: always('url'),
  aws_iam_policy: { ...named, ...always('description'), path: { otherwise: '/' } },
  aws_iam_role: { ...named, path: { otherwise: '/' } },
  aws_iam_role_policy: { ...named, ...always('role') },
  aws_iam_role_policy_attachment: always('role', 'policy_arn'),
  aws_kms_alias: named,
  aws_kms_key: {
    ...always('custom_key_store_id', 'xks_key_id'),
    key_usage: { otherwise: 'ENCRYPT_DECRYPT' },
    customer_master_key_spec: { otherwise: 'SYMMETRIC_DEFAULT' },
    multi_region: { kept: true, otherwise: false },
  },
  aws_lambda_event_source_mapping: {
    ...always('event_source_arn', 'self_managed_event_source.endpoints', 'queues', 'topics'),
    ...always('starting_position', 'starting_position_timestamp'),
    ...kept('amazon_managed_kafka_event_source_config.consumer_group_id'),
    ...kept('self_managed_kafka_event_source_config.consumer_group_id'),
  },
  aws_lambda_function: { ...always('function_name'), package_type: { otherwise: 'Zip' } },
  aws_lambda_permission: {
    ...always('action', 'function_name', 'principal', 'qualifier', 'event_source_token', 'source_account'),
    ...always('source_arn', 'principal_org_id', 'function_url_auth_type'),
    ...kept('statement_id', 'statement_id_prefix'),
  },
  aws_pipes_pipe: {
    ...named,
    ...always('source'),
    ...always(
      ...[
        'activemq_broker_parameters.queue_name',
        'dynamodb_stream_parameters.starting_position',
        'kinesis_stream_parameters.starting_position',
        'kinesis_stream_parameters.starting_position_timestamp',
        'managed_streaming_kafka_parameters.starting_position',
        'managed_streaming_kafka_parameters.topic_name',
        'rabbitmq_broker_parameters.queue_name',
        'rabbitmq_broker_parameters.virtual_host',
        'self_managed_kafka_parameters.additional_bootstrap_servers',
        'self_managed_kafka_parameters.consumer_group_id',
        'self_managed_kafka_parameters.starting_position',
        'self_managed_kafka_parameters.topic_name',
      ].map((path) => `source_parameters.${path}`),
    ),
  },
  aws_route53_record: always('zone_id', 'name'),
  aws_s3_bucket: {
    ...kept('bucket', 'bucket_prefix'),
    object_lock_enabled: { kept: true, otherwise: false },
  },
  aws_s3_bucket_policy: always('bucket'),
  aws_s3_bucket_public_access_block: always('bucket'),
  aws_s3_bucket_versioning: always('bucket', 'expected_bucket_owner'),
  aws_secretsmanager_secret: named,
  aws_sns_topic: { ...named, fifo_topic: { otherwise: false } },
  aws_sqs_queue: { ...named, fifo_queue: { otherwise: false } },
  aws_sqs_queue_policy: always('queue_url'),
  aws_sqs_queue_redrive_allow_policy: always('queue_url'),
  aws_sqs_queue_redrive_policy: always('queue_url'),
  aws_wafv2_web_acl_association: always('resource_arn', 'web_acl_arn'),
};

/** By type, in no order; a path is of names only. */
export const attributesThatForce: ReadonlyMap<
  string,
  readonly { readonly path: readonly string[]; readonly rule: Forcing }[]
> = new Map(
  Object.entries(types).map(([type, attributes]) => [
    type,
    Object.entries(attributes).map(([path, rule]) => ({ path: path.split('.'), rule })),
  ]),
);

/** The types among them that bear the provider's default tags. */
export const taggableTypes: ReadonlySet<string> = new Set([
  'aws_acm_certificate',
  'aws_api_gateway_api_key',
  'aws_api_gateway_domain_name',
  'aws_api_gateway_rest_api',
  'aws_api_gateway_stage',
  'aws_api_gateway_usage_plan',
  'aws_apigatewayv2_api',
  'aws_apigatewayv2_domain_name',
  'aws_apigatewayv2_stage',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_metric_alarm',
  'aws_dynamodb_table',
  'aws_iam_openid_connect_provider',
  'aws_iam_policy',
  'aws_iam_role',
  'aws_kms_key',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function',
  'aws_pipes_pipe',
  'aws_s3_bucket',
  'aws_secretsmanager_secret',
  'aws_sns_topic',
  'aws_sqs_queue',
]);
