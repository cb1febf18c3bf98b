/** Attributes in Terraform's JSON syntax: an object is a map, a list of objects are blocks. */
export type Sample = Readonly<Record<string, unknown>>;

const account = '111122223333';
const region = 'ap-northeast-2';
const arn = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
const role = `arn:aws:iam::${account}:role/sample`;
const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/sample`;
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }],
});
const model = JSON.stringify({ type: 'object' });
const tags = { team: 'sample' };
const method = { rest_api_id: 'api1234567', resource_id: 'res1234567', http_method: 'POST' };
const alarm = {
  alarm_name: 'sample',
  comparison_operator: 'GreaterThanThreshold',
  evaluation_periods: 1,
  threshold: 1,
};
const connection = { name: 'sample', description: 'A sample' };
const secret = arn('secretsmanager', 'secret:sample-abcdef');
const mapping = { function_name: 'sample', batch_size: 10 };
const lambda = { function_name: 'sample', role };

/**
 * Of each type what the provider accepts; together a type's samples have the attributes of which it has to be known
 * whether a change of them replaces it.
 */
export const samples: Readonly<Record<string, readonly Sample[]>> = {
  aws_acm_certificate: [
    {
      domain_name: 'example.com',
      subject_alternative_names: ['www.example.com'],
      validation_method: 'DNS',
      key_algorithm: 'RSA_2048',
      options: [{ certificate_transparency_logging_preference: 'ENABLED' }],
      validation_option: [{ domain_name: 'example.com', validation_domain: 'example.com' }],
      tags,
    },
    {
      domain_name: 'example.com',
      subject_alternative_names: ['www.example.com'],
      certificate_authority_arn: arn('acm-pca', 'certificate-authority/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
    },
  ],
  aws_api_gateway_account: [{ cloudwatch_role_arn: role, reset_on_delete: true }],
  aws_api_gateway_api_key: [
    {
      name: 'sample',
      description: 'A sample',
      customer_id: 'customer',
      enabled: true,
      value: 'sample-of-an-api-key-0',
      tags,
    },
  ],
  aws_api_gateway_authorizer: [
    {
      name: 'sample',
      rest_api_id: 'api1234567',
      type: 'REQUEST',
      authorizer_uri: arn(
        'apigateway',
        `lambda:path/2015-03-31/functions/${arn('lambda', 'function:f')}/invocations`,
      ),
      authorizer_credentials: role,
      authorizer_result_ttl_in_seconds: 60,
      identity_source: 'method.request.header.Authorization',
      identity_validation_expression: '.+',
    },
    {
      name: 'sample',
      rest_api_id: 'api1234567',
      type: 'COGNITO_USER_POOLS',
      provider_arns: [arn('cognito-idp', 'userpool/ap-northeast-2_sample')],
    },
  ],
  aws_api_gateway_base_path_mapping: [
    {
      api_id: 'api1234567',
      domain_name: 'api.example.com',
      domain_name_id: 'abcdef',
      base_path: 'v1',
      stage_name: 'v1',
    },
  ],
  aws_api_gateway_deployment: [
    {
      rest_api_id: 'api1234567',
      description: 'A sample',
      triggers: { configuration: 'sample' },
      variables: { a: 'sample' },
    },
    {
      rest_api_id: 'api1234567',
      stage_name: 'v1',
      stage_description: 'A sample',
      canary_settings: [
        { percent_traffic: 10, use_stage_cache: true, stage_variable_overrides: { a: 'sample' } },
      ],
    },
  ],
  aws_api_gateway_domain_name: [
    {
      domain_name: 'api.example.com',
      regional_certificate_arn: arn('acm', 'certificate/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      ownership_verification_certificate_arn: arn('acm', 'certificate/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3e'),
      security_policy: 'TLS_1_2',
      endpoint_configuration: [{ types: ['REGIONAL'], ip_address_type: 'dualstack' }],
      mutual_tls_authentication: [{ truststore_uri: 's3://sample/trust.pem', truststore_version: '1' }],
      tags,
    },
    {
      domain_name: 'api.example.com',
      certificate_name: 'sample',
      certificate_body: 'body',
      certificate_chain: 'chain',
      certificate_private_key: 'sample',
    },
    {
      domain_name: 'api.example.com',
      certificate_arn: 'arn:aws:acm:us-east-1:111122223333:certificate/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d',
      policy,
      endpoint_configuration: [{ types: ['EDGE'] }],
    },
    {
      domain_name: 'api.example.com',
      regional_certificate_name: 'sample',
      certificate_body: 'body',
      certificate_private_key: 'sample',
      endpoint_configuration: [{ types: ['REGIONAL'] }],
    },
  ],
  aws_api_gateway_gateway_response: [
    {
      rest_api_id: 'api1234567',
      response_type: 'BAD_REQUEST_BODY',
      status_code: '400',
      response_templates: { 'application/json': '{}' },
      response_parameters: { 'gatewayresponse.header.X-A': "'a'" },
    },
  ],
  aws_api_gateway_integration: [
    {
      ...method,
      type: 'AWS',
      uri: arn('apigateway', `sqs:path/${account}/sample`),
      integration_http_method: 'POST',
      credentials: role,
      passthrough_behavior: 'NEVER',
      content_handling: 'CONVERT_TO_TEXT',
      timeout_milliseconds: 1000,
      cache_namespace: 'sample',
      cache_key_parameters: ['method.request.header.A'],
      request_parameters: { 'integration.request.header.A': "'a'" },
      request_templates: { 'application/json': 'a' },
      tls_config: [{ insecure_skip_verification: true }],
    },
    {
      ...method,
      type: 'HTTP',
      uri: 'https://example.com',
      integration_http_method: 'POST',
      connection_type: 'VPC_LINK',
      connection_id: 'abcdef',
    },
  ],
  aws_api_gateway_integration_response: [
    {
      ...method,
      status_code: '200',
      selection_pattern: '2\\d{2}',
      content_handling: 'CONVERT_TO_TEXT',
      response_parameters: { 'method.response.header.A': "'a'" },
      response_templates: { 'application/json': '{}' },
    },
  ],
  aws_api_gateway_method: [
    {
      ...method,
      authorization: 'CUSTOM',
      authorizer_id: 'abcdef',
      authorization_scopes: ['sample'],
      api_key_required: true,
      operation_name: 'sample',
      request_validator_id: 'abcdef',
      request_models: { 'application/json': 'Sample' },
      request_parameters: { 'method.request.header.A': true },
    },
  ],
  aws_api_gateway_method_response: [
    {
      ...method,
      status_code: '200',
      response_models: { 'application/json': 'Empty' },
      response_parameters: { 'method.response.header.A': true },
    },
  ],
  aws_api_gateway_method_settings: [
    {
      rest_api_id: 'api1234567',
      stage_name: 'v1',
      method_path: '*/*',
      settings: [
        {
          metrics_enabled: true,
          logging_level: 'ERROR',
          throttling_burst_limit: 10,
          throttling_rate_limit: 5,
        },
      ],
    },
  ],
  aws_api_gateway_model: [
    {
      rest_api_id: 'api1234567',
      name: 'Sample',
      content_type: 'application/json',
      description: 'A sample',
      schema: model,
    },
  ],
  aws_api_gateway_request_validator: [
    {
      rest_api_id: 'api1234567',
      name: 'sample',
      validate_request_body: true,
      validate_request_parameters: true,
    },
  ],
  aws_api_gateway_resource: [{ rest_api_id: 'api1234567', parent_id: 'abcdef', path_part: 'sample' }],
  aws_api_gateway_rest_api: [
    {
      name: 'sample',
      description: 'A sample',
      api_key_source: 'HEADER',
      binary_media_types: ['image/png'],
      minimum_compression_size: '1000',
      disable_execute_api_endpoint: true,
      fail_on_warnings: true,
      policy,
      endpoint_configuration: [{ types: ['REGIONAL'], ip_address_type: 'dualstack' }],
      tags,
    },
    {
      name: 'sample',
      body: '{"openapi":"3.0.1","info":{"title":"sample","version":"1"}}',
      parameters: { basepath: 'ignore' },
      put_rest_api_mode: 'merge',
      endpoint_configuration: [{ types: ['PRIVATE'], vpc_endpoint_ids: ['vpce-0123456789abcdef0'] }],
    },
  ],
  aws_api_gateway_rest_api_policy: [{ rest_api_id: 'api1234567', policy }],
  aws_api_gateway_stage: [
    {
      rest_api_id: 'api1234567',
      stage_name: 'v1',
      deployment_id: 'abcdef',
      description: 'A sample',
      cache_cluster_enabled: true,
      cache_cluster_size: '0.5',
      client_certificate_id: 'abcdef',
      documentation_version: '1',
      variables: { a: 'sample' },
      xray_tracing_enabled: true,
      access_log_settings: [{ destination_arn: arn('logs', 'log-group:sample'), format: '{}' }],
      canary_settings: [{ deployment_id: 'abcdef', percent_traffic: 10, use_stage_cache: true }],
      tags,
    },
  ],
  aws_api_gateway_usage_plan: [
    {
      name: 'sample',
      description: 'A sample',
      product_code: 'sample',
      api_stages: [{ api_id: 'api1234567', stage: 'v1' }],
      quota_settings: [{ limit: 10, offset: 1, period: 'WEEK' }],
      throttle_settings: [{ burst_limit: 10, rate_limit: 5 }],
      tags,
    },
  ],
  aws_apigatewayv2_api: [
    {
      name: 'sample',
      protocol_type: 'WEBSOCKET',
      description: 'A sample',
      api_key_selection_expression: '$request.header.x-api-key',
      route_selection_expression: '$request.body.action',
      disable_execute_api_endpoint: true,
      ip_address_type: 'dualstack',
      version: '1',
      tags,
    },
    {
      name: 'sample',
      protocol_type: 'HTTP',
      route_key: '$default',
      credentials_arn: role,
      target: 'https://example.com',
      cors_configuration: [{ allow_origins: ['https://example.com'], max_age: 10 }],
    },
    {
      name: 'sample',
      protocol_type: 'HTTP',
      body: '{"openapi":"3.0.1","info":{"title":"sample","version":"1"}}',
      fail_on_warnings: true,
    },
  ],
  aws_apigatewayv2_api_mapping: [
    { api_id: 'api1234567', domain_name: 'api.example.com', stage: 'v1', api_mapping_key: 'v1' },
  ],
  aws_apigatewayv2_authorizer: [
    {
      api_id: 'api1234567',
      name: 'sample',
      authorizer_type: 'REQUEST',
      authorizer_uri: arn(
        'apigateway',
        `lambda:path/2015-03-31/functions/${arn('lambda', 'function:f')}/invocations`,
      ),
      authorizer_credentials_arn: role,
      authorizer_payload_format_version: '2.0',
      authorizer_result_ttl_in_seconds: 60,
      enable_simple_responses: true,
      identity_sources: ['$request.header.Authorization'],
    },
    {
      api_id: 'api1234567',
      name: 'sample',
      authorizer_type: 'JWT',
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: [{ audience: ['sample'], issuer: 'https://example.com' }],
    },
  ],
  aws_apigatewayv2_deployment: [
    { api_id: 'api1234567', description: 'A sample', triggers: { configuration: 'sample' } },
  ],
  aws_apigatewayv2_domain_name: [
    {
      domain_name: 'api.example.com',
      domain_name_configuration: [
        {
          certificate_arn: arn('acm', 'certificate/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
          endpoint_type: 'REGIONAL',
          ip_address_type: 'dualstack',
          ownership_verification_certificate_arn: arn(
            'acm',
            'certificate/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3e',
          ),
          security_policy: 'TLS_1_2',
        },
      ],
      mutual_tls_authentication: [{ truststore_uri: 's3://sample/trust.pem', truststore_version: '1' }],
      tags,
    },
  ],
  aws_apigatewayv2_integration: [
    {
      api_id: 'api1234567',
      integration_type: 'AWS',
      integration_method: 'POST',
      integration_uri: arn('apigateway', `sqs:path/${account}/sample`),
      credentials_arn: role,
      content_handling_strategy: 'CONVERT_TO_TEXT',
      description: 'A sample',
      passthrough_behavior: 'NEVER',
      request_parameters: { 'integration.request.header.A': "'a'" },
      request_templates: { $default: 'a' },
      template_selection_expression: '\\$default',
      timeout_milliseconds: 1000,
    },
    {
      api_id: 'api1234567',
      integration_type: 'AWS_PROXY',
      integration_subtype: 'SQS-SendMessage',
      credentials_arn: role,
      payload_format_version: '1.0',
      request_parameters: { QueueUrl: queueUrl, MessageBody: '$request.body' },
    },
    {
      api_id: 'api1234567',
      integration_type: 'HTTP_PROXY',
      integration_method: 'POST',
      integration_uri: 'https://example.com',
      connection_type: 'VPC_LINK',
      connection_id: 'abcdef',
      tls_config: [{ server_name_to_verify: 'example.com' }],
      response_parameters: [{ status_code: '200', mappings: { 'append:header.a': 'a' } }],
    },
  ],
  aws_apigatewayv2_integration_response: [
    {
      api_id: 'api1234567',
      integration_id: 'abcdef',
      integration_response_key: '$default',
      content_handling_strategy: 'CONVERT_TO_TEXT',
      response_templates: { $default: 'a' },
      template_selection_expression: '\\$default',
    },
  ],
  aws_apigatewayv2_model: [
    {
      api_id: 'api1234567',
      name: 'Sample',
      content_type: 'application/json',
      description: 'A sample',
      schema: model,
    },
  ],
  aws_apigatewayv2_route: [
    {
      api_id: 'api1234567',
      route_key: '$connect',
      api_key_required: true,
      authorization_type: 'CUSTOM',
      authorization_scopes: ['sample'],
      authorizer_id: 'abcdef',
      model_selection_expression: '\\$default',
      operation_name: 'sample',
      request_models: { $default: 'Sample' },
      request_parameter: [{ request_parameter_key: 'route.request.header.A', required: true }],
      route_response_selection_expression: '$default',
      target: 'integrations/abcdef',
    },
  ],
  aws_apigatewayv2_route_response: [
    {
      api_id: 'api1234567',
      route_id: 'abcdef',
      route_response_key: '$default',
      model_selection_expression: '\\$default',
      response_models: { $default: 'Sample' },
    },
  ],
  aws_apigatewayv2_stage: [
    {
      api_id: 'api1234567',
      name: 'v1',
      deployment_id: 'abcdef',
      auto_deploy: false,
      client_certificate_id: 'abcdef',
      description: 'A sample',
      stage_variables: { a: 'sample' },
      access_log_settings: [{ destination_arn: arn('logs', 'log-group:sample'), format: '{}' }],
      default_route_settings: [
        { logging_level: 'ERROR', throttling_burst_limit: 10, throttling_rate_limit: 5 },
      ],
      route_settings: [{ route_key: '$default', throttling_burst_limit: 10 }],
      tags,
    },
  ],
  aws_cloudwatch_dashboard: [{ dashboard_name: 'sample', dashboard_body: '{"widgets":[]}' }],
  aws_cloudwatch_event_api_destination: [
    {
      name: 'sample',
      description: 'A sample',
      connection_arn: arn('events', 'connection/sample/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      http_method: 'POST',
      invocation_endpoint: 'https://example.com/a',
      invocation_rate_limit_per_second: 10,
    },
  ],
  aws_cloudwatch_event_connection: [
    {
      ...connection,
      authorization_type: 'API_KEY',
      kms_key_identifier: arn('kms', 'key/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      auth_parameters: [
        {
          api_key: [{ key: 'X-Api-Key', value: 'sample' }],
          invocation_http_parameters: [{ header: [{ key: 'A', value: 'a', is_value_secret: true }] }],
        },
      ],
    },
    {
      ...connection,
      authorization_type: 'OAUTH_CLIENT_CREDENTIALS',
      auth_parameters: [
        {
          oauth: [
            {
              authorization_endpoint: 'https://example.com/token',
              http_method: 'POST',
              client_parameters: [{ client_id: 'sample', client_secret: 'sample' }],
              oauth_http_parameters: [{ body: [{ key: 'A', value: 'a', is_value_secret: false }] }],
            },
          ],
        },
      ],
      invocation_connectivity_parameters: [
        {
          resource_parameters: [
            {
              resource_configuration_arn: arn('vpc-lattice', 'resourceconfiguration/rcfg-0123456789abcdef0'),
            },
          ],
        },
      ],
    },
  ],
  aws_cloudwatch_log_group: [
    {
      name: '/sample',
      kms_key_id: arn('kms', 'key/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      log_group_class: 'STANDARD',
      retention_in_days: 30,
      skip_destroy: true,
      tags,
    },
    { name_prefix: '/sample' },
  ],
  aws_cloudwatch_metric_alarm: [
    {
      ...alarm,
      actions_enabled: false,
      alarm_actions: [arn('sns', 'sample')],
      insufficient_data_actions: [arn('sns', 'sample')],
      ok_actions: [arn('sns', 'sample')],
      alarm_description: 'A sample',
      datapoints_to_alarm: 1,
      dimensions: { QueueName: 'sample' },
      metric_name: 'ApproximateAgeOfOldestMessage',
      namespace: 'AWS/SQS',
      period: 60,
      statistic: 'Maximum',
      treat_missing_data: 'notBreaching',
      unit: 'Seconds',
      tags,
    },
    {
      ...alarm,
      metric_query: [{ id: 'e1', expression: 'SELECT 1', label: 'sample', period: 60, return_data: true }],
    },
  ],
  aws_dynamodb_table: [
    {
      name: 'sample',
      billing_mode: 'PROVISIONED',
      read_capacity: 1,
      write_capacity: 1,
      hash_key: 'a',
      range_key: 'b',
      table_class: 'STANDARD',
      deletion_protection_enabled: true,
      stream_enabled: true,
      stream_view_type: 'NEW_IMAGE',
      attribute: [
        { name: 'a', type: 'S' },
        { name: 'b', type: 'S' },
      ],
      local_secondary_index: [
        { name: 'l', range_key: 'b', projection_type: 'INCLUDE', non_key_attributes: ['c'] },
      ],
      ttl: [{ attribute_name: 't', enabled: true }],
      server_side_encryption: [{ enabled: true, kms_key_arn: arn('kms', 'key/sample') }],
      point_in_time_recovery: [{ enabled: true }],
      tags,
    },
    { name: 'sample', restore_source_name: 'other', restore_to_latest_time: true },
    {
      name: 'sample',
      restore_source_table_arn: arn('dynamodb', 'table/other'),
      restore_date_time: '2026-01-01T00:00:00Z',
    },
  ],
  aws_iam_openid_connect_provider: [
    {
      url: 'https://token.actions.githubusercontent.com',
      client_id_list: ['sts.amazonaws.com'],
      thumbprint_list: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
      tags,
    },
  ],
  aws_iam_policy: [
    { name: 'sample', description: 'A sample', path: '/sample/', policy, tags },
    { name_prefix: 'sample', path: '/', policy },
  ],
  aws_iam_role: [
    {
      name: 'sample',
      description: 'A sample',
      path: '/sample/',
      assume_role_policy: policy,
      force_detach_policies: true,
      max_session_duration: 7200,
      permissions_boundary: `arn:aws:iam::${account}:policy/boundary`,
      managed_policy_arns: [`arn:aws:iam::${account}:policy/sample`],
      inline_policy: [{ name: 'sample', policy }],
      tags,
    },
    { name_prefix: 'sample', path: '/', assume_role_policy: policy },
  ],
  aws_iam_role_policy: [
    { name: 'sample', role: 'sample', policy },
    { name_prefix: 'sample', role: 'sample', policy },
  ],
  aws_iam_role_policy_attachment: [{ role: 'sample', policy_arn: `arn:aws:iam::${account}:policy/sample` }],
  aws_kms_alias: [
    { name: 'alias/sample', target_key_id: '6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d' },
    { name_prefix: 'alias/sample', target_key_id: '6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d' },
  ],
  aws_kms_key: [
    {
      description: 'A sample',
      key_usage: 'ENCRYPT_DECRYPT',
      customer_master_key_spec: 'SYMMETRIC_DEFAULT',
      multi_region: true,
      is_enabled: true,
      enable_key_rotation: true,
      rotation_period_in_days: 180,
      deletion_window_in_days: 30,
      bypass_policy_lockout_safety_check: true,
      policy,
      tags,
    },
    {
      custom_key_store_id: 'cks-0123456789abcdef0',
      xks_key_id: 'sample',
      key_usage: 'ENCRYPT_DECRYPT',
      customer_master_key_spec: 'SYMMETRIC_DEFAULT',
    },
  ],
  aws_lambda_event_source_mapping: [
    {
      ...mapping,
      event_source_arn: arn('sqs', 'sample'),
      enabled: true,
      function_response_types: ['ReportBatchItemFailures'],
      kms_key_arn: arn('kms', 'key/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      maximum_batching_window_in_seconds: 1,
      filter_criteria: [{ filter: [{ pattern: '{}' }] }],
      metrics_config: [{ metrics: ['EventCount'] }],
      scaling_config: [{ maximum_concurrency: 10 }],
      tags,
    },
    {
      ...mapping,
      event_source_arn: arn('kinesis', 'stream/sample'),
      starting_position: 'AT_TIMESTAMP',
      starting_position_timestamp: '2026-01-01T00:00:00Z',
      bisect_batch_on_function_error: true,
      maximum_record_age_in_seconds: 60,
      maximum_retry_attempts: 3,
      parallelization_factor: 2,
      tumbling_window_in_seconds: 10,
      destination_config: [{ on_failure: [{ destination_arn: arn('sqs', 'sample') }] }],
    },
    {
      ...mapping,
      self_managed_event_source: [{ endpoints: { KAFKA_BOOTSTRAP_SERVERS: 'kafka.example.com:9092' } }],
      self_managed_kafka_event_source_config: [{ consumer_group_id: 'sample' }],
      source_access_configuration: [{ type: 'VPC_SUBNET', uri: 'subnet:subnet-0123456789abcdef0' }],
      topics: ['sample'],
      provisioned_poller_config: [{ maximum_pollers: 4, minimum_pollers: 2 }],
    },
    {
      ...mapping,
      event_source_arn: arn('mq', 'broker:sample:b-6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      queues: ['sample'],
    },
    {
      ...mapping,
      event_source_arn: arn('kafka', 'cluster/sample/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d-1'),
      amazon_managed_kafka_event_source_config: [{ consumer_group_id: 'sample' }],
    },
    {
      ...mapping,
      event_source_arn: arn('rds', 'cluster:sample'),
      document_db_event_source_config: [
        { database_name: 'sample', collection_name: 'sample', full_document: 'Default' },
      ],
    },
  ],
  aws_lambda_function: [
    {
      ...lambda,
      package_type: 'Zip',
      filename: 'sample.zip',
      source_code_hash: 'sample',
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      architectures: ['arm64'],
      description: 'A sample',
      memory_size: 256,
      timeout: 30,
      publish: true,
      skip_destroy: true,
      reserved_concurrent_executions: 10,
      kms_key_arn: arn('kms', 'key/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      code_signing_config_arn: arn('lambda', 'code-signing-config:csc-0123456789abcdef0'),
      layers: [arn('lambda', 'layer:sample:1')],
      dead_letter_config: [{ target_arn: arn('sqs', 'sample') }],
      environment: [{ variables: { A: 'a' } }],
      ephemeral_storage: [{ size: 1024 }],
      file_system_config: [
        {
          arn: arn('elasticfilesystem', 'access-point/fsap-0123456789abcdef0'),
          local_mount_path: '/mnt/sample',
        },
      ],
      logging_config: [{ log_format: 'JSON', application_log_level: 'INFO', log_group: '/sample' }],
      snap_start: [{ apply_on: 'PublishedVersions' }],
      tracing_config: [{ mode: 'Active' }],
      vpc_config: [
        { subnet_ids: ['subnet-0123456789abcdef0'], security_group_ids: ['sg-0123456789abcdef0'] },
      ],
      tags,
    },
    {
      ...lambda,
      package_type: 'Image',
      image_uri: `${account}.dkr.ecr.${region}.amazonaws.com/sample:1`,
      image_config: [{ command: ['a'] }],
    },
    {
      ...lambda,
      package_type: 'Zip',
      s3_bucket: 'sample',
      s3_key: 'sample',
      s3_object_version: '1',
      handler: 'index.handler',
      runtime: 'nodejs22.x',
    },
  ],
  aws_lambda_permission: [
    {
      statement_id: 'sample',
      action: 'lambda:InvokeFunction',
      function_name: 'sample',
      principal: 'apigateway.amazonaws.com',
      qualifier: 'live',
      event_source_token: 'sample',
      source_account: account,
      source_arn: arn('execute-api', 'api1234567/*'),
      principal_org_id: 'o-1234567890',
      function_url_auth_type: 'AWS_IAM',
    },
    {
      statement_id_prefix: 'sample',
      action: 'lambda:InvokeFunction',
      function_name: 'sample',
      principal: account,
    },
  ],
  aws_pipes_pipe: [
    {
      name: 'sample',
      description: 'A sample',
      desired_state: 'RUNNING',
      role_arn: role,
      source: arn('sqs', 'sample'),
      target: arn('lambda', 'function:sample'),
      enrichment: arn('lambda', 'function:enrich'),
      kms_key_identifier: arn('kms', 'key/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      source_parameters: [
        {
          sqs_queue_parameters: [{ batch_size: 1, maximum_batching_window_in_seconds: 1 }],
          filter_criteria: [{ filter: [{ pattern: '{}' }] }],
        },
      ],
      target_parameters: [
        {
          input_template: '{}',
          lambda_function_parameters: [{ invocation_type: 'REQUEST_RESPONSE' }],
        },
      ],
      log_configuration: [
        {
          level: 'ERROR',
          cloudwatch_logs_log_destination: [{ log_group_arn: arn('logs', 'log-group:sample') }],
        },
      ],
      tags,
    },
    {
      name_prefix: 'sample',
      role_arn: role,
      source: arn('kinesis', 'stream/sample'),
      target: arn('events', 'api-destination/sample/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      source_parameters: [
        {
          kinesis_stream_parameters: [
            { starting_position: 'AT_TIMESTAMP', starting_position_timestamp: '2026-01-01T00:00:00Z' },
          ],
        },
      ],
      target_parameters: [{ http_parameters: [{ header_parameters: { A: 'a' } }] }],
    },
    {
      name: 'sample',
      role_arn: role,
      source: arn('dynamodb', 'table/sample/stream/2026-01-01T00:00:00.000'),
      target: arn('sqs', 'sample'),
      source_parameters: [{ dynamodb_stream_parameters: [{ starting_position: 'LATEST', batch_size: 10 }] }],
    },
    ...[
      { activemq_broker_parameters: [{ queue_name: 'sample', credentials: [{ basic_auth: secret }] }] },
      {
        managed_streaming_kafka_parameters: [
          { topic_name: 'sample', consumer_group_id: 'sample', starting_position: 'LATEST' },
        ],
      },
      {
        rabbitmq_broker_parameters: [
          { queue_name: 'sample', virtual_host: '/sample', credentials: [{ basic_auth: secret }] },
        ],
      },
      {
        self_managed_kafka_parameters: [
          {
            topic_name: 'sample',
            consumer_group_id: 'sample',
            starting_position: 'LATEST',
            additional_bootstrap_servers: ['kafka.example.com:9092'],
          },
        ],
      },
    ].map((parameters) => ({
      name: 'sample',
      role_arn: role,
      source: arn('mq', 'broker:sample:b-6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      target: arn('sqs', 'sample'),
      source_parameters: [parameters],
    })),
  ],
  aws_route53_record: [
    {
      zone_id: 'Z0123456789ABCDEFGHIJ',
      name: 'api.example.com',
      type: 'CNAME',
      ttl: 300,
      records: ['a.example.com'],
      set_identifier: 'sample',
      health_check_id: 'sample',
      weighted_routing_policy: [{ weight: 10 }],
      allow_overwrite: true,
    },
    {
      zone_id: 'Z0123456789ABCDEFGHIJ',
      name: 'api.example.com',
      type: 'A',
      alias: [{ name: 'a.example.com', zone_id: 'Z0123456789ABCDEFGHIK', evaluate_target_health: true }],
    },
  ],
  aws_s3_bucket: [
    { bucket: 'sample-bucket', force_destroy: true, object_lock_enabled: true, tags },
    { bucket_prefix: 'sample-bucket' },
  ],
  aws_s3_bucket_policy: [{ bucket: 'sample-bucket', policy }],
  aws_s3_bucket_public_access_block: [
    {
      bucket: 'sample-bucket',
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
  ],
  aws_s3_bucket_versioning: [
    {
      bucket: 'sample-bucket',
      expected_bucket_owner: account,
      mfa: 'sample 123456',
      versioning_configuration: [{ status: 'Enabled', mfa_delete: 'Enabled' }],
    },
  ],
  aws_secretsmanager_secret: [
    {
      name: 'sample',
      description: 'A sample',
      kms_key_id: arn('kms', 'key/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
      policy,
      recovery_window_in_days: 7,
      force_overwrite_replica_secret: true,
      replica: [{ region: 'us-east-1' }],
      tags,
    },
    { name_prefix: 'sample' },
  ],
  aws_sns_topic: [
    {
      name: 'sample.fifo',
      fifo_topic: true,
      content_based_deduplication: true,
      fifo_throughput_scope: 'Topic',
      display_name: 'sample',
      kms_master_key_id: 'alias/sample',
      policy,
      signature_version: 2,
      tracing_config: 'Active',
      tags,
    },
    { name_prefix: 'sample', fifo_topic: false },
  ],
  aws_sqs_queue: [
    {
      name: 'sample.fifo',
      fifo_queue: true,
      content_based_deduplication: true,
      deduplication_scope: 'messageGroup',
      fifo_throughput_limit: 'perMessageGroupId',
      delay_seconds: 1,
      kms_master_key_id: 'alias/sample',
      kms_data_key_reuse_period_seconds: 600,
      max_message_size: 2048,
      message_retention_seconds: 600,
      receive_wait_time_seconds: 1,
      visibility_timeout_seconds: 60,
      policy,
      redrive_policy: '{"deadLetterTargetArn":"sample","maxReceiveCount":5}',
      redrive_allow_policy: '{"redrivePermission":"denyAll"}',
      tags,
    },
    { name_prefix: 'sample', fifo_queue: false, sqs_managed_sse_enabled: true },
  ],
  aws_sqs_queue_policy: [{ queue_url: queueUrl, policy }],
  aws_sqs_queue_redrive_allow_policy: [
    { queue_url: queueUrl, redrive_allow_policy: '{"redrivePermission":"denyAll"}' },
  ],
  aws_sqs_queue_redrive_policy: [
    { queue_url: queueUrl, redrive_policy: '{"deadLetterTargetArn":"sample","maxReceiveCount":5}' },
  ],
  aws_wafv2_web_acl_association: [
    {
      resource_arn: `arn:aws:apigateway:${region}::/restapis/api1234567/stages/v1`,
      web_acl_arn: arn('wafv2', 'regional/webacl/sample/6b3c3c0e-9b6e-4a59-8f0c-1ea0ac0f6c3d'),
    },
  ],
};
