import { NotSimulated } from '../../../not-simulated';
import { computedAttribute, type Whereabouts } from '../../../plan/computed-attributes';
import { templateText } from '../../../plan/template-text';
import type { TerraformConfiguration } from '../../../synth/synthesize';
import { isObject } from './fields';

export interface Place extends Whereabouts {
  readonly configuration: TerraformConfiguration;
}

/**
 * Replaces references by what they refer to. Unlike the rehearsal's plan it stops at nothing: a reference to what only
 * AWS gives becomes `${<stack>: <type>.<name>.<attribute>}`, and any other expression stays as it is written.
 * @param seen the attributes that are being resolved, since a hostile configuration may refer in circles
 */
export function resolved(place: Place, value: unknown, seen: readonly string[] = []): unknown {
  if (typeof value === 'string') return /[$%]\{/.test(value) ? resolvedText(place, value, seen) : value;
  if (Array.isArray(value)) return value.map((item) => resolved(place, item, seen));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      String(resolved(place, key, seen)),
      resolved(place, inner, seen),
    ]),
  );
}

function resolvedText(place: Place, text: string, seen: readonly string[]): unknown {
  try {
    return templateText(text, place.stackId, (expression) => evaluated(place, expression, seen));
  } catch (error) {
    if (error instanceof NotSimulated) return text;
    throw error;
  }
}

const traversal = /^(data\.)?([a-z][a-z0-9_]*)\.([A-Za-z_][A-Za-z0-9_-]*)\.([a-z][a-z0-9_]*)$/;

function evaluated(place: Place, expression: string, seen: readonly string[]): unknown {
  const unknown = `\${${expression}}`;
  if (seen.includes(expression) || seen.length > 20) return unknown;
  const further = [...seen, expression];
  const [, kind, value] = /^(var|local)\.([A-Za-z_][\w-]*)$/.exec(expression) ?? [];
  if (value !== undefined) {
    const written =
      kind === 'local'
        ? at(place.configuration, 'locals', value)
        : at(place.configuration, 'variable', value, 'default');
    return written === undefined ? unknown : resolved(place, written, further);
  }
  const [, data, type, name, attribute] = traversal.exec(expression) ?? [];
  if (type === undefined || name === undefined || attribute === undefined) return unknown;
  const block = at(place.configuration, data ? 'data' : 'resource', type, name);
  if (block === undefined) return unknown;
  const written = at(block, attribute);
  if (written !== undefined && written !== null) return resolved(place, written, further);
  return data ? given(place, expression) : computed(place, { type, name, attribute }, further);
}

/** What AWS computes of a resource: really, where that is known from what is written, or else a name for it. */
export function computed(
  place: Place,
  what: { readonly type: string; readonly name: string; readonly attribute: string },
  seen: readonly string[] = [],
): string {
  const block = at(place.configuration, 'resource', what.type, what.name);
  const symbol = given(place, `${what.type}.${what.name}.${what.attribute}`);
  if (!what.type.startsWith('aws_')) return symbol;
  try {
    return computedAttribute(place, what, (attribute) => {
      const value = resolved(place, at(block, attribute), seen);
      if (typeof value === 'string') return value;
      throw new NotSimulated(place.stackId, `${what.type}.${what.name} without "${attribute}"`);
    });
  } catch (error) {
    if (error instanceof NotSimulated) return symbol;
    throw error;
  }
}

const given = ({ stackId }: Place, attribute: string) => `\${${stackId}: ${attribute}}`;

/** What is at a path of keys, where a block may be a list of one; nothing where it leads nowhere. */
export const at = (value: unknown, ...keys: readonly string[]): unknown =>
  keys.reduce<unknown>((inner, key) => {
    const block = Array.isArray(inner) && inner.length === 1 ? inner[0] : inner;
    return isObject(block) && Object.hasOwn(block, key) ? block[key] : undefined;
  }, value);
