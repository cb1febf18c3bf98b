import { maximumAttributes } from '../../constructs/api/send-message-template';
import { signedBodyAttribute } from '../../constructs/api/standard-attributes';
import type { Placement } from '../../constructs/iam/placement';
import type { CallbackAuthorization } from '../environment';
import { below, type Check, type Checks, hidden, optional, rule } from './check';
import { standardAttributeNames } from './headers';
import { ownKeyArnRule, secretArnRule } from './place';
import { elements, textOf, valueAt } from './reading';
import { integer } from './rules';

/** Someone may have put the secret itself there. */
const hiddenUnlessArn =
  (check: Check): Check =>
  (value, field) =>
    (textOf(value)?.startsWith('arn:') ? check : hidden(check))(value, field);

export const hmacAuthorization = (
  home: Placement | undefined,
): Checks<Omit<Extract<CallbackAuthorization, { readonly kind: 'hmac' }>, 'kind'>> => ({
  secretArn: hiddenUnlessArn(rule(secretArnRule(home))),
  keyArn: optional(rule(ownKeyArnRule(home))),
  toleranceSeconds: optional(rule(integer(1, 900, 'of seconds'))),
});

/** The digest travels as an attribute of its own, which leaves room for one header less. */
export const signedBodyProblems: Check = (callback, field) => {
  if (valueAt(callback, 'authorization', 'kind') !== 'hmac') return [];
  const attributes = valueAt(callback, 'headerAttributes');
  const at = below(field, 'headerAttributes');
  const most = maximumAttributes - standardAttributeNames.length - 1;
  return [
    ...(elements(attributes).length === most + 1
      ? [
          {
            field: at,
            value: attributes,
            rule: `must be at most ${most} beside ${signedBodyAttribute.name}, which signed requests have: SQS takes ${maximumAttributes} attributes a message`,
          },
        ]
      : []),
    ...elements(attributes).flatMap((attribute, index) =>
      textOf(valueAt(attribute, 'attribute')) === signedBodyAttribute.name
        ? [
            {
              field: below(below(at, index), 'attribute'),
              value: signedBodyAttribute.name,
              rule: 'is the attribute with the digest that was signed: use another name',
            },
          ]
        : [],
    ),
  ];
};
