import type { TerraformConfiguration } from '../../synth/synthesize';
import { withoutCredentials } from './credentials';
import { Finder, SHORTEST_FOUND } from './finder';
import { formsOf } from './forms';
import { withoutNamed } from './named-in-hcl';
import type { Secrets } from './secrets';

/** Masks the secrets that are known, wherever they stand. */
export class Everywhere {
  private readonly finder: Finder;
  private readonly sought: ReadonlySet<string>;
  /** Few keys are many. */
  private readonly keys = new Map<string, string>();

  /** @param names what is a part of one of these is not searched for */
  constructor(
    private readonly secrets: Secrets,
    names: string,
  ) {
    const sought = secrets.texts.filter((value) => isSearchable(value) && !names.includes(value));
    const replacements = new Map<string, string>();
    for (const value of sought) {
      for (const form of formsOf(value)) {
        if (!replacements.has(form)) replacements.set(form, secrets.mask(value));
      }
    }
    this.sought = new Set(sought);
    this.finder = new Finder(replacements);
  }

  /** JSON: texts, keys and numbers. @param name the attribute's, where the value is one */
  masked(value: unknown, name = ''): unknown {
    if (typeof value === 'string') return this.named(name, value) ?? this.finder.replaced(value);
    if (typeof value === 'number') return this.named(name, String(value)) ?? this.number(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((element) => this.masked(element, name));
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [this.key(key), this.masked(field, key)]),
    );
  }

  configuration(configuration: TerraformConfiguration): TerraformConfiguration {
    return this.masked(configuration) as TerraformConfiguration;
  }

  hcl(hcl: string): string {
    const text = this.text(hcl);
    return this.secrets.named.every((value) => this.sought.has(value))
      ? text
      : withoutNamed(text, (name, escaped) => this.named(name, unescaped(escaped)));
  }

  /** Text in which no places are known: it may hold credentials as well. */
  text(text: string): string {
    return withoutCredentials(this.finder.replaced(text), (secret) => this.secrets.mask(secret));
  }

  private key(key: string): string {
    const masked = this.keys.get(key) ?? this.text(key);
    this.keys.set(key, masked);
    return masked;
  }

  /** What is searched for is found anyway. */
  private named(name: string, value: string): string | undefined {
    const known = this.secrets.isNamed(name, value) && !this.sought.has(value) && !isMask(value);
    return known ? this.secrets.mask(value) : undefined;
  }

  private number(value: number): unknown {
    return this.sought.has(String(value)) ? this.secrets.mask(value) : value;
  }
}

const isMask = (value: string): boolean => /^\(sensitive \d+\)$/.test(value);

/** What stands in a mask would be found in each. */
const isSearchable = (value: string): boolean =>
  value.length >= SHORTEST_FOUND && !'(sensitive )'.includes(value) && !isMask(value);

/** As it stands between HCL's quotes; the escapes of what cannot be seen are no part of a short secret. */
const unescaped = (escaped: string): string =>
  escaped
    .replace(/\\(["\\nrt])/g, (_escape, character: string) => ESCAPES[character] ?? character)
    .replace(/(\$\$+|%%+)\{/g, (run) => run.slice(1));
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
