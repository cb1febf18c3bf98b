import { isDeepStrictEqual } from 'node:util';
import { parse } from '@cdktf/hcl2json';

/** Keys whose strings are names or expressions, in JSON without `${…}`. */
const BARE =
  /^(depends_on|ignore_changes|replace_triggered_by|provider|providers|type|from|to|when|on_failure|iterator|configuration_aliases|experiments)$/;
/** Paths whose strings Terraform takes as they stand. */
const PLAIN =
  /^(terraform\/|variable\/[^/]+\/(default|description)(\/|$)|output\/[^/]+\/description(\/|$)|module\/[^/]+\/(source|version)(\/|$))/;

type Tree = Record<string, unknown>;
/** JSON strings with templates, as the parser writes them. */
type Templates = ReadonlyMap<string, string>;

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every string that Terraform takes as a template. */
function strings(value: unknown, path = ''): string[] {
  if (PLAIN.test(path)) return [];
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((item) => strings(item, `${path}0/`));
  return isTree(value)
    ? Object.entries(value).flatMap(([key, item]) => [key, ...strings(item, `${path}${key}/`)])
    : [];
}

/**
 * A heredoc has no escapes of its own, as a string of Terraform's JSON syntax has not: the parser's reading of it is
 * an account of the template that owes nothing to the writer.
 */
async function readTemplates(json: object): Promise<Templates> {
  const found = [...new Set(strings(json))].filter((text) => /(?<!\$)\$\{|(?<!%)%\{/.test(text));
  const source = found
    .map((text, index) => `  x${index} = <<END_OF_TEMPLATE\n${text}|\nEND_OF_TEMPLATE\n`)
    .join('');
  const parsed = (await parse('templates.tf', `locals {\n${source}}\n`)) as {
    locals?: Record<string, string>[];
  };
  return new Map(found.map((text, index) => [text, (parsed.locals?.[0]?.[`x${index}`] ?? '').slice(0, -2)]));
}

/** Spaces, commas, line ends and comments between the tokens of an expression mean nothing. */
function blurred(template: string): string {
  return template
    .replace(/(?:#[^\n"]*\n|\/\*.*?\*\/)/g, '')
    .replace(/%+\{/g, '%{')
    .replace(/[\s,~]/g, '');
}

function unwrapped(text: string): string {
  return text.replace(/^\$\{(.*)\}$/s, '$1');
}

function evaluated(text: string): string {
  return text.replace(/(\$\$+|%%+)\{/g, (run) => run.slice(1));
}

function escapeHtml(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text that `jsonencode(…)` gives, by parsing its argument and encoding it as Terraform does. */
async function encoded(expression: string): Promise<string | undefined> {
  const argument = /^\$\{jsonencode\((.*)\)\}$/s.exec(expression)?.[1];
  if (argument === undefined) return undefined;
  const parsed = (await parse('argument.tf', `locals {\n  x = ${argument}\n}\n`)) as {
    locals: { x: unknown }[];
  };
  const sorted = async (value: unknown): Promise<unknown> => {
    if (typeof value === 'string') return (await encoded(value)) ?? evaluated(value);
    if (Array.isArray(value)) return Promise.all(value.map(sorted));
    if (!isTree(value)) return value;
    const entries = Object.entries(value).map(
      async ([key, item]) => [evaluated(key), await sorted(item)] as const,
    );
    return Object.fromEntries(
      (await Promise.all(entries)).sort(([left], [right]) =>
        Buffer.compare(Buffer.from(left), Buffer.from(right)),
      ),
    );
  };
  return escapeHtml(JSON.stringify(await sorted(parsed.locals[0]?.x)));
}

async function sameValue(
  hcl: unknown,
  json: string,
  path: readonly string[],
  templates: Templates,
): Promise<boolean> {
  const template = templates.get(json);
  if (typeof hcl !== 'string') return template !== undefined && unwrapped(template) === JSON.stringify(hcl);
  if (path.some((key) => BARE.test(key)) && blurred(unwrapped(hcl)) === blurred(unwrapped(json))) return true;
  if (PLAIN.test(path.join('/'))) return evaluated(hcl) === json;
  if (hcl === json.normalize('NFC') || (await encoded(hcl)) === evaluated(json)) return true;
  return (
    template !== undefined && (hcl === template || blurred(unwrapped(hcl)) === blurred(unwrapped(template)))
  );
}

/** Labelled blocks may be a list of objects in JSON; the parser collects them under their labels. */
function collected(json: readonly unknown[]): Tree {
  const result: Record<string, unknown[]> = {};
  for (const item of json.filter(isTree)) {
    for (const [label, body] of Object.entries(item))
      result[label] = [...(result[label] ?? []), ...[body].flat()];
  }
  return result;
}

/** The paths at which parsed HCL differs from the JSON it stands for. */
async function differences(
  hcl: unknown,
  json: unknown,
  path: readonly string[],
  templates: Templates,
): Promise<string[]> {
  const here = path.join('/');
  if (typeof json === 'string' && !Array.isArray(hcl))
    return (await sameValue(hcl, json, path, templates)) ? [] : [here];
  if (Array.isArray(json) && Array.isArray(hcl)) {
    if (json.length !== hcl.length) return [here];
    const found = json.map((item, index) =>
      differences(hcl[index], item, [...path, String(index)], templates),
    );
    return (await Promise.all(found)).flat();
  }
  if (Array.isArray(json) && isTree(hcl) && json.every(isTree))
    return differences(hcl, collected(json), path, templates);
  // The parser gives every block as a list; JSON has an object where there is one.
  if (Array.isArray(hcl) && isTree(json) && hcl.length === 1)
    return differences(hcl[0], json, path, templates);
  if (!isTree(json) || !isTree(hcl)) return isDeepStrictEqual(hcl, json) ? [] : [here];
  const names = new Map(
    Object.keys(hcl).flatMap((key) => [
      [key, key],
      [blurred(unwrapped(key)), key],
    ]),
  );
  const left = new Set(Object.keys(hcl));
  const result: string[] = [];
  for (const [key, value] of Object.entries(json)) {
    if (key === '//' && isTree(value)) continue;
    const reading = templates.get(key) ?? key.normalize('NFC');
    const name = names.get(reading) ?? names.get(blurred(unwrapped(reading)));
    if (name !== undefined) left.delete(name);
    // An empty list of blocks and a null argument are how JSON says nothing.
    const nothing = value === null || (Array.isArray(value) && value.length === 0);
    if (name === undefined && nothing) continue;
    result.push(
      ...(await differences(name === undefined ? undefined : hcl[name], value, [...path, key], templates)),
    );
  }
  // A block of requirements without any says nothing.
  if (here === 'terraform' && isDeepStrictEqual(hcl.required_providers, [{}]))
    left.delete('required_providers');
  return [...result, ...[...left].map((key) => `${here}/${key} is in HCL alone`)];
}

/** Where HCL says something else than the JSON configuration; throws if the HCL does not parse. */
export async function differencesFromJson(hcl: string, json: object): Promise<string[]> {
  const plain = JSON.parse(JSON.stringify(json)) as Tree;
  return differences(await parse('cdk.tf', hcl), plain, [], await readTemplates(plain));
}
