import { below, type Check, type Problem } from './check';
import { isObject, repeats } from './reading';
import { shown } from './shown';

/** AWS takes fifty tags a resource, of which the stacks write two. */
const mostTags = 48;
const ownTags = ['environment', 'stack'];

/** What IAM takes, which is the strictest of the services in use. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;
const allowedCharacters = 'letters, digits, spaces and _.:/=+-@';

export const tags: Check = (value, field) => {
  if (!isObject(value)) {
    return [
      {
        field,
        value,
        rule: "must be an object of tags: { 'cost-center': 'messaging' }",
      },
    ];
  }
  const keys = Object.keys(value);
  return [
    ...(keys.length > mostTags
      ? [
          {
            field,
            value,
            rule: `are ${keys.length} tags; AWS takes 50 and the stacks add ${ownTags.join(' and ')}: leave out ${keys.length - mostTags}`,
          },
        ]
      : []),
    ...keys.flatMap((key) => tag(key, value[key], below(field, key))),
    // To IAM, keys that differ in case are one key.
    ...repeats(keys.map((key) => key.toLowerCase())).map(({ index, first }) => ({
      field: below(field, keys[index] ?? ''),
      value: value[keys[index] ?? ''],
      rule: `differs from the tag ${shown(keys[first])} only in case, which IAM does not tell apart: leave one out`,
    })),
  ];
};

function tag(key: string, value: unknown, field: string): readonly Problem[] {
  const problem = (rule: string) => [{ field, value, rule }];
  if (ownTags.includes(key.toLowerCase())) {
    return problem('is a tag that the stacks write themselves: use another key');
  }
  if (/^aws:/i.test(key))
    return problem('has a key beginning with aws:, which AWS reserves: use another key');
  if (key.length < 1 || key.length > 128 || !characters.test(key)) {
    return problem(`must have a key of 1 to 128 ${allowedCharacters}`);
  }
  if (typeof value !== 'string' || value.length > 256 || !characters.test(value)) {
    return problem(`must be a text of up to 256 ${allowedCharacters}`);
  }
  return [];
}
