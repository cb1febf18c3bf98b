import { NotSimulated } from '../../not-simulated';
import type { Model } from '../api-gateway/model';

/** Tries for each body: the generator does not know every keyword of draft 4. */
const triesForEach = 40;

/**
 * Bodies that a model takes, made up from its schema: the same ones in every run, no two alike where that is possible.
 * @throws NotSimulated when none is found
 */
export async function jsonBodies(model: Model, count: number, where: string): Promise<readonly string[]> {
  const { generateSync } = await import('json-schema-faker');
  const bodies = new Set<string>();
  for (let seed = 1; bodies.size < count && seed <= count * triesForEach; seed++) {
    const body = JSON.stringify(generateSync(model.schema, { seed, alwaysFakeOptionals: seed % 2 === 0 }));
    if (model.fault(body) === undefined) bodies.add(body);
  }
  if (bodies.size === 0) {
    throw new NotSimulated(where, 'a body for a schema of which no example could be made up');
  }
  return [...bodies];
}
