import { expect, test } from 'vitest';
import {
  isNoSecret,
  isSecretName,
  isSecretParameter,
  isSecretVariable,
} from '../../../../tools/review/secrets/names';

const attributes = `
  password master_password password_wo secret secret_string secret_binary private_key private_key_pem
  client_secret clientSecret token auth_token access_token OAuthToken api_key apiKey tunnel1_preshared_key
  ses_smtp_password_v4 bgp_auth_key platform_credential basic_auth_credentials
  delivery_results_subscriber_secret`;
const noAttributes = `
  next_token_enabled key_id kms_master_key_id message_group_id kms_key_id credentials_arn key secrets_arn
  password_policy password_length token_validity_units http_tokens next_token client_token creation_token
  partition_key hash_key range_key public_key api_key_source secret_arn secret_id authorization
  authorization_type target_key_id route_key model_selection_expression idempotency_token response_type
  enable_key_rotation access_key_id`;
const variables = `
  DB_PASSWORD GITHUB_TOKEN API_KEY SECRET_KEY_BASE TOKEN_V2 SMTP_PASS AWS_SECRET_ACCESS_KEY apiKey
  STRIPE_SECRET_LIVE PRIVATE_KEY GOOGLE_CREDENTIALS BASIC_AUTH PASSWORD_OF_ADMIN ENCRYPTION_KEY MYSQL_PWD`;
const noVariables = `
  BUCKET_NAME MESSAGE_KEY_FIELD MAX_RECEIVE_COUNT CONNECTIONS_ENDPOINT SECRET_ARN SECRET_NAME TOKEN_URL
  TOKEN_TTL API_KEY_HEADER PASSWORD_FILE KEY_ID AUTH_MODE BYPASS COMPASS_HOST`;
const parameters = `
  Authorization X-Api-Key x-auth-token Cookie integration.request.header.X-Api-Key api_key X-Hub-Signature
  proxy-authorization`;
const noParameters = `
  Content-Type integration.request.header.Content-Type X-Request-Id method.request.path.id`;
const words = (text: string) => text.trim().split(/\s+/);

test.each([
  ['attribute', isSecretName, attributes, noAttributes],
  ['variable', isSecretVariable, variables, noVariables],
  ['parameter', isSecretParameter, parameters, noParameters],
])('the name of an %s tells whether it is a secret', (_of, isSecret, secrets, others) => {
  expect(words(secrets).filter((name) => !isSecret(name))).toEqual([]);
  expect(words(others).filter(isSecret)).toEqual([]);
});

test('under such a name, where the secret is or how it is used is no secret', () => {
  const none = ['', 'arn:aws:iam::111122223333:role/x', 'REQUIRED', 'minutes', 'true', '{{resolve:ssm:x}}'];
  expect(none.filter((value) => !isNoSecret(value))).toEqual([]);
  expect(['x', 'hunter2', 'requiredx', 'an arn:aws:x'].filter(isNoSecret)).toEqual([]);
});
