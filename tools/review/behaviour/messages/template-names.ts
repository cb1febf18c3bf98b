import { type ContextFields, contextVariable } from '../../../rehearse/api-gateway/context-variable';
import type { TemplateRequest } from '../../../rehearse/api-gateway/mapping-template';

/** What templates ask a request for, by name. */
export interface TemplateNames {
  /** `identity.sourceIp` */
  readonly context: readonly string[];
  readonly headers: readonly string[];
  /** `order.id` */
  readonly bodyFields: readonly string[];
}

/** @param headers that are known otherwise, as they are spelt there */
export function templateNames(templates: readonly string[], headers: readonly string[]): TemplateNames {
  const all = templates.join('\n');
  const found = (pattern: RegExp) => [...all.matchAll(pattern)].flatMap(([, name]) => name ?? []);
  const inTemplates = [
    ...found(/\.toLowerCase\(\)\s*==\s*["']([\w-]+)["']/g),
    ...found(/\$input\.params\(["']([\w-]+)["']\)/g),
    ...found(/\.header\.get\(["']([\w-]+)["']\)/g),
  ];
  const spelt = new Map([...inTemplates, ...headers].map((name) => [name.toLowerCase(), name]));
  return {
    context: unique(found(/\$!?\{?context\.([A-Za-z][\w.]*\w)/g)).filter((name) => !/Override\b/.test(name)),
    headers: [...spelt.values()],
    bodyFields: unique(found(/\$input\.(?:path|json)\(["']\$\.([A-Za-z_][\w.-]*)["']\)/g)),
  };
}

const unique = (names: readonly string[]) => [...new Set(names)];

/** A request in which each name has a value of its own, so that it is known again. */
export interface MarkedRequest {
  readonly request: () => TemplateRequest;
  /** What a value is, in words. */
  readonly sources: ReadonlyMap<string, string>;
}

/** @param mark makes the values differ from those of another marked request */
export function markedRequest(
  { context, headers, bodyFields }: TemplateNames,
  mark: string,
  withHeaders = true,
): MarkedRequest {
  const sources = new Map<string, string>();
  let count = 0;
  const marked = (words: string) => {
    const value = `${mark}${count++}z`;
    sources.set(value, words);
    return value;
  };
  const nested = (names: readonly string[], words: (name: string) => string) =>
    names.reduce<Readonly<Record<string, unknown>>>(
      (object, name) => put(object, name.split('.'), marked(words(name))),
      {},
    );
  const fields = nested(bodyFields, (name) => `the field ${name}`);
  // Spaces that no one who writes the body anew would leave in it.
  const body = JSON.stringify({ ...fields, more: mark }, null, 3);
  sources.set(body, 'the body as it was sent');
  const contextFields = nested(context, (name) => `$context.${name}`) as ContextFields;
  const header = new Map(headers.map((name) => [name, marked(`the header ${name}`)]));
  return {
    request: () => ({
      body,
      params: { path: new Map(), querystring: new Map(), header: withHeaders ? header : new Map() },
      context: contextVariable(contextFields),
    }),
    sources,
  };
}

function put(
  object: Readonly<Record<string, unknown>>,
  [key = '', ...rest]: readonly string[],
  value: string,
): Readonly<Record<string, unknown>> {
  const inner = object[key];
  const within = typeof inner === 'object' ? (inner as Readonly<Record<string, unknown>>) : {};
  return { ...object, [key]: rest.length === 0 ? value : put(within, rest, value) };
}
