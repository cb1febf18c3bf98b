import type { TerraformStack } from 'cdktf';
import { header, writeBody } from './body';
import { address, type Contribution, contributions, pathInStack, Schemas } from './elements';
import { commentText } from './escapes';
import { entries, isObject } from './json';
import { LANGUAGE } from './language';
import { block as bracedBlock, type Lines, paragraphs } from './layout';
import { HclError, type Place } from './problem';
import { type JsonBlock, unpackBlocks } from './unpack';

/** Sections in the order of the story; blocks of one group stand in the order of the construct tree. */
const SECTION_GROUPS: readonly (readonly string[])[] = [
  ['terraform'],
  ['provider'],
  ['variable'],
  ['locals'],
  ['data', 'resource', 'ephemeral', 'module'],
  ['moved', 'import', 'removed', 'check'],
  ['output'],
];

/** Sections whose blocks say which construct they come from. */
const WITH_PATH: ReadonlySet<string> = new Set(['data', 'resource', 'ephemeral', 'module']);

/** A block of the configuration with the elements that it comes from. */
interface FoundBlock {
  readonly section: string;
  readonly json: JsonBlock;
  readonly found: readonly Contribution[];
  /** Where its first element stands in the construct tree. */
  readonly order: number;
}

function groupByAddress(found: readonly Contribution[]): ReadonlyMap<string, readonly Contribution[]> {
  const groups = new Map<string, Contribution[]>();
  for (const contribution of found) {
    const group = groups.get(contribution.address);
    if (group) group.push(contribution);
    else groups.set(contribution.address, [contribution]);
  }
  return groups;
}

/** The blocks of a section; where several share an address, as providers do, each element made one of them. */
function findBlocks(
  section: string,
  value: unknown,
  stack: TerraformStack,
  found: readonly Contribution[],
): FoundBlock[] {
  const labels = LANGUAGE[section]?.labels;
  const place: Place = { construct: `stack ${stack.node.path}`, keys: [section] };
  if (labels === undefined) {
    throw new HclError(place, `Terraform has no such block; there are ${Object.keys(LANGUAGE).join(', ')}.`);
  }
  const byAddress = groupByAddress(found);
  const position = new Map([...byAddress.keys()].map((key, index) => [key, index]));
  const blocks = unpackBlocks(value, labels, place);
  const shared = groupSizes(blocks.map((json) => address(section, json.labels)));
  const taken = new Map<string, number>();
  return blocks.map((json) => {
    const key = address(section, json.labels);
    const candidates = byAddress.get(key) ?? [];
    const index = taken.get(key) ?? 0;
    taken.set(key, index + 1);
    return {
      section,
      json,
      found: (shared.get(key) ?? 0) > 1 ? candidates.slice(index, index + 1) : candidates,
      order: position.get(key) ?? found.length,
    };
  });
}

function groupSizes(keys: readonly string[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return sizes;
}

/** Names the element at fault in a block that several elements share, as locals do. */
function blame(error: unknown, { json, found }: FoundBlock): unknown {
  if (!(error instanceof HclError) || found.length < 2) return error;
  const keys = error.place.keys.slice(json.place.keys.length);
  const culprit = found.find(({ metadata }) => keys[0] !== undefined && keys[0] in metadata);
  return culprit ? new HclError({ construct: culprit.element.node.path, keys }, error.rule) : error;
}

function writeBlock(block: FoundBlock, stack: TerraformStack, schemas: Schemas): Lines {
  const { section, json, found } = block;
  const rule = LANGUAGE[section];
  if (rule === undefined) return [];
  const [first] = found;
  const place =
    first !== undefined && found.length === 1 ? { construct: first.element.node.path, keys: [] } : json.place;
  try {
    const body = writeBody(json.body, rule.body, schemas.of(section, json.labels[0] ?? '', found), place, 2);
    const lines = bracedBlock(header(section, json.labels), body);
    const path =
      WITH_PATH.has(section) && first !== undefined
        ? [`# ${commentText(pathInStack(stack, first.element))}`]
        : [];
    return [...path, ...lines];
  } catch (error) {
    throw blame(error, block);
  }
}

/** The metadata that the CDKTF CLI reads beside the configuration, as `TerraformStack` itself gives it. */
function metadataOf(
  json: Readonly<Record<string, unknown>>,
  blocks: readonly FoundBlock[],
): Record<string, unknown> {
  const sections = blocks
    .filter(({ section, found }) => WITH_PATH.has(section) && found.length > 0)
    .map(({ section, json: { labels, body } }) =>
      [section, ...labels].reduceRight<unknown>((inner, key) => ({ [key]: inner }), { '//': body['//'] }),
    );
  const metadata = sections.reduce<Record<string, unknown>>(
    (merged, one) => merge(merged, one as object),
    {},
  );
  return {
    '//': json['//'],
    ...metadata,
    ...(json.terraform === undefined ? {} : { terraform: json.terraform }),
  };
}

/** Adds what is new in `source` to `target`, level by level. */
function merge(target: Record<string, unknown>, source: object): Record<string, unknown> {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (isObject(present) && isObject(value)) merge(present, value);
    else target[key] = value;
  }
  return target;
}

/**
 * A stack as HCL that Terraform reads as it reads the stack's JSON, and the metadata that belongs beside it.
 *
 * Values are those of `toTerraform()`; which keys are nested blocks is taken from the elements' `toHclTerraform()`.
 * Throws an `HclError` naming the construct and the attribute where HCL could not say the same.
 */
export function renderStack(stack: TerraformStack): { hcl: string; metadata: Record<string, unknown> } {
  const json: Record<string, unknown> = stack.toTerraform();
  const found = contributions(stack);
  const schemas = new Schemas(found);
  const blocks = entries(json)
    .filter(([section]) => section !== '//')
    .flatMap(([section, value]) => findBlocks(section, value, stack, found));
  const groups = SECTION_GROUPS.flatMap((sections) =>
    blocks
      .filter(({ section }) => sections.includes(section))
      .sort((left, right) => left.order - right.order),
  );
  const lines = paragraphs(groups.map((group) => writeBlock(group, stack, schemas)));
  return { hcl: lines.map((line) => `${line}\n`).join(''), metadata: metadataOf(json, blocks) };
}
