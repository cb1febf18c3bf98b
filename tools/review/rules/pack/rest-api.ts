import { coversAction, coversResource, isBroad, isOpen, namesAll, namesEveryone } from '../reading/exposure';
import { blocksOf, flagOf, numberOf, textOf, textsOf, valueAt } from '../reading/fields';
import { type PolicyStatement, policiesOf } from '../reading/statements';
import { means, type RuleResource } from '../reading/system';
import { type Rule, when } from '../rule';
import { isAuthorized } from './rest-method';

const restApi = ['aws_api_gateway_rest_api'];

const policies = (api: RuleResource) =>
  policiesOf(api, { attribute: 'policy', type: 'aws_api_gateway_rest_api_policy', link: 'rest_api_id' });

/** Resources of the API's stack that belong to it. */
export const partsOf = (api: RuleResource, type: string): readonly RuleResource[] =>
  api.stack.resources(type).filter((part) => means(valueAt(part, 'rest_api_id'), api));

const isPrivate = (api: RuleResource) =>
  blocksOf(api, 'endpoint_configuration').some((endpoint) => textsOf(endpoint, 'types').includes('PRIVATE'));

/** An Allow for everyone is taken only with a condition that says who everyone is. */
export const restApiAllowList: Rule = {
  id: 'rest-api-allow-list',
  title: 'A REST API lets in callers of an allow-list only',
  scanners: ['CKV_AWS_283', 'KICS API Gateway Endpoint Config is Not Private'],
  protects: 'Without one, everyone on the internet may put messages on the queue.',
  fix: 'give each callback an allowList of the sender’s addresses: callbackReceiver.callbacks[].allowList',
  differs:
    'KICS wants a private endpoint. Senders outside AWS cannot reach one, so a regional endpoint is taken ' +
    'where its ' +
    'policy names the addresses that may call, or every method asks for authorization. Blocks that ' +
    'together are wider ' +
    'than /8, or /32 of IPv6, count as no list at all.',
  types: restApi,
  problems(api) {
    const found = policies(api);
    if (found.length === 0 && !isPrivate(api)) {
      const methods = partsOf(api, 'aws_api_gateway_method');
      const open = methods.length === 0 || !methods.every(isAuthorized);
      return when(open, 'it has no resource policy: every address may call it');
    }
    return found
      .flat()
      .filter(isOpen)
      .map(({ called }) => `${called} of its policy allows every caller`);
  },
};

/** On the internet, and in the VPC of an endpoint. */
const addressKeys = ['aws:sourceip', 'aws:vpcsourceip'];

const addresses = ({ conditions }: PolicyStatement, operator: string) =>
  conditions.filter((condition) => condition.operator === operator && addressKeys.includes(condition.key));

/** An Allow alone does not hold where another policy, of the caller's own account, allows too. */
export const restApiDeny: Rule = {
  id: 'rest-api-deny-others',
  title: 'What a REST API allows to addresses it denies to all others',
  scanners: [],
  protects:
    'An Allow by address is one of several that may let a request in; only a Deny cannot be overruled, ' +
    'when methods ' +
    'are authorized by IAM or statements are added.',
  fix: 'constructs/api/allow-list.ts writes both statements of each list',
  types: restApi,
  problems: (api) =>
    policies(api).flatMap((statements) => {
      const denials = statements.filter(
        (statement) =>
          statement.effect === 'Deny' &&
          namesAll(statement) &&
          coversAction(statement, 'execute-api:Invoke') &&
          statement.conditions.length === 1 &&
          addresses(statement, 'NotIpAddress').some(({ values }) => !isBroad(values)),
      );
      return statements
        .filter(
          (statement) =>
            statement.effect === 'Allow' &&
            namesEveryone(statement) &&
            addresses(statement, 'IpAddress').length > 0,
        )
        .flatMap(({ called, resources }) =>
          resources
            .filter((resource) => !denials.some((denial) => coversResource(denial, resource)))
            .map(
              (resource) =>
                `${called} of its policy allows addresses without a Deny for all others on ${resource}`,
            ),
        );
    }),
};

export const restApiReplacement: Rule = {
  id: 'rest-api-replaced-without-gap',
  title: 'A REST API is replaced by its successor before it is destroyed',
  scanners: ['CKV_AWS_237'],
  protects: 'Otherwise callers get errors from the moment the old API is gone until the new one is there.',
  fix: 'constructs/api/callback-api.ts sets lifecycle.createBeforeDestroy',
  types: restApi,
  problems: (api) => createsBeforeDestroying(api),
};

export const createsBeforeDestroying = (resource: RuleResource): readonly string[] =>
  when(
    !blocksOf(resource, 'lifecycle').some((lifecycle) => flagOf(lifecycle, 'create_before_destroy')),
    'its lifecycle has no create_before_destroy: it is destroyed first when it is replaced',
  );

/** Types of integration that hand a backend's answer of any size to the caller. */
const passing = ['HTTP', 'HTTP_PROXY', 'AWS_PROXY'];

export const restApiCompression: Rule = {
  id: 'rest-api-compression',
  title: 'A REST API compresses the long answers of its backends',
  scanners: ['KICS API Gateway With Invalid Compression'],
  protects: 'Long answers that are not compressed cost time and traffic.',
  fix: 'set minimumCompressionSize in constructs/api/callback-api.ts, from 0 to 10485760',
  differs:
    'It concerns APIs that hand on what a backend answers (integrations of type HTTP, HTTP_PROXY and ' +
    'AWS_PROXY). Answers ' +
    'that a response template makes are a few hundred bytes long, and the setting also makes API Gateway ' +
    'unpack bodies ' +
    'that callers send compressed.',
  types: restApi,
  problems(api) {
    const hands = partsOf(api, 'aws_api_gateway_integration').filter((integration) =>
      passing.includes(textOf(integration, 'type') ?? ''),
    );
    const size = numberOf(api, 'minimum_compression_size') ?? -1;
    return when(
      hands.length > 0 && (size < 0 || size > 10_485_760),
      `minimum_compression_size is ${size}: answers of its backends are not compressed`,
    );
  },
};

export const restApiUsagePlan: Rule = {
  id: 'rest-api-usage-plan',
  title: 'Where API keys are asked for, a usage plan limits them',
  scanners: ['KICS API Gateway Deployment Without API Gateway UsagePlan Associated'],
  protects: 'A key without a usage plan lets nobody in, or in another stage without any limit.',
  fix: 'callbackReceiver.callbacks[].apiKey makes a key and a usage plan; take api_key_required off other methods',
  types: restApi,
  problems(api) {
    const asks = partsOf(api, 'aws_api_gateway_method').some((method) => flagOf(method, 'api_key_required'));
    const planned = api.stack
      .resources('aws_api_gateway_usage_plan')
      .flatMap((plan) => blocksOf(plan, 'api_stages'))
      .some((stage) => means(valueAt(stage, 'api_id'), api));
    return when(asks && !planned, 'its methods ask for API keys, and no usage plan has a stage of it');
  },
};
