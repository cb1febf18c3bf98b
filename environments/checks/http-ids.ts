import { below, type Check, type Problem } from './check';
import { textOf, valueAt } from './reading';
import { shown } from './shown';

/**
 * Ids as the parameters of an HTTP API's integration can have them: text with a `$` would be read as a variable, and a
 * dot in the name of a header as a path.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 */
export const httpIdProblems: Check = (callback, field) =>
  ['messageGroupId', 'messageDeduplicationId'].flatMap((id): readonly Problem[] => {
    const source = valueAt(callback, 'queue', id);
    const at = (key: string) => ['queue', id, key].reduce<string>(below, field);
    const value = textOf(valueAt(source, 'value'));
    const name = textOf(valueAt(source, 'name'));
    return [
      ...(value?.includes('$')
        ? [
            {
              field: at('value'),
              value,
              rule: `must have no ${shown('$')}, with which HTTP APIs begin their variables: use another character`,
            },
          ]
        : []),
      ...(name?.includes('.')
        ? [
            {
              field: at('name'),
              value: name,
              rule: 'must have no dot, which HTTP APIs read as a path into the header: take another header, or receive the callback with callbackReceiver',
            },
          ]
        : []),
    ];
  });
