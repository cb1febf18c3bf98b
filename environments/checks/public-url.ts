import ipaddr from 'ipaddr.js';
import { type Check, type Rule, rule } from './check';
import { firstOf, matching } from './rules';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateApiDestination.html */
const urlRule: Rule = firstOf(
  (value) =>
    parsed(value)?.protocol === 'https:' && /^https:\/\/[^/]/i.test(String(value))
      ? undefined
      : 'must be an https:// URL: EventBridge delivers to no other',
  matching(/^.{1,2048}$/s, 'at most 2,048 characters'),
  (value) =>
    parsed(value)?.username || parsed(value)?.password || String(value).includes('@')
      ? 'must have no user name or password: put them into authorization, whose secret is a sensitive variable'
      : undefined,
  matching(/^[^#]*$/, 'without a fragment (#…), which is never sent'),
  matching(/^[^*]*$/, 'without *, which EventBridge would want to replace: write the path out'),
  matching(
    /^(?:%[0-9A-Fa-f]{2}|[-().!~';/?:@&=+$,\w])+$/,
    "made of letters, digits and -().!~';/?:&=+$,_: percent-encode others",
  ),
  (value) => hostRule(parsed(value)?.hostname ?? ''),
);

function hostRule(hostname: string): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const wanted = 'must have a host that EventBridge reaches from the internet';
  if (ipaddr.isValid(host)) {
    const range = ipaddr.parse(host).range();
    return range === 'unicast' ? undefined : `${wanted}: ${host} is a ${range} address`;
  }
  return !host.includes('.') || /\.(localhost|local|internal)$/.test(host)
    ? `${wanted}: ${host} is a name of a private network`
    : undefined;
}

const parsed = (value: unknown): URL | undefined =>
  typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;

/** Hides what may be a credential in a URL: what stands before an `@`, the query and the fragment. */
export const withoutCredentials = (url: string) => url.replace(/^.*@/s, '…@').replace(/([?#]).*$/s, '$1…');

/** An address that an API destination or a connection can call. */
export const publicUrl: Check = (value, field) =>
  rule(urlRule)(value, field).map((problem) => ({
    ...problem,
    value: typeof value === 'string' ? withoutCredentials(value) : value,
  }));
