import { NotSimulated } from '../../not-simulated';

/** What the parameters of an integration can be taken from. */
export interface ParameterRequest {
  readonly body: string;
  /** By lower-case names, several values of one joined. */
  readonly headers: ReadonlyMap<string, string>;
  /** Such as `identity.sourceIp`. */
  readonly context: ReadonlyMap<string, string>;
}

/** Of a body, in bytes: a JSON path sees no more. */
const seenByPaths = 100 * 1024;

/**
 * What a parameter is for a request: a constant, one variable, or a text with `${…}` in it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html
 *
 * @returns nothing where the request does not have it
 * @throws NotSimulated for what AWS's pages do not settle
 */
export function parameterValue(
  expression: string,
  request: ParameterRequest,
  where: string,
): string | undefined {
  if (!expression.includes('$')) return expression;
  const whole = /^\$([\w.-]+)$/.exec(expression)?.[1];
  if (whole !== undefined) return variable(whole, request, where);
  let missing = false;
  const text = expression.replace(/\$(?:\{([^}]*)\})?/g, (found, name: string | undefined) => {
    // Whether a value is escaped in a text around it is not documented: that of a caller could end its place.
    if (!name?.startsWith('context.')) throw new NotSimulated(where, `${found} within a text`);
    const value = variable(name, request, where);
    if (value === undefined) missing = true;
    return value ?? '';
  });
  return missing ? undefined : text;
}

function variable(name: string, request: ParameterRequest, where: string): string | undefined {
  if (name === 'request.body') return request.body === '' ? undefined : request.body;
  const [, place, key] = /^(context|request\.header|request\.body)\.([\w.-]+)$/.exec(name) ?? [];
  switch (place) {
    case 'context': {
      const value = request.context.get(key ?? '');
      if (value === undefined) throw new NotSimulated(where, `$${name}`);
      return value;
    }
    case 'request.header':
      return request.headers.get((key ?? '').toLowerCase()) || undefined;
    case 'request.body':
      return bodyField(key ?? '', request.body, `$${name}`, where);
    default:
      throw new NotSimulated(where, `$${name}`);
  }
}

function bodyField(field: string, body: string, expression: string, where: string): string | undefined {
  // AWS cuts the body there and then looks: whether it finds anything in what is no JSON any more is not documented.
  if (Buffer.byteLength(body) > seenByPaths) return undefined;
  if (field.includes('.')) throw new NotSimulated(where, expression);
  const value = jsonObject(body)?.[field];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new NotSimulated(where, `${expression} of a body in which it is no text`);
}

function jsonObject(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
