import type { Plan } from '../../../plan/plan';
import { listOf } from './evaluated';

/**
 * All that an expression which cannot be resolved depends on, as text: two versions of it mean the same where
 * this is the same, and may mean something else where it is not.
 */
export function unresolved(plan: Plan, written: unknown): string {
  const seen = new Set<string>();
  const visit = (value: unknown): readonly string[] => {
    const text = JSON.stringify(value) ?? '';
    return [
      text,
      ...[...text.matchAll(reference)].flatMap(([name]) => {
        if (seen.has(name)) return [];
        seen.add(name);
        const meant = referred(plan, name);
        return meant === undefined ? [] : [`${name} = `, ...visit(meant)];
      }),
    ];
  };
  return visit(written).join('\n');
}

const reference = /\b(?:data\.[a-z]\w*\.[\w-]+|(?:local|var)\.[\w-]+|[a-z]\w*\.[A-Za-z_][\w-]*\.[a-z]\w*)/g;

function referred({ configuration }: Plan, name: string): unknown {
  const [first = '', second = '', third = ''] = name.split('.');
  if (first === 'local') {
    return listOf(configuration.locals)
      .map((block) => (block as Readonly<Record<string, unknown>>)[second])
      .find((value) => value !== undefined);
  }
  if (first === 'var') return configuration.variable?.[second];
  if (first === 'data') return configuration.data?.[second]?.[third];
  return (configuration.resource?.[first]?.[second] as Readonly<Record<string, unknown>> | undefined)?.[
    third
  ];
}
