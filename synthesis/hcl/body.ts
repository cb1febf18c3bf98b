import { isObject } from './json';
import { BACKENDS, type BlockRule, type BodyRule, type Position } from './language';
import { type Assignment, alignedLines, block, type Lines, paragraphs } from './layout';
import { writeAt } from './positions';
import { below, HclError, type Place } from './problem';
import { LEADING_ARGUMENTS, LEADING_BLOCKS } from './reading-order';
import type { Schema } from './schema';
import { type JsonBlock, unpackBlocks } from './unpack';

const CONTENT: BodyRule = { attributes: {}, others: 'schema' };
const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** A nested block under the key that decides where it stands. */
interface NestedBlock {
  readonly key: string;
  readonly lines: Lines;
}

/** `resource "aws_sqs_queue" "orders"`. */
export function header(type: string, labels: readonly string[]): string {
  return [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
}

function sortedBy(order: readonly string[]): (left: string, right: string) => number {
  const positions = new Map([...new Set(order)].map((key, index) => [key, index]));
  const position = (key: string) => positions.get(key) ?? order.length;
  return (left, right) => position(left) - position(right);
}

/** Whether a key of a provider's body is an argument, blocks, or nothing at all. */
function schemaKind(
  schema: Schema,
  key: string,
  value: unknown,
  place: Place,
): 'argument' | 'blocks' | 'nothing' {
  const objects = isObject(value) || (Array.isArray(value) && value.length > 0 && value.every(isObject));
  const emptyList = Array.isArray(value) && value.length === 0;
  // In a provider's body null is how JSON leaves an argument out.
  if (value === null) return 'nothing';
  const kind = schema.kind(key, !objects);
  if (kind === 'attribute') return 'argument';
  if (kind === 'attribute-as-block') return objects ? 'blocks' : 'argument';
  if (kind === 'block') return 'blocks';
  if (!objects && !emptyList) return 'argument';
  throw new HclError(
    place,
    'nothing tells whether this is an argument or nested blocks, which HCL writes differently. Set it through the ' +
      "construct's own properties, or give `{ value, isBlock }` for it in its class's synthesizeHclAttributes().",
  );
}

function writeDynamic(value: unknown, schema: Schema, place: Place, column: number): readonly NestedBlock[] {
  return unpackBlocks(value, 1, place).map(({ labels: [label = ''], body, place: inner }) => {
    const rule: BodyRule = {
      attributes: { for_each: 'template', iterator: 'bare', labels: 'template' },
      blocks: { content: { labels: 0, body: CONTENT, schemaFrom: 'around' } },
      others: 'template',
    };
    return {
      key: label,
      lines: block(header('dynamic', [label]), writeBody(body, rule, schema.below(label), inner, column + 2)),
    };
  });
}

/** The schema inside a nested block. */
function within(schema: Schema, key: string, { schemaFrom }: BlockRule, labels: readonly string[]): Schema {
  if (schemaFrom === 'type') return schema.ofType(key, labels[0] ?? '');
  return schemaFrom === 'around' ? schema : schema.below(key);
}

function writeBlocks(
  key: string,
  blocks: readonly JsonBlock[],
  rule: BlockRule,
  schema: Schema,
  column: number,
): NestedBlock[] {
  return blocks.map(({ labels, body, place }) => {
    const bodyRule = key === 'backend' ? (BACKENDS[labels[0] ?? ''] ?? rule.body) : rule.body;
    return {
      key,
      lines: block(
        header(key, labels),
        writeBody(body, bodyRule, within(schema, key, rule, labels), place, column + 2),
      ),
    };
  });
}

/**
 * The lines inside a block: meta-arguments, arguments, the provider's blocks, Terraform's own blocks, dependencies.
 *
 * @param column where the lines will begin
 */
export function writeBody(
  body: Readonly<Record<string, unknown>>,
  rule: BodyRule,
  schema: Schema,
  place: Place,
  column: number,
): Lines {
  const blocks: NestedBlock[] = [];
  const assignments = new Map<string, Assignment>();
  for (const [key, value] of Object.entries(body)) {
    if (key === '//' || value === undefined) continue;
    const inner = below(place, key);
    const ruleOfBlock = rule.blocks?.[key];
    if (ruleOfBlock !== undefined) {
      blocks.push(
        ...writeBlocks(key, unpackBlocks(value, ruleOfBlock.labels, inner), ruleOfBlock, schema, column),
      );
      continue;
    }
    let position: Position | undefined = rule.attributes[key];
    if (position === undefined && rule.others === 'schema') {
      if (key === 'dynamic') {
        blocks.push(...writeDynamic(value, schema, inner, column));
        continue;
      }
      const kind = schemaKind(schema, key, value, inner);
      if (kind === 'blocks') {
        blocks.push(
          ...writeBlocks(key, unpackBlocks(value, 0, inner), { labels: 0, body: CONTENT }, schema, column),
        );
      }
      if (kind !== 'argument') continue;
      position = 'template';
    }
    if (!IDENTIFIER.test(key))
      throw new HclError(inner, 'an argument needs a name of letters, digits, "_" and "-".');
    assignments.set(key, {
      key,
      value: writeAt(position ?? (rule.others as Position), key, value, inner, column + key.length + 3),
    });
  }
  const first = (rule.first ?? []).filter((key) => assignments.has(key));
  const rest = [...assignments.keys()]
    .filter((key) => !first.includes(key) && key !== 'depends_on')
    .sort(sortedBy([...Object.keys(rule.attributes), ...LEADING_ARGUMENTS, ...schema.order]));
  const last = assignments.has('depends_on') ? ['depends_on'] : [];
  const lines = (keys: readonly string[]) => alignedLines(keys.flatMap((key) => assignments.get(key) ?? []));
  const ownBlocks = Object.keys(rule.blocks ?? {});
  const providerBlocks = [...LEADING_BLOCKS, ...schema.order, ...blocks.map(({ key }) => key)].filter(
    (key) => !ownBlocks.includes(key),
  );
  const order = sortedBy([...new Set(providerBlocks), ...ownBlocks]);
  const sorted = [...blocks].sort((left, right) => order(left.key, right.key));
  return paragraphs([lines(first), lines(rest), ...sorted.map((nested) => nested.lines), lines(last)]);
}
