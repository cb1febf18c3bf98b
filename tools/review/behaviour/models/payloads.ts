import callbacks from '../../../rehearse/samples/bizppurio-callbacks.json';
import { jsonBodies } from '../../../rehearse/samples/json-bodies';
import type { ReadModel } from '../read/models';
import { isObject } from './json-place';

/** Bodies that a provider really sends. */
export const recorded: readonly unknown[] = callbacks.accepted;

/** Whether such bodies come here: a model that takes anything tells nothing of who calls. */
export const takesRecorded = (model: ReadModel | undefined): boolean =>
  model !== undefined &&
  model.fault('{}') !== undefined &&
  recorded.some((payload) => model.fault(JSON.stringify(payload)) === undefined);

/** Bodies made up from each schema. */
const count = 6;

/** In characters and items: a larger body would hardly fit a request, and take for ever to be made up. */
const largest = 20_000;

/** Bodies that a model takes, made up from its schema; none where none can be. The same ones in every run. */
export async function madeUp(model: ReadModel | undefined): Promise<readonly unknown[]> {
  if (!model || leastSize(model.schema) > largest) return [];
  try {
    return (await jsonBodies(model, count, model.name)).map((body) => JSON.parse(body) as unknown);
  } catch {
    return [];
  }
}

/** Least size of what a schema takes, at a rough guess. */
function leastSize(schema: unknown): number {
  if (Array.isArray(schema)) return schema.reduce<number>((sum, inner) => sum + leastSize(inner), 0);
  if (!isObject(schema)) return 0;
  const number = (value: unknown) => (typeof value === 'number' ? value : 0);
  const repeats = [...String(schema.pattern ?? '').matchAll(/\{(\d+)/g)].map(([, count]) => Number(count));
  return (
    number(schema.minLength) +
    repeats.reduce((product, count) => product * Math.max(1, count), 1) +
    Object.values(schema).reduce<number>((sum, inner) => sum + leastSize(inner), 0) *
      Math.max(1, number(schema.minItems), number(schema.minProperties))
  );
}
