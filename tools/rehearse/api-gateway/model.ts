import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv-draft-04';
import { NotSimulated } from '../../not-simulated';
import { timedPatterns } from './timed-pattern';

/** A model: what a JSON body must satisfy. */
export interface Model {
  /** JSON schema, draft 4. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** `undefined` when the body satisfies it, else what is wrong, as API Gateway says it. */
  readonly fault: (body: string) => string | undefined;
}

export interface ModelSource {
  readonly name: string;
  /** JSON schema, draft 4, as text. */
  readonly schema: string;
}

/** Of later drafts, or ajv's own. */
const laterKeywords = [
  '$async',
  '$comment',
  '$defs',
  'const',
  'contains',
  'else',
  'if',
  'nullable',
  'propertyNames',
  'then',
];

/** Where a schema finds the other models of its API. */
const modelUrl = (apiId: string, name: string) =>
  `https://apigateway.amazonaws.com/restapis/${apiId}/models/${name}`;

/**
 * The models of an API by name; they may refer to one another.
 * @throws NotSimulated for a schema that is not plain draft 4
 */
export function compileModels(
  apiId: string,
  sources: readonly ModelSource[],
  address: string,
): ReadonlyMap<string, Model> {
  // Patterns are ECMA 262 of before Unicode mode.
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    unicodeRegExp: false,
    strictTypes: false,
    code: { regExp: timedPatterns(address) },
  });
  for (const keyword of laterKeywords) ajv.removeKeyword(keyword);
  const compiled = <T>(name: string, compile: () => T): T => {
    try {
      return compile();
    } catch (error) {
      throw new NotSimulated(`${address}: model ${name}`, `its schema (${(error as Error).message})`);
    }
  };
  const schemas = new Map(
    sources.map(({ name, schema }) => [name, compiled(name, () => JSON.parse(schema))]),
  );
  for (const [name, schema] of schemas) {
    compiled(name, () => ajv.addSchema(schema, modelUrl(apiId, name)));
  }
  return new Map(
    sources.map(({ name }) => {
      const validate = compiled(name, () => ajv.getSchema(modelUrl(apiId, name)));
      if (!validate) throw new Error(`${address}: model ${name} was not compiled`);
      return [name, { schema: schemas.get(name), fault: (body) => fault(validate, body) }];
    }),
  );
}

function fault(validate: ValidateFunction, body: string): string | undefined {
  let value: unknown;
  try {
    // API Gateway makes an empty object of an empty body.
    value = JSON.parse(body === '' ? '{}' : body);
  } catch {
    return '[Unknown error parsing request body]';
  }
  if (validate(value)) return undefined;
  return `[${[...new Set(messages(validate.errors ?? []))].join(', ')}]`;
}

/** API Gateway names all missing properties of an object at once. */
function messages(errors: readonly ErrorObject[]): readonly string[] {
  const missing = errors.filter(({ keyword }) => keyword === 'required');
  return errors.map((error) => {
    if (error.keyword !== 'required') return message(error);
    const names = missing
      .filter(({ instancePath }) => instancePath === error.instancePath)
      .map(({ params }) => params.missingProperty as string);
    return `object has missing required properties (${JSON.stringify(names.sort())})`;
  });
}

/** In the words of the validator that API Gateway uses; for keywords that are rare in models, in ajv's. */
function message({ keyword, data, params, schema, message: ajvs }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return `instance type (${typeName(data)}) does not match any allowed primitive type (allowed: ${JSON.stringify([schema].flat())})`;
    case 'enum':
      return `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(schema)})`;
    case 'pattern':
      return `ECMA 262 regex "${params.pattern}" does not match input string ${JSON.stringify(data)}`;
    case 'minLength':
      return `string ${JSON.stringify(data)} is too short (length: ${[...String(data)].length}, required minimum: ${params.limit})`;
    case 'maxLength':
      return `string ${JSON.stringify(data)} is too long (length: ${[...String(data)].length}, maximum allowed: ${params.limit})`;
    default:
      return ajvs ?? keyword;
  }
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}
