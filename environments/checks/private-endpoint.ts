import type { CallbackReceiverSettings } from '../environment';
import { all, below, type Check, distinct, list, object, type Problem, rule } from './check';
import { valueAt } from './reading';
import { matching } from './rules';

type PrivateEndpoint = NonNullable<CallbackReceiverSettings['privateEndpoint']>;

const endpointRule = matching(
  /^vpce-([0-9a-f]{8}|[0-9a-f]{17})$/,
  'the id of an interface endpoint for execute-api, such as vpce-0123456789abcdef0',
);

export const privateEndpoint = object<PrivateEndpoint>({
  vpcEndpointIds: all(list(rule(endpointRule), 'at least one VPC endpoint', { atLeast: 1 }), distinct),
});

/** What a private API cannot have. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html */
export const fittingPrivateEndpoint: Check = (value, field) => {
  if (valueAt(value, 'privateEndpoint') === undefined) return [];
  const problem = (setting: string, text: string): Problem => ({
    field: below(field, setting),
    value: valueAt(value, setting),
    rule: text,
  });
  return [
    ...(valueAt(value, 'disableExecuteApiEndpoint') === true
      ? [
          problem(
            'disableExecuteApiEndpoint',
            "is true, and callers of a private API come through that address alone: leave it out, the address answers the API's VPC endpoints only",
          ),
        ]
      : []),
    ...(valueAt(value, 'domain') === undefined
      ? []
      : [
          problem(
            'domain',
            'is a regional domain, which does not serve private APIs: leave it out, or privateEndpoint',
          ),
        ]),
  ];
};
