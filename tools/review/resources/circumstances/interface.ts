import type { ReviewedStack } from '../../change';
import { differences } from '../differences';
import type { Fact } from '../found-change';
import { fields } from '../record';

/** What is given to a stack and what it gives: variables and outputs. */
export const interfaceFacts = (base: ReviewedStack, head: ReviewedStack): readonly Fact[] => [
  ...outputFacts(base, head),
  ...variableFacts(base, head),
];

function outputFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  const [before, after] = [fields(base.configuration.output), fields(head.configuration.output)];
  const names = (of: Readonly<Record<string, unknown>>) => Object.keys(of);
  const gone = names(before).filter((name) => !Object.hasOwn(after, name));
  const added = names(after).filter((name) => !Object.hasOwn(before, name));
  const changed = names(after).filter(
    (name) =>
      Object.hasOwn(before, name) &&
      differences(fields(before[name]).value, fields(after[name]).value).length > 0,
  );
  return [
    ...fact(gone, 'attention', (what) => `no longer gives the ${what}`, 'whatever reads it breaks'),
    ...fact(added, undefined, (what) => `gives the new ${what}`),
    ...fact(changed, undefined, (what) => `gives other values as the ${what}`),
  ];
}

function variableFacts(base: ReviewedStack, head: ReviewedStack): readonly Fact[] {
  const [before, after] = [fields(base.configuration.variable), fields(head.configuration.variable)];
  const needed = Object.entries(after).flatMap(([name, variable]) =>
    Object.hasOwn(before, name) || 'default' in fields(variable) ? [] : [name],
  );
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return [
    ...fact(
      needed,
      'attention',
      (what) => `needs a value of the new ${what}`,
      'a run without one stops',
      'variable',
    ),
    ...fact(gone, undefined, (what) => `no longer asks for the ${what}`, undefined, 'variable'),
  ];
}

function fact(
  names: readonly string[],
  level: Fact['level'],
  text: (what: string) => string,
  detail?: string,
  noun = 'output',
): readonly Fact[] {
  const what = `${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`;
  return names.length === 0 ? [] : [{ level, text: text(what), ...(detail !== undefined && { detail }) }];
}
