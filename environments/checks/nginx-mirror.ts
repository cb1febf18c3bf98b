import type { CallbackReceiverSettings } from '../environment';
import { versionOf } from './allow-list';
import {
  all,
  below,
  type Check,
  distinct,
  list,
  object,
  optional,
  type Problem,
  type Rule,
  rule,
} from './check';
import { elements, valueAt } from './reading';

/** nginx would look a name up itself, once, when it starts. https://nginx.org/en/docs/http/ngx_http_core_module.html#resolver */
const resolverRule: Rule = (value) =>
  typeof value === 'string' && versionOf(value)
    ? undefined
    : 'must be the IPv4 or IPv6 address of a DNS server, such as 169.254.169.253, without a port';

export const nginxMirror = object<NonNullable<CallbackReceiverSettings['nginxMirror']>>({
  resolvers: optional(
    all(list(rule(resolverRule), 'at least one address of a DNS server', { atLeast: 1 }), distinct),
  ),
});

/** Of the receiver as a whole: whether nginx has an address to send copies to, and may send any. */
export const mirrored: Check = (value, field) => {
  const settings = valueAt(value, 'nginxMirror');
  if (settings === undefined) return [];
  const problem = (text: string): Problem => ({
    field: below(field, 'nginxMirror'),
    value: settings,
    rule: text,
  });
  const callbacks = elements(valueAt(value, 'callbacks'));
  const unsigned = callbacks.filter((one) => valueAt(one, 'authorization', 'kind') !== 'aws-iam');
  return [
    ...(valueAt(value, 'disableExecuteApiEndpoint') === true ? noAddress(value).map(problem) : []),
    ...(callbacks.length > 0 && unsigned.length === 0
      ? [
          problem(
            'has nothing to mirror: requests to callbacks with the authorization aws-iam are signed for the host that they are sent to; leave it out',
          ),
        ]
      : []),
  ];
};

function noAddress(value: unknown): readonly string[] {
  const domain = valueAt(value, 'domain');
  if (domain === undefined) {
    return ['needs an address of the API: give it a domain, or leave out disableExecuteApiEndpoint'];
  }
  return valueAt(domain, 'mutualTls') === undefined
    ? []
    : [
        'would have to show the certificate that domain.mutualTls asks for: leave out disableExecuteApiEndpoint for as long as nginx mirrors',
      ];
}
