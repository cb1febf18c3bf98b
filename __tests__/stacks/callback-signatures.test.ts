import { expect, test } from 'vitest';
import { resource, statements } from '../support/synthesized';
import { receiver } from './example-environment';

const secretArn = 'arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:gateway/orders-a1B2c3';
const keyArn = 'arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:test-orders-authorizer';

const plain = receiver();
const signed = receiver({ authorization: { kind: 'hmac', secretArn, keyArn, toleranceSeconds: 60 } });

test('by default nothing is signed', () => {
  expect(Object.keys(plain.resource)).not.toContain('aws_api_gateway_authorizer');
  expect(Object.keys(plain.resource)).not.toContain('aws_lambda_function');
  expect(resource(plain, 'aws_api_gateway_method', 'api_orders_route_method').authorization).toBe('NONE');
});

test('the method asks an authorizer, which is asked about every request, as a role of its own', () => {
  expect(resource(signed, 'aws_api_gateway_method', 'api_orders_route_method')).toMatchObject({
    authorization: 'CUSTOM',
    authorizer_id: '${aws_api_gateway_authorizer.api_orders_authorizer.id}',
  });
  expect(signed.resource.aws_api_gateway_authorizer).toEqual({
    api_orders_authorizer: {
      rest_api_id: '${aws_api_gateway_rest_api.api.id}',
      name: 'test-orders-authorizer',
      type: 'REQUEST',
      authorizer_uri: `arn:aws:apigateway:ap-northeast-2:lambda:path/2015-03-31/functions/${functionArn}/invocations`,
      authorizer_credentials: '${aws_iam_role.orders_authorizer_invoker.arn}',
      identity_source:
        'method.request.header.X-Signature,method.request.header.X-Timestamp,method.request.header.X-Body-Sha256',
      authorizer_result_ttl_in_seconds: 0,
      depends_on: [
        'aws_lambda_function.orders_authorizer_function',
        'aws_iam_role_policy.orders_authorizer_function_role_grants',
        'aws_iam_role_policy.orders_authorizer_invoker_grants',
      ],
      // Without it Terraform deletes the authorizer first, which API Gateway refuses.
      lifecycle: { create_before_destroy: true },
    },
  });
});

test('the function knows its secret and how old a request may be', () => {
  expect(resource(signed, 'aws_lambda_function', 'orders_authorizer_function')).toMatchObject({
    function_name: 'test-orders-authorizer',
    timeout: 10,
    reserved_concurrent_executions: 50,
    environment: { variables: { SECRET_ARN: secretArn, TOLERANCE_SECONDS: '60' } },
  });
});

test('unless it is said, a request may be five minutes old', () => {
  const { resource: made } = receiver({ authorization: { kind: 'hmac', secretArn } });

  expect(made.aws_lambda_function?.orders_authorizer_function).toMatchObject({
    environment: { variables: { TOLERANCE_SECONDS: '300' } },
  });
});

const grants = (role: string) => statements(signed, `orders_authorizer_${role}_grants_document`);

test('API Gateway may call that function, and the function read that secret through that key', () => {
  expect(grants('invoker')).toEqual([
    {
      sid: 'AskTheAuthorizer',
      effect: 'Allow',
      actions: ['lambda:InvokeFunction'],
      resources: [functionArn],
    },
  ]);
  expect((grants('function_role') as readonly object[]).slice(2)).toEqual([
    {
      sid: 'ReadTheSecretOfTheSignatures',
      effect: 'Allow',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [secretArn],
    },
    {
      sid: 'DecryptThroughTheKeyOfTheSecret',
      effect: 'Allow',
      actions: ['kms:Decrypt'],
      resources: [keyArn],
      condition: [
        {
          test: 'StringEquals',
          variable: 'kms:ViaService',
          values: ['secretsmanager.ap-northeast-2.amazonaws.com'],
        },
      ],
    },
  ]);
});

test('the digest travels as an attribute, from what was checked', () => {
  const template = (configuration: typeof signed) =>
    (
      resource(configuration, 'aws_api_gateway_integration', 'api_orders_route_integration')
        .request_templates as Record<string, string>
    )['application/json'];

  expect(template(signed)).toContain(
    'MessageAttribute.5.Name=bodySha256&MessageAttribute.5.Value.DataType=String&MessageAttribute.5.Value.StringValue=$util.urlEncode($context.authorizer.bodySha256)',
  );
  expect(template(plain)).not.toContain('bodySha256');
});

test('who is not let in is told what may be wrong, and what is missing', () => {
  const answers = signed.resource.aws_api_gateway_gateway_response ?? {};
  const said = (message: string) => ({
    response_templates: { 'application/json': `{"message":"${message}","requestId":"$context.requestId"}` },
  });

  expect(answers.api_gateway_responses_access_denied).toMatchObject({
    status_code: '403',
    ...said('This address may not call this API, or the signature does not fit the request'),
  });
  expect(answers.api_gateway_responses_unauthorized).toMatchObject({
    response_type: 'UNAUTHORIZED',
    status_code: '401',
    ...said('X-Signature, X-Timestamp and X-Body-Sha256 are needed'),
  });
  expect(Object.keys(plain.resource.aws_api_gateway_gateway_response ?? {})).toHaveLength(9);
});

test('a change of the authorizer deploys the API anew, a change of its function does not', () => {
  const trigger = (configuration: typeof signed) =>
    (
      resource(configuration, 'aws_api_gateway_deployment', 'stage_deployment').triggers as Record<
        string,
        string
      >
    ).configuration;
  const tolerant = receiver({ authorization: { kind: 'hmac', secretArn, keyArn, toleranceSeconds: 61 } });

  expect(trigger(signed)).not.toBe(trigger(plain));
  expect(trigger(tolerant)).toBe(trigger(signed));
});
