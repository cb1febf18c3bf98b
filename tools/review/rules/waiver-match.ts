import { globMatches } from './reading/glob';
import type { Violation } from './violations';
import type { Waiver } from './waivers';

/** Whether a waiver is about a violation; a `*` stays on its side of the colon. */
export function isAbout(
  { rule, resource }: Waiver,
  violation: Pick<Violation, 'rule' | 'resource'>,
): boolean {
  if (rule !== violation.rule) return false;
  const [stack, address] = partsOf(violation.resource);
  const [stacks, addresses] = partsOf(resource);
  return globMatches(stacks, stack) && globMatches(addresses, address);
}

/** Whether a waiver may be about something of a stack. */
export const isOfStack = ({ resource }: Waiver, stack: string): boolean =>
  globMatches(partsOf(resource)[0], stack);

function partsOf(resource: string): readonly [stack: string, address: string] {
  const colon = resource.indexOf(':');
  return [resource.slice(0, colon), resource.slice(colon + 1).trim()];
}

/** The day in UTC, `YYYY-MM-DD`: the same wherever a review runs. */
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** A waiver holds through its last day. */
export const hasExpired = ({ expires }: Waiver, today: string): boolean => expires < today;

/**
 * The last day to which a waiver may be given: a year from today. Each is then decided anew at least once a year, by
 * whoever is there then; one without an end would be the rule's end.
 */
export function latestExpiry(today: string): string {
  const [year = '', month, day] = today.split('-');
  const next = `${Number(year) + 1}-${month}-${day}`;
  return next.endsWith('-02-29') ? next.replace(/29$/, '28') : next;
}
