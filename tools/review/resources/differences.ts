import { statementsOf } from '../../iam/policy-difference';
import { type Fields, isFields } from './record';

/** A place where two values differ; what is not there is undefined. */
export interface Difference {
  /** Names, and the indexes of blocks where there are several. */
  readonly path: readonly (string | number)[];
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Where two values differ, as deep as both go on. Texts that are JSON are compared as what they say, and policies by
 * their statements. Null is nothing, and a list of one block is that block.
 */
export function differences(
  before: unknown,
  after: unknown,
  path: readonly (string | number)[] = [],
): readonly Difference[] {
  if (before === after) return [];
  const [from, to] = [opened(before, after), opened(after, before)];
  if (isFields(from) && isFields(to)) {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((name) =>
      differences(own(from, name), own(to, name), [...path, name]),
    );
  }
  const [blocksBefore, blocksAfter] = [blocks(from), blocks(to)];
  if (blocksBefore && blocksAfter) {
    return Array.from({ length: Math.max(blocksBefore.length, blocksAfter.length) }, (_, index) =>
      differences(blocksBefore[index], blocksAfter[index], [...path, index]),
    ).flat();
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, before: from, after: to }];
}

/** A key may be called as what every object has. */
const own = (of: Fields, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

function opened(value: unknown, other: unknown): unknown {
  if (value === null) return undefined;
  if (typeof value === 'string') return typeof other === 'string' || other == null ? parsed(value) : value;
  if (Array.isArray(value) && value.length === 1 && isFields(value[0])) {
    return Array.isArray(other) && other.length > 1 ? value : value[0];
  }
  return value;
}

/** A block beside several of them is the first of one. */
function blocks(value: unknown): readonly unknown[] | undefined {
  if (isFields(value)) return [value];
  return Array.isArray(value) && value.length > 0 && value.every(isFields) ? value : undefined;
}

/** Only what looks like it is tried: most texts are none. */
function parsed(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    const value: unknown = JSON.parse(text);
    return isFields(value) && 'Statement' in value ? byStatement(text, value) : value;
  } catch {
    return text;
  }
}

/** Statements by their ids, each in one form; those without an id of their own by their place. */
function byStatement(json: string, policy: Fields): unknown {
  const written = [policy.Statement].flat();
  const statements = new Map<string, unknown>();
  for (const [index, statement] of statementsOf(json).entries()) {
    const { Sid: sid } = written[index] as Fields;
    const id = typeof sid === 'string' && sid !== '' && !statements.has(sid) ? sid : `statement ${index + 1}`;
    statements.set(id, statement);
  }
  return { Version: policy.Version, ...Object.fromEntries(statements) };
}
