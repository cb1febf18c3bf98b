import { writeExpression } from './expression';
import { entries, isObject } from './json';
import type { Position } from './language';
import { alignedLines, indent, type Lines } from './layout';
import { at, below, HclError, type Place } from './problem';
import { expressionTokens, templateParts } from './scan';
import { writeList, writeValue } from './value';

/** A name or expression that stands as a string in JSON; `${…}` around it, which HCL would not take, goes. */
function writeBare(text: string, place: Place): string {
  return at(place, () => {
    const [part, ...others] = text.startsWith('${') ? templateParts(text) : [];
    const tokens =
      part?.kind === 'sequence' && others.length === 0 ? part.tokens.slice(1, -1) : expressionTokens(text);
    if (tokens.length === 0)
      throw new HclError(place, 'a name or an expression is needed, but the string is empty.');
    return writeExpression(tokens);
  });
}

function writeBareValue(value: unknown, place: Place, column: number): Lines {
  if (typeof value === 'string') return [writeBare(value, place)];
  if (!Array.isArray(value)) return writeValue(value, 'plain', place, column);
  const items = value.map((item, index) => writeBareValue(item, below(place, index), column + 2));
  return writeList(items, value, column);
}

function writeProviders(value: unknown, place: Place, column: number): Lines {
  if (!isObject(value)) return writeBareValue(value, place, column);
  const assignments = entries(value).map(([name, provider]) => ({
    key: writeBare(name, below(place, name)),
    value: writeBareValue(provider, below(place, name), column),
  }));
  return assignments.length === 0 ? ['{}'] : ['{', ...indent(alignedLines(assignments)), '}'];
}

function writeRequirement(value: unknown, place: Place, column: number): Lines {
  if (!isObject(value)) return writeValue(value, 'plain', place, column);
  const items = entries(value).sort(
    ([left], [right]) => Number(right === 'source') - Number(left === 'source'),
  );
  const assignments = items.map(([key, item]) => ({
    key,
    value:
      key === 'configuration_aliases'
        ? writeBareValue(item, below(place, key), column + key.length + 5)
        : writeValue(item, 'plain', below(place, key), column + key.length + 5, key),
  }));
  return assignments.length === 0 ? ['{}'] : ['{', ...indent(alignedLines(assignments)), '}'];
}

/** A value as the right side of an argument, read as its position in Terraform's language asks. */
export function writeAt(
  position: Position,
  key: string,
  value: unknown,
  place: Place,
  column: number,
): Lines {
  switch (position) {
    case 'template':
    case 'plain':
      return writeValue(value, position, place, column, key);
    case 'bare':
      return writeBareValue(value, place, column);
    case 'providers':
      return writeProviders(value, place, column);
    case 'requirement':
      return writeRequirement(value, place, column);
  }
}
