import { all, below, type Check, distinct, list, type Problem, rule } from './check';
import { bodyFieldRule } from './queue-settings';
import { elements, valueAt } from './reading';
import { oneOf } from './rules';

const json = 'application/json';

export const contentTypes = all(
  list(rule(oneOf(json, 'application/x-www-form-urlencoded', 'text/plain')), 'at least one content type', {
    atLeast: 1,
  }),
  distinct,
);

/** HTTP APIs, whose callbacks have no schema, validate no bodies and take every content type. */
const validatesBodies = (callback: unknown) => valueAt(callback, 'schema') !== undefined;

/** Whether each body of the callback is JSON; nothing where that is not known. */
export const takesOnlyJson = (callback: unknown): boolean => {
  if (!validatesBodies(callback)) return false;
  const types = valueAt(callback, 'contentTypes');
  return (
    valueAt(callback, 'binaryContentTypes') === undefined &&
    (types === undefined || (elements(types).length > 0 && elements(types).every((type) => type === json)))
  );
};

/** Ids from the body: every body must have the field, as text, or SQS refuses the message. */
export const bodyFieldProblems: Check = (callback, field) =>
  ['messageGroupId', 'messageDeduplicationId'].flatMap((id) => {
    const source = valueAt(callback, 'queue', id);
    const name = valueAt(source, 'field');
    if (valueAt(source, 'from') !== 'body' || bodyFieldRule(name)) return [];
    const at = ['queue', id, 'field'].reduce<string>(below, field);
    return requiredField(callback, name as string, ['string'], at, 'the id is taken from there');
  });

/** What keeps `name` from being a field of one of these types in every body that the callback lets pass. */
export function requiredField(
  callback: unknown,
  name: string,
  types: readonly string[],
  field: string,
  reason: string,
): readonly Problem[] {
  const problem = (text: string): readonly Problem[] => [{ field, value: name, rule: text }];
  if (!validatesBodies(callback)) {
    return problem(
      `needs bodies that a schema validates, and the callback has none, as all of httpCallbackReceiver: receive it with callbackReceiver, since ${reason}`,
    );
  }
  if (!takesOnlyJson(callback)) {
    return problem(
      valueAt(callback, 'binaryContentTypes') === undefined
        ? `needs JSON bodies, and the callback takes others too: let its contentTypes be ${json} alone`
        : `needs JSON bodies, and the callback takes others too: leave out its binaryContentTypes, and let its contentTypes be ${json} alone`,
    );
  }
  const schema = valueAt(callback, 'schema');
  if (valueAt(schema, 'type') !== 'object') {
    return problem(
      `needs bodies that are objects: give the callback's schema type: 'object', since ${reason}`,
    );
  }
  if (!elements(valueAt(schema, 'required')).includes(name)) {
    return problem(`must be in required of the callback's schema, since ${reason}`);
  }
  const type = valueAt(schema, 'properties', name, 'type');
  const declared = typeof type === 'string' ? [type] : elements(type);
  if (declared.length === 0 || !declared.every((one) => types.includes(one as string))) {
    return problem(
      `must have type: ${types.map((one) => `'${one}'`).join(' or ')} in properties of the callback's schema, since ${reason}`,
    );
  }
  return [];
}
