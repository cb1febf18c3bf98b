import { maximumAttributes } from '../../constructs/api/send-message-template';
import { all, below, type Check, distinct, list, type Problem, rule } from './check';
import { standardAttributeNames } from './headers';
import { elements, valueAt } from './reading';
import { firstOf, matching } from './rules';

/** https://www.rfc-editor.org/rfc/rfc6838#section-4.2, in lower case, since API Gateway compares them as texts. */
const name = '[a-z0-9][a-z0-9!#$&^_.+-]{0,126}';

/** Text, whatever its registration says: its bodies are sent on as they are. */
const text = /^text\/|^application\/(?:json|xml|x-www-form-urlencoded|javascript|x-ndjson)$|\+(?:json|xml)$/;

/**
 * An API's binary media types hold for all of its callbacks: a text type among them would reach those that take it as
 * text in base64 too.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings.html
 */
const binaryType = firstOf(
  matching(
    new RegExp(`^${name}/${name}$`),
    'one media type in lower case, without parameters or wildcards, such as application/pdf',
  ),
  (type) =>
    typeof type === 'string' && text.test(type)
      ? 'is a type of text, which would be changed for every callback of the API: leave it out, or set contentTypes'
      : undefined,
);

export const binaryContentTypes = all(
  list(rule(binaryType), 'at least one media type', { atLeast: 1 }),
  distinct,
);

/** A message says of itself that it is base64, in one attribute more than others have. */
export const bodyEncodingProblems: Check = (callback, field): readonly Problem[] => {
  if (valueAt(callback, 'binaryContentTypes') === undefined) return [];
  const headers = elements(valueAt(callback, 'headerAttributes'));
  const most = maximumAttributes - standardAttributeNames.length - 1;
  const at = below(field, 'headerAttributes');
  return [
    ...(headers.length === most + 1
      ? [
          {
            field: at,
            value: valueAt(callback, 'headerAttributes'),
            rule: `must be a list of at most ${most} header attributes beside binaryContentTypes, since SQS takes ${maximumAttributes} attributes a message and bodyEncoding is one of them`,
          },
        ]
      : []),
    ...headers.flatMap((header, index) =>
      valueAt(header, 'attribute') === 'bodyEncoding'
        ? [
            {
              field: below(below(at, index), 'attribute'),
              value: 'bodyEncoding',
              rule: 'is what says of a message that its body is base64: use another name',
            },
          ]
        : [],
    ),
  ];
};
