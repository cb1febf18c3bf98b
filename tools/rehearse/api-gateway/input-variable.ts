import { NotSimulated } from '../../not-simulated';
import {
  fromJson,
  type HostObject,
  isList,
  isMap,
  mapOf,
  print,
  toJson,
  type Value,
} from '../velocity/value';
import type { RequestParameters } from './request-parameters';

/**
 * `$input` of a mapping template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference
 */
export function inputVariable(body: string, params: RequestParameters, where: string): HostObject {
  // API Gateway makes an empty object of an empty body.
  const text = body === '' ? '{}' : body;
  const path = (expression: Value) => {
    const at = `${where}: $input.path('${print(expression ?? null)}')`;
    return select(parsed(text, at), jsonPath(expression ?? null, at));
  };
  const places = [params.path, params.querystring, params.header];
  return {
    kind: 'object',
    name: 'input',
    properties: { body: text },
    methods: {
      path: (expression = null) => path(expression),
      json: (expression = null) => {
        const found = path(expression);
        if (found === null)
          throw new NotSimulated(where, `$input.json('${print(expression)}') of what is not there`);
        return JSON.stringify(toJson(found));
      },
      params: (name) => {
        if (name === undefined) {
          return mapOf(
            Object.entries(params).map(([place, values]) => [place, mapOf(values, false)]),
            false,
          );
        }
        return places.find((values) => values.has(print(name)))?.get(print(name)) ?? null;
      },
    },
  };
}

function parsed(text: string, where: string): Value {
  try {
    return fromJson(JSON.parse(text));
  } catch {
    throw new NotSimulated(where, 'a body that is not JSON');
  }
}

/** Property names and list positions, from the root down. */
type JsonPath = readonly (string | number)[];

const segment = /\.([A-Za-z_][\w-]*)|\['([^'\\]+)'\]|\[(\d+)\]/y;

function jsonPath(expression: Value, where: string): JsonPath {
  if (typeof expression !== 'string' || !expression.startsWith('$')) {
    throw new NotSimulated(where, 'a path that does not start at "$"');
  }
  const path: (string | number)[] = [];
  segment.lastIndex = 1;
  for (let position = 1; position < expression.length; position = segment.lastIndex) {
    const found = segment.exec(expression);
    if (!found)
      throw new NotSimulated(where, `the path "${expression}" from "${expression.slice(position)}" on`);
    path.push(found[3] === undefined ? (found[1] ?? found[2] ?? '') : Number(found[3]));
  }
  return path;
}

function select(root: Value, path: JsonPath): Value {
  return path.reduce<Value>((value, key) => {
    if (typeof key === 'number') return isList(value) ? (value[key] ?? null) : null;
    return isMap(value) ? (value.entries.get(key) ?? null) : null;
  }, root);
}
