import { below, type Problem, type Rule } from './check';
import { repeats } from './reading';
import { firstOf, matching } from './rules';

/** The path of a callback. */
export const pathRule: Rule = firstOf(
  matching(/^\/[^/]/, 'a path with its leading slash and at least one segment: /bizppurio/delivery-results'),
  matching(
    /^[^{}]*$/,
    'a fixed path: a path parameter {…} would never reach the message; write one callback a path, or have the sender put it into the body',
  ),
  matching(
    /^(\/[A-Za-z0-9._-]+)+$/,
    'segments of letters, digits, ., _ and - with single slashes between, without a slash at the end',
  ),
  matching(/^(?!.*\/\.\.?(\/|$))/, 'without the segments . and .., which clients resolve before they send'),
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
  matching(
    /^(?!\/s?ping(\/|$))/,
    'outside of /ping and /sping, which API Gateway keeps for its own health checks: begin with another segment',
  ),
);

/**
 * Paths that are there twice, and paths of which parts would get one name in Terraform: all but letters and digits
 * becomes `_`, a slash `__`.
 */
export function pathProblems(paths: readonly (string | undefined)[], field: string): readonly Problem[] {
  const sound = paths.map((path) => (pathRule(path) === undefined ? path : undefined));
  const at = (index: number) => below(below(field, index), 'path');
  const duplicates = repeats(sound);
  const taken = new Map<string, { part: string; index: number }>();
  const collisions = sound.flatMap((path, index): readonly Problem[] => {
    if (path === undefined) return [];
    const problems = partsOf(path).flatMap((part): readonly Problem[] => {
      const name = part
        .slice(1)
        .replaceAll('/', '__')
        .replace(/[^A-Za-z0-9]/g, '_');
      const other = taken.get(name);
      if (!other) taken.set(name, { part, index });
      if (!other || other.part === part) return [];
      return [
        {
          field: at(index),
          value: path,
          rule: `has ${part} where ${at(other.index)} has ${other.part}, and Terraform would call both ${name}: let them differ in letters or digits`,
        },
      ];
    });
    return problems.slice(0, 1);
  });
  return [
    ...duplicates.map(({ index, first }) => ({
      field: at(index),
      value: paths[index],
      rule: `is the path of ${below(field, first)} too: give each callback its own`,
    })),
    ...collisions,
  ];
}

/** `/a/b/c` → `/a`, `/a/b`, `/a/b/c`. */
const partsOf = (path: string) => {
  const segments = path.split('/').slice(1);
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
};
