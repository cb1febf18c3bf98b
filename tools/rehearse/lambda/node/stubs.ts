import type { NotSimulated } from '../../../not-simulated';

type Unknown = (what: string) => NotSimulated;

/**
 * A module of Node's in which only some things work. Of the others, functions throw when they are called,
 * objects when something in them is used; plain values are what they are.
 *
 * @param real the module of this machine, which tells what there is
 */
export function withStubs(name: string, real: object, simulated: object, unknown: Unknown): object {
  const own = Object.getOwnPropertyDescriptors(simulated);
  const stubs: PropertyDescriptorMap = {};
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(real))) {
    stubs[key] = stubOf(`${name}.${key}`, descriptor, unknown);
  }
  return Object.defineProperties({}, { ...stubs, ...own });
}

function stubOf(name: string, { value, get }: PropertyDescriptor, unknown: Unknown): PropertyDescriptor {
  const common = { enumerable: true, configurable: true, writable: true };
  if (typeof value === 'function') return { ...common, value: stubFunction(name, unknown) };
  if (get || (typeof value === 'object' && value !== null && !name.endsWith('.constants'))) {
    return { ...common, value: stubObject(name, unknown) };
  }
  return { ...common, value };
}

/** Can be called, constructed and extended, and throws only then. */
export function stubFunction(name: string, unknown: Unknown): (...args: unknown[]) => never {
  return function stub() {
    throw unknown(name);
  };
}

const stubObject = (name: string, unknown: Unknown): object =>
  new Proxy(
    {},
    {
      get(_target, property) {
        if (typeof property === 'symbol') return undefined;
        throw unknown(`${name}.${property}`);
      },
    },
  );
