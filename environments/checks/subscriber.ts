import type { Placement } from '../../constructs/iam/placement';
import type { HttpsAuthorization } from '../../constructs/pipe/https-subscriber';
import type { SubscriberSettings } from '../environment';
import { all, below, type Check, hidden, optional, type Rule, rule, tagged } from './check';
import { credentialHeaders, isHeaderOf, transportHeaders } from './headers';
import { functionArnRule } from './place';
import { publicUrl } from './public-url';
import { isObject, repeats, textOf, valueAt } from './reading';
import { firstOf, integer, matching, oneOf } from './rules';
import { shown } from './shown';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_HttpParameters.html */
const headerNameRule: Rule = firstOf(
  matching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,512}$/, 'a header name, a token without spaces and colons'),
  (name) =>
    isHeaderOf(transportHeaders, name)
      ? 'is a header that EventBridge sets itself for each delivery: leave it out'
      : undefined,
);

const headerValueRule = matching(
  /^(?=.*[!-~])[\t -~]{1,512}$/,
  '1 to 512 visible ASCII characters, spaces and tabs',
);

const headers: Check = (value, field) => {
  if (!isObject(value)) {
    return [{ field, value, rule: "must be an object of headers: { 'X-Source': 'messages' }" }];
  }
  const names = Object.keys(value);
  return [
    ...names.flatMap((name) => {
      const broken = headerNameRule(name) ?? credentialRule(name) ?? headerValueRule(value[name]);
      return broken === undefined ? [] : [{ field: below(field, name), value: value[name], rule: broken }];
    }),
    ...repeats(names.map((name) => name.toLowerCase())).map(({ index, first }) => ({
      field: below(field, names[index] ?? ''),
      value: value[names[index] ?? ''],
      rule: `is the header ${shown(names[first])} too, since case does not count: leave one out`,
    })),
  ];
};

const credentialRule: Rule = (name) =>
  isHeaderOf(credentialHeaders, name)
    ? 'carries a credential, which would be readable in the HCL: use authorization, whose secret is a sensitive variable'
    : undefined;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html */
const partOfCredential = (what: string) =>
  rule(matching(/^(?=.*[!-~])[ -~]{1,512}$/, `${what} of 1 to 512 visible ASCII characters`));

const authorization = tagged<HttpsAuthorization, 'kind'>('kind', {
  'api-key': { header: rule(headerNameRule) },
  basic: {
    username: all(
      partOfCredential('a user name'),
      rule((name) =>
        typeof name === 'string' && name.includes(':')
          ? 'must have no colon, which ends the user name in basic authorization'
          : undefined,
      ),
    ),
  },
  'oauth-client-credentials': {
    tokenUrl: publicUrl,
    clientId: partOfCredential('a client id'),
    scope: optional(partOfCredential('a scope')),
  },
});

/** What the connection sets wins over a header of the same name. */
const apiKeyHeaderOnlyOnce: Check = (value, field) => {
  const key = textOf(valueAt(value, 'authorization', 'header'))?.toLowerCase();
  const given = valueAt(value, 'headers');
  return Object.keys(isObject(given) ? given : {})
    .filter((name) => name.toLowerCase() === key && !credentialRule(name))
    .map((name) => ({
      field: below(below(field, 'headers'), name),
      value: valueAt(given, name),
      rule: 'is the header of the API key, which authorization sets: leave it out',
    }));
};

/** It names a field of any JSON object, and is handed to the function as an environment variable. */
const messageKeyFieldRule = matching(
  /^[A-Za-z_][A-Za-z0-9_.-]{0,127}$/,
  'a top-level field of the body whose name is letters, digits, _, - and ., starting with a letter or _',
);

export const subscriber = (home: Placement | undefined) =>
  all(
    tagged<SubscriberSettings, 'kind'>('kind', {
      https: {
        url: publicUrl,
        method: optional(rule(oneOf('POST', 'PUT', 'PATCH'))),
        authorization: hidden(authorization),
        rateLimitPerSecond: optional(rule(integer(1, 300, 'of deliveries'))),
        headers: optional(hidden(headers)),
      },
      lambda: { functionArn: rule(functionArnRule(home)) },
      's3-archive': { messageKeyField: optional(rule(messageKeyFieldRule)) },
    }),
    hidden(apiKeyHeaderOnlyOnce),
  );
