/** A value as Terraform's JSON syntax can hold it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** An object of Terraform's JSON syntax. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** True for an object that is neither null nor a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries that `JSON.stringify` would write: those with a value. */
export function entries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
}
