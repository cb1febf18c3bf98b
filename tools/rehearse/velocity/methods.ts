import { entry, isHost, isMap, print, type Value } from './value';

/** `undefined` for a method that is not known here. */
export function callMethod(value: Value, name: string, args: readonly Value[]): Value | undefined {
  if (isHost(value)) {
    return Object.hasOwn(value.methods, name) ? value.methods[name]?.(...args) : undefined;
  }
  if (name === 'toString' && args.length === 0) return print(value);
  if (typeof value === 'string') return stringMethod(value, name, args);
  if (isMap(value)) {
    const [key] = args;
    if (name === 'keySet' && args.length === 0) return [...value.entries.keys()];
    if (name === 'get' && typeof key === 'string') return entry(value, key);
  }
  return undefined;
}

/** Those of `java.lang.String`. */
function stringMethod(
  value: string,
  name: string,
  [argument, ...others]: readonly Value[],
): Value | undefined {
  if (others.length > 0) return undefined;
  if (name === 'contains' && typeof argument === 'string') return value.includes(argument);
  if (name === 'toLowerCase' && argument === undefined) return value.toLowerCase();
  return undefined;
}
