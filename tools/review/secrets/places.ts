import { AWS_KEY_ID, AWS_SECRET_KEY, withoutCredentials } from './credentials';
import { type Fields, mapped } from './fields';
import { type Marker, markersOfAttributes, markersOfElements, marksAnything } from './markers';
import { isNoSecret, isSecretName, isSecretOfType, isSecretParameter, isSecretVariable } from './names';
import type { Secrets } from './secrets';
import { templateParts } from './template';

/** Where a value stands. */
interface Place {
  /** The attribute or the key of a map; of an element, its list's. */
  readonly name: string;
  /** The name says that a text here is a secret. */
  readonly secret: boolean;
  /** The type of the resource or data source, where it is within one. */
  readonly type: string;
}

const NOWHERE: Place = { name: '', secret: false, type: '' };
/** Maps whose keys are the names of a program's or a stage's variables. */
const OF_VARIABLES = /^(env|environment|(environment_|stage_)?variables)$/;
/** Maps and lists of headers and parameters. */
const OF_PARAMETERS = /(headers?|parameters)$/i;
/** What API Gateway maps from a request or its context, as opposed to a value in single quotes. */
const MAPPED = /^(method|integration|context|stageVariables|\$)\b|^\$/;
/**
 * Hold what the name of the object around them says: `variable.<name>.default`, of a plan
 * `output_changes.<name>.after`.
 */
const CONTENTS: ReadonlySet<string> = new Set(['value', 'default', 'constant_value', 'before', 'after']);

/** Terraform's marks: the same structure as the values, with `true` in the place of each. */
const MARKS = /^((before|after)_(sensitive|unknown)|sensitive_values)$/;

/**
 * Masks secrets where they stand: what Terraform marks, what the name says, what looks like a credential. The
 * result has the same structure, except that a value which is sensitive as a whole is one text.
 */
export class Places {
  constructor(
    private readonly secrets: Secrets,
    /** Terraform's JSON syntax: a text is a template, and references in it are no secrets. */
    private readonly templates: boolean,
  ) {}

  /** @param marker what Terraform says of the value beyond the marks in it */
  masked(value: unknown, marker: Marker = false, place: Place = NOWHERE): unknown {
    if (marksAnything(marker) && (marker === true || typeof value !== 'object'))
      return this.whole(value, place);
    if (typeof value === 'string') return this.text(value, place);
    if (typeof value === 'number') return place.secret ? this.secrets.maskNamed(value, place.name) : value;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const markers = markersOfElements(value, marker);
      if (markers === true) return this.whole(value, place);
      return value.map((element, index) => this.masked(element, markers[index], place));
    }
    const markers = markersOfAttributes(marker);
    return markers === true ? this.whole(value, place) : this.object(value as Fields, place, markers);
  }

  /** Configuration in Terraform's JSON syntax. */
  configuration(configuration: Fields): Fields {
    const resources = (types: unknown) =>
      mapped(types, (named, type) =>
        mapped(named, (body, name) => this.masked(body, false, { ...NOWHERE, name, type })),
      );
    return mapped(configuration, (block, kind) =>
      kind === 'resource' || kind === 'data'
        ? resources(block)
        : this.masked(block, false, { ...NOWHERE, name: kind }),
    ) as Fields;
  }

  private object(fields: Fields, place: Place, markers: Readonly<Record<string, Marker>>): unknown {
    const type = typeof fields.type === 'string' && isOfResource(fields) ? fields.type : place.type;
    const hasAwsKey = Object.values(fields).some(
      (value) => typeof value === 'string' && AWS_KEY_ID.test(value),
    );
    return mapped(fields, (value, name) => {
      if (MARKS.test(name)) return value;
      const marked =
        markers[name] === true ||
        isMarkedBySibling(fields, name) ||
        isSecretOfType(type, name) ||
        (hasAwsKey && typeof value === 'string' && isAwsKey(value, fields));
      const secret = isSecretAt(fields, name, value, place);
      return this.masked(value, marked || markers[name] || markerInSibling(fields, name), {
        name,
        secret,
        type,
      });
    });
  }

  private text(text: string, place: Place): string {
    if (place.secret && !isNoSecret(text)) return this.secretText(text, place);
    return withoutCredentials(this.json(text, place), (secret) => this.secrets.mask(secret));
  }

  /**
   * JSON in a text: policies, container definitions, templates. Written anew only where something in it is
   * masked.
   */
  private json(text: string, place: Place): string {
    if (!/^\s*[[{]/.test(text)) return text;
    try {
      const written = JSON.stringify(JSON.parse(text));
      const masked = JSON.stringify(this.masked(JSON.parse(text), false, { ...place, secret: false }));
      return masked === written ? text : masked;
    } catch {
      return text;
    }
  }

  /** All of a value is secret: also what it is made of, wherever else that stands. */
  private whole(value: unknown, place: Place): unknown {
    if (value === null || value === undefined) return value;
    if (typeof value === 'string') return this.secretText(value, place);
    if (typeof value === 'number') return this.secrets.maskNamed(value, place.name);
    if (typeof value === 'boolean') return this.secrets.mask(value);
    // References in it are what a reader and every later step need; a plan has none.
    if (this.templates) {
      return Array.isArray(value)
        ? value.map((element) => this.whole(element, place))
        : mapped(value, (field, name) => this.whole(field, { ...place, name }));
    }
    const mask = this.secrets.mask(value);
    for (const text of textsIn(value)) this.secrets.mask(text);
    return mask;
  }

  private secretText(text: string, place: Place): string {
    const masked = this.secretTemplate(text, place.name);
    // The password within a secret may stand elsewhere by itself.
    this.json(text, place);
    return masked;
  }

  private secretTemplate(text: string, name: string): string {
    const parts = this.templates ? templateParts(text) : [];
    if (!parts.some(({ kind }) => kind === 'sequence')) {
      return this.secrets.maskNamed(this.templates ? evaluated(text) : text, name);
    }
    return parts
      .map((part) => {
        if (part.kind === 'text')
          return isConnecting(part.text) ? part.text : this.secrets.mask(evaluated(part.text));
        // Not the key of an index, `["password"]`, nor a name that is given to a function.
        return part.text.replace(/(?<!\[\s*)"((?:[^"\\]|\\.){6,})"/g, (quoted, literal: string) =>
          /^[a-z_.]+$/i.test(literal) || literal.includes('${') ? quoted : `"${this.secrets.mask(literal)}"`,
        );
      })
      .join('');
  }
}

/** `Bearer ` before a reference, a comma between two. */
const isConnecting = (literal: string): boolean =>
  literal.trim().length < 6 || /^\s*(bearer|basic|token)\s*$/i.test(literal) || isNoSecret(literal.trim());

const evaluated = (template: string): string => template.replace(/(\$\$+|%%+)\{/g, (run) => run.slice(1));

/** `value` and `default` of what is declared sensitive, and values beside what says that they are secret. */
function isMarkedBySibling(fields: Fields, name: string): boolean {
  if (name === 'value' && fields.is_value_secret === true) return true;
  return fields.sensitive === true && CONTENTS.has(name);
}

/** Terraform's marks of a value stand beside it. */
function markerInSibling(fields: Fields, name: string): Marker {
  if (name === 'before') return fields.before_sensitive;
  if (name === 'after') return fields.after_sensitive;
  if (name === 'values') return fields.sensitive_values;
  // Of an output in the plan's configuration.
  if (name === 'expression' && fields.sensitive === true) return { constant_value: true };
  return false;
}

/** A resource of a plan, in whichever of its parts. */
const isOfResource = (fields: Fields): boolean =>
  'change' in fields || 'values' in fields || 'expressions' in fields;

function isSecretAt(fields: Fields, name: string, value: unknown, around: Place): boolean {
  if (CONTENTS.has(name) && (around.secret || isValueOfSecretName(fields))) return true;
  if (OF_VARIABLES.test(around.name) && isSecretVariable(name)) return true;
  if (OF_PARAMETERS.test(around.name) && isSecretParameter(name)) {
    return typeof value !== 'string' || !MAPPED.test(value);
  }
  return isSecretName(name);
}

/** `{name = "API_KEY", value = "…"}`, unless the value is the name of where the secret is (CodeBuild). */
function isValueOfSecretName({ name, key, type }: Fields): boolean {
  if (type === 'PARAMETER_STORE' || type === 'SECRETS_MANAGER') return false;
  return [name, key].some((named) => typeof named === 'string' && isSecretParameter(named));
}

/** An access key's secret has no prefix: it is known by the id beside it. */
const isAwsKey = (value: string, fields: Fields): boolean =>
  AWS_SECRET_KEY.test(value) || (AWS_KEY_ID.test(value) && Object.values(fields).some(isAwsSecretKey));
const isAwsSecretKey = (value: unknown): boolean => typeof value === 'string' && AWS_SECRET_KEY.test(value);

/** The texts and numbers that a value is made of. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsIn);
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}
