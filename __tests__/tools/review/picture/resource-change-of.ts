import { type Change, stackPairs } from '../../../../tools/review/change';
import type { ResourceChange } from '../../../../tools/review/resources/resource-change';

/** A change of one resource, told by `<stack>/<address>`. */
export const resourceChange = (
  place: string,
  action: ResourceChange['action'] = 'change',
  paths: readonly string[] = ['x'],
): ResourceChange => {
  const [stackId = '', address = ''] = place.split('/');
  return {
    stackId,
    address,
    type: address.split('.')[0] ?? '',
    action,
    name: undefined,
    attributes: paths.map((path) => ({ path, before: 'a', after: 'b' })),
    forcedBy: [],
    planned: false,
  };
};

/** What comes and goes between the versions; what is in both is not looked into. */
export const comingAndGoing = (change: Change): readonly ResourceChange[] =>
  stackPairs(change).flatMap(({ id, base, head }) => {
    const [before, after] = [base, head].map(
      (stack) =>
        new Set(
          Object.entries(stack?.configuration.resource ?? {}).flatMap(([type, ofType]) =>
            Object.keys(ofType).map((name) => `${id}/${type}.${name}`),
          ),
        ),
    ) as [Set<string>, Set<string>];
    return [
      ...[...after].filter((place) => !before.has(place)).map((place) => resourceChange(place, 'add')),
      ...[...before].filter((place) => !after.has(place)).map((place) => resourceChange(place, 'destroy')),
    ];
  });
