import { flagOf, textOf, valueAt } from '../reading/fields';
import { means, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';

const authorizationOf = (method: RuleResource) => textOf(method, 'authorization') ?? 'NONE';

export const isAuthorized = (method: RuleResource): boolean =>
  authorizationOf(method) !== 'NONE' || flagOf(method, 'api_key_required') === true;

export const restMethodAuthorization: Rule = {
  id: 'rest-method-authorization',
  title: 'A method asks its callers who they are',
  scanners: [
    'CKV_AWS_59',
    'AWS-0004',
    'AwsSolutions-APIG4',
    'KICS API Gateway Without Configured Authorizer',
  ],
  protects:
    'Whoever comes from an address of the allow-list may call, and nothing tells one caller from another.',
  fix:
    'set callbackReceiver.callbacks[].authorization or .apiKey; senders that know neither keys nor ' +
    'signatures are guarded by their allowList',
  differs: 'OPTIONS is exempt, as in checkov: browsers ask it without credentials.',
  types: ['aws_api_gateway_method'],
  problems: (method) =>
    when(
      textOf(method, 'http_method') !== 'OPTIONS' && !isAuthorized(method),
      `authorization is ${authorizationOf(method)}, and no API key is required`,
    ),
};

export const restMethodValidator: Rule = {
  id: 'rest-method-validator',
  title: 'A method validates bodies and parameters before it takes a request',
  scanners: ['CKV2_AWS_53', 'AwsSolutions-APIG2'],
  protects:
    'Requests that the consumer cannot read are queued, tried until they are given up, and end as dead ' +
    'letters.',
  fix:
    'constructs/api/callback-route.ts sets the API’s validator; callbacks[].schema is what bodies must ' +
    'satisfy',
  differs: 'OPTIONS is exempt: it has no body.',
  types: ['aws_api_gateway_method'],
  problems(method) {
    if (textOf(method, 'http_method') === 'OPTIONS') return [];
    const id = valueAt(method, 'request_validator_id');
    if (id === undefined) return ['it has no request validator'];
    const validator = method.stack
      .resources('aws_api_gateway_request_validator')
      .find((candidate) => means(id, candidate));
    if (!validator) return ['its request validator is none of the stack'];
    return ['validate_request_body', 'validate_request_parameters'].flatMap((attribute) =>
      when(flagOf(validator, attribute) !== true, `its validator has ${attribute} false`),
    );
  },
};
