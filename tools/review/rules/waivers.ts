import { listed } from '../../../environments/checks/check';
import { nearest } from '../../../environments/checks/nearest';
import { isObject } from './reading/fields';

/** A violation that stands for a while, and why. */
export interface Waiver {
  readonly rule: string;
  /** `<stack>: <type>.<name>`; a `*` stands for any characters but a colon. */
  readonly resource: string;
  readonly reason: string;
  /** The last day on which it holds, `YYYY-MM-DD` in UTC. */
  readonly expires: string;
}

/** What a waiver file says. */
export interface Waivers {
  readonly waivers: readonly Waiver[];
  /** What is wrong with the file, a line each; what is wrong waives nothing. */
  readonly faults: readonly string[];
}

export const noWaivers: Waivers = { waivers: [], faults: [] };

const fields = ['rule', 'resource', 'reason', 'expires'] as const;

/**
 * Reads `waivers.json`, all faults at once.
 * @param text the file's; nothing where there is none
 * @param rules the ids that there are
 */
export function readWaivers(text: string | undefined, rules: readonly string[]): Waivers {
  if (text === undefined) return noWaivers;
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch (error) {
    return { waivers: [], faults: [`it is no JSON: ${(error as Error).message}`] };
  }
  if (!Array.isArray(entries))
    return { waivers: [], faults: [`it must be a list of objects with ${listed(fields)}`] };
  const faults = entries.map((entry: unknown) => faultsOf(entry, rules));
  const first = new Map<string, number>();
  entries.forEach((entry: unknown, index) => {
    const key = isObject(entry) ? keyOf(entry as unknown as Waiver) : '';
    const earlier = first.get(key);
    if (earlier === undefined) first.set(key, index);
    else if (isObject(entry)) {
      faults[index]?.push(`is about the same rule and resource as [${earlier}]: keep one of them`);
    }
  });
  return {
    waivers: entries.filter((_, index) => faults[index]?.length === 0) as Waiver[],
    faults: faults.flatMap((found, index) =>
      found.map((fault) => `[${index}]${fault.startsWith('.') ? '' : ' '}${fault}`),
    ),
  };
}

/** Two waivers of the same rule and resource are versions of one. */
export const keyOf = ({ rule, resource }: Pick<Waiver, 'rule' | 'resource'>): string =>
  JSON.stringify([rule, resource]);

function faultsOf(entry: unknown, rules: readonly string[]): string[] {
  if (!isObject(entry)) return [`must be an object with ${listed(fields)}`];
  const unknown = Object.keys(entry).filter((key) => !(fields as readonly string[]).includes(key));
  return [
    ...fields.flatMap((field) => {
      const fault = faultOf(field, entry[field], rules);
      return fault === undefined ? [] : [`.${field}: ${said(entry[field])}: ${fault}`];
    }),
    ...unknown.map((key) => {
      const meant = nearest(key, fields);
      return `.${key}: is no field of a waiver: ${meant ? `write ${meant}` : `it has ${listed(fields)}`}`;
    }),
  ];
}

function faultOf(
  field: (typeof fields)[number],
  value: unknown,
  rules: readonly string[],
): string | undefined {
  if (typeof value !== 'string') return 'must be a text';
  switch (field) {
    case 'rule': {
      if (rules.includes(value)) return undefined;
      const meant = nearest(value, rules);
      return meant ? `is no rule: write ${meant}` : 'is no rule: docs/security-rules.md lists them';
    }
    case 'resource':
      return /^[^:\s]+: [\w*]+\.[\w*-]+$/.test(value)
        ? undefined
        : 'must be "<stack>: <type>.<name>", as the review names it; * stands for any characters';
    case 'reason':
      return value.trim().length >= 10 ? undefined : 'must say why, for whoever reads it in a year';
    case 'expires':
      return isDay(value) ? undefined : 'must be a day that the calendar has, as YYYY-MM-DD';
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

const said = (value: unknown) => (value === undefined ? '(missing)' : JSON.stringify(value).slice(0, 120));
