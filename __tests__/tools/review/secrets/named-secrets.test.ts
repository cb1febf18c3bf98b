import { describe, expect, test } from 'vitest';
import { masked, planned, resource } from './masked';

describe('what its name says', () => {
  test.each<[string, string, object, object]>([
    ['a password', 'aws_db_instance', { password: 'hunter2' }, { password: '(sensitive 1)' }],
    [
      'a list of them',
      'aws_x',
      { passwords: ['a-pass', 'b-pass'] },
      { passwords: ['(sensitive 1)', '(sensitive 2)'] },
    ],
    [
      'a parameter',
      'aws_ssm_parameter',
      { type: 'SecureString', value: 'va-lue' },
      { type: 'SecureString', value: '(sensitive 1)' },
    ],
    [
      'an API key',
      'aws_api_gateway_api_key',
      { name: 'k', value: 'va-lue' },
      { name: 'k', value: '(sensitive 1)' },
    ],
    [
      'a connection',
      'aws_cloudwatch_event_connection',
      {
        auth_parameters: {
          api_key: { key: 'X-Key', value: 'va-lue-1' },
          basic: { username: 'user-name', password: 'va-lue-2' },
          oauth: { client_parameters: { client_id: 'client-1', client_secret: 'va-lue-3' } },
          invocation_http_parameters: {
            header: [
              { key: 'X-A', value: 'va-lue-4', is_value_secret: true },
              { key: 'X-B', value: 'open' },
            ],
            query_string: [{ key: 'token', value: 'va-lue-5' }],
          },
        },
      },
      {
        auth_parameters: {
          api_key: { key: 'X-Key', value: '(sensitive 1)' },
          basic: { username: 'user-name', password: '(sensitive 2)' },
          oauth: { client_parameters: { client_id: 'client-1', client_secret: '(sensitive 3)' } },
          invocation_http_parameters: {
            header: [
              { key: 'X-A', value: '(sensitive 4)', is_value_secret: true },
              { key: 'X-B', value: 'open' },
            ],
            query_string: [{ key: 'token', value: '(sensitive 5)' }],
          },
        },
      },
    ],
    [
      'environment variables',
      'aws_lambda_function',
      {
        environment: {
          variables: { SECRET_KEY_BASE: 'va-lue', BUCKET_NAME: 'bucket', TOKEN_URL: 'https://x' },
        },
      },
      {
        environment: {
          variables: { SECRET_KEY_BASE: '(sensitive 1)', BUCKET_NAME: 'bucket', TOKEN_URL: 'https://x' },
        },
      },
    ],
    [
      'environment variables in JSON in a text',
      'aws_ecs_task_definition',
      { container_definitions: '[{"environment":[{"name":"DB_PASSWORD","value":"abc"}],"image":"x"}]' },
      {
        container_definitions:
          '[{"environment":[{"name":"DB_PASSWORD","value":"(sensitive 1)"}],"image":"x"}]',
      },
    ],
    [
      'variables of a build, but not where they come from',
      'aws_codebuild_project',
      {
        environment_variable: [
          { name: 'A_TOKEN', value: '/a/b-c', type: 'PARAMETER_STORE' },
          { name: 'B_TOKEN', value: 'va-lue' },
        ],
      },
      {
        environment_variable: [
          { name: 'A_TOKEN', value: '/a/b-c', type: 'PARAMETER_STORE' },
          { name: 'B_TOKEN', value: '(sensitive 1)' },
        ],
      },
    ],
    [
      'headers, but not what is mapped to them',
      'aws_api_gateway_integration',
      {
        request_parameters: {
          'integration.request.header.Authorization': "'va-lue'",
          'integration.request.header.X-Api-Key': 'method.request.header.X-Api-Key',
        },
      },
      {
        request_parameters: {
          'integration.request.header.Authorization': '(sensitive 1)',
          'integration.request.header.X-Api-Key': 'method.request.header.X-Api-Key',
        },
      },
    ],
    [
      'the secret beside an access key',
      'aws_x',
      { id: 'AKIAABCDEFGHIJKLMNOP', other: 'aB3/'.repeat(10), more: 'x' },
      { id: '(sensitive 1)', other: '(sensitive 2)', more: 'x' },
    ],
  ])('%s', (_what, type, body, expected) => {
    expect(masked(resource(type, body)).configuration).toEqual(resource(type, expected));
    const { plan } = masked({}, '', planned(null, body, {}, type));
    expect(plan).toEqual(planned(null, expected, {}, type));
  });

  test('numbers, but no flags', () => {
    expect(masked(resource('aws_x', { password: 12345678, token: true })).configuration).toEqual(
      resource('aws_x', { password: '(sensitive 1)', token: true }),
    );
  });

  test('but not what Terraform says of it', () => {
    const { plan } = masked(
      {},
      '',
      planned(null, { value: 'x' }, { after_sensitive: { value: true } }, 'aws_ssm_parameter'),
    );
    expect(plan).toEqual(
      planned(null, { value: '(sensitive 1)' }, { after_sensitive: { value: true } }, 'aws_ssm_parameter'),
    );
  });

  test('JSON stays as it is written where nothing in it is masked', () => {
    const body = { policy: '{ "Version" : "2012-10-17", "a": 1.0 }' };
    expect(masked(resource('aws_x', body)).configuration).toEqual(resource('aws_x', body));
  });

  test('the password in a secret that is JSON is masked elsewhere as well', () => {
    const body = { secret_string: '{"user":"admin","password":"hunter2"}', description: 'hunter2, admin' };
    expect(masked(resource('aws_x', body)).configuration).toEqual(
      resource('aws_x', { secret_string: '(sensitive 1)', description: '(sensitive 2), admin' }),
    );
  });

  test('texts within an expression, but not the names in it', () => {
    const body = (literal: string) => ({
      password: `\${base64encode("${literal}")}`,
      token: '${lookup(var.secrets, "password")}',
      secret: '${var.secrets["key-1-of-it"]}',
    });
    expect(masked(resource('aws_x', body('user:hunter2'))).configuration).toEqual(
      resource('aws_x', body('(sensitive 1)')),
    );
  });

  test('references are no secrets, and what stands around them is', () => {
    const body = (literal: string) => ({
      password: '${var.db_password}',
      token: 'Bearer ${aws_x.y.token}',
      secret_string: '${jsondecode(data.aws_x.y.secret_string)["password"]}',
      auth_token: `${literal}\${var.suffix}`,
      credentials: 'arn:aws:iam::111122223333:role/x',
    });
    expect(masked(resource('aws_x', body('literal-'))).configuration).toEqual(
      resource('aws_x', body('(sensitive 1)')),
    );
  });

  test('what only looks like it stays', () => {
    const body = {
      next_token_enabled: true,
      key_id: 'key-id-1',
      manage_master_user_password: true,
      actions: ['kms:GenerateDataKey', 'secretsmanager:GetSecretValue'],
      token_validity_units: { access_token: 'minutes' },
      password: '',
    };
    expect(masked(resource('aws_x', body)).configuration).toEqual(resource('aws_x', body));
  });
});
