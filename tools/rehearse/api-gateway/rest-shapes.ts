import type { ResourceShape } from '../../plan/plan';
import { authorizerShape } from './request-authorizer';

/** What is understood of the resources of a REST API. */
export const restShapes = {
  restApi: {
    reads: [
      'id',
      'root_resource_id',
      'binary_media_types',
      'endpoint_configuration',
      'disable_execute_api_endpoint',
    ],
    ignores: ['name', 'description', 'tags'],
  },
  policy: { reads: ['rest_api_id', 'policy'], ignores: [] },
  stage: {
    reads: ['rest_api_id', 'stage_name'],
    ignores: ['access_log_settings', 'deployment_id', 'description', 'tags', 'xray_tracing_enabled'],
  },
  resource: { reads: ['id', 'rest_api_id', 'parent_id', 'path_part'], ignores: [] },
  authorizer: authorizerShape,
  validator: {
    reads: ['id', 'rest_api_id', 'validate_request_body', 'validate_request_parameters'],
    ignores: ['name'],
  },
  model: { reads: ['rest_api_id', 'name', 'schema'], ignores: ['content_type', 'description'] },
  method: {
    reads: [
      'rest_api_id',
      'resource_id',
      'http_method',
      'authorization',
      'api_key_required',
      'authorizer_id',
      'request_models',
      'request_parameters',
      'request_validator_id',
    ],
    ignores: [],
  },
  integration: {
    reads: [
      'rest_api_id',
      'resource_id',
      'http_method',
      'type',
      'credentials',
      'integration_http_method',
      'uri',
      'passthrough_behavior',
      'content_handling',
      'request_parameters',
      'request_templates',
    ],
    ignores: [],
  },
  integrationResponse: {
    reads: [
      'rest_api_id',
      'resource_id',
      'http_method',
      'status_code',
      'selection_pattern',
      'content_handling',
      'response_templates',
    ],
    ignores: [],
  },
  gatewayResponse: {
    reads: ['rest_api_id', 'response_type', 'status_code', 'response_templates'],
    ignores: [],
  },
} satisfies Readonly<Record<string, ResourceShape>>;
