import type { HeaderAttribute } from '../../constructs/api/callback-route';
import { maximumAttributes } from '../../constructs/api/send-message-template';
import { standardAttributes } from '../../constructs/api/standard-attributes';
import { all, below, type Check, list, object, optional, type Problem, type Rule, rule } from './check';
import { elements, repeats, textOf, valueAt } from './reading';
import { boolean, firstOf, matching } from './rules';

/** Headers that carry a credential: their values must not get into a queue, or into HCL. */
export const credentialHeaders = [
  'authorization',
  'cookie',
  'proxy-authorization',
  'x-amz-security-token',
  'x-api-key',
];

/** Headers about the transport of one request, which say nothing of the message and which proxies drop or rewrite. */
export const transportHeaders = [
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'range',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

export const isHeaderOf = (headers: readonly string[], value: unknown) =>
  typeof value === 'string' && headers.includes(value.toLowerCase());

/**
 * A request header that API Gateway can hand over. Its parameters take letters, digits and `._$-`; a `$` would be
 * Velocity's in the mapping template.
 */
export const requestHeaderRule: Rule = firstOf(
  matching(/^[A-Za-z0-9._-]{1,256}$/, 'the name of a request header: 1 to 256 letters, digits, ., _ and -'),
  (header) =>
    isHeaderOf(credentialHeaders, header)
      ? 'carries a credential, which would end up in the queue: take another header'
      : undefined,
  (header) =>
    isHeaderOf(transportHeaders, header)
      ? 'is about the transport, not the message, and may be dropped or rewritten on the way: take another header'
      : undefined,
);

/** The attributes that every message has already. */
export const standardAttributeNames = standardAttributes.map(({ name }) => name);

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
const attributeNameRule: Rule = firstOf(
  matching(
    /^(?!\.)(?!.*\.\.)[A-Za-z0-9_.-]{1,256}(?<!\.)$/,
    'the name of a message attribute: 1 to 256 letters, digits, _, - and single dots, none at the start or the end',
  ),
  matching(/^(?!aws\.|amazon\.)/i, 'a name that does not begin with AWS. or Amazon., which SQS reserves'),
  (name) =>
    standardAttributeNames.some((standard) => standard === name)
      ? 'is an attribute that every message has already: use another name'
      : undefined,
);

const mostHeaderAttributes = maximumAttributes - standardAttributeNames.length;

const distinct: Check = (value, field) => {
  const headers = elements(value).map((entry) => textOf(valueAt(entry, 'header')));
  const attributes = elements(value).map((entry) => textOf(valueAt(entry, 'attribute')));
  const problem = (index: number, first: number, key: 'header' | 'attribute', what: string): Problem => ({
    field: below(below(field, index), key),
    value: (key === 'header' ? headers : attributes)[index],
    rule: `is the ${what} of ${below(field, first)} too: leave one out`,
  });
  return [
    ...repeats(headers.map((header) => header?.toLowerCase())).map(({ index, first }) =>
      problem(index, first, 'header', 'header'),
    ),
    ...repeats(attributes).map(({ index, first }) => problem(index, first, 'attribute', 'attribute name')),
  ];
};

export const headerAttributes = all(
  list(
    object<HeaderAttribute>({
      header: rule(
        firstOf(requestHeaderRule, (header) =>
          isHeaderOf(['content-type'], header)
            ? 'is the attribute contentType of every message already: leave it out'
            : undefined,
        ),
      ),
      attribute: rule(attributeNameRule),
      required: optional(rule(boolean)),
    }),
    `at most ${mostHeaderAttributes} header attributes, since SQS takes ${maximumAttributes} attributes a message and ${standardAttributeNames.length} are taken`,
    { atMost: mostHeaderAttributes },
  ),
  distinct,
);
