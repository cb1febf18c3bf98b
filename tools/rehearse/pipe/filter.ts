import { NotSimulated } from '../../not-simulated';
import { PlanError } from '../../plan/plan-error';
import { type EventPattern, eventPattern } from './event-pattern';
import { isPlain, numbersIn } from './json-numbers';
import { type Body, type PipeRecord, parsedBody, shortened } from './pipe-record';

/** Whether a pipe delivers a message; what it does not deliver it deletes. */
export type Filter = (record: PipeRecord) => boolean;

const rules = 'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-filtering.html';

const mostPatterns = 5;

/** Set by the pipe, and of no use in a pattern. */
const fieldsOfThePipe = [
  'awsRegion',
  'eventID',
  'eventName',
  'eventSource',
  'eventSourceARN',
  'eventSourceKey',
  'eventVersion',
  'invokeIdentityArn',
];

/**
 * A pipe's filter: one of its patterns must match; without patterns everything does.
 *
 * @param patterns as JSON
 * @throws PlanError for what Pipes refuse, NotSimulated for what is not documented
 */
export function filter(patterns: readonly string[], where: string): Filter {
  if (patterns.length > mostPatterns) {
    throw new PlanError(`${where} has ${patterns.length} patterns; Pipes take ${mostPatterns} (${rules})`);
  }
  if (patterns.length === 0) return () => true;
  const tests = patterns.map((json, index) => pattern(json, `${where}[${index}]`));
  const kinds = new Set(tests.flatMap(({ bodyKinds }) => [...bodyKinds]));
  if (kinds.size > 1) throw new NotSimulated(where, 'patterns for a body that is JSON beside some for text');
  const [bodyKind] = kinds;
  const comparesNumbers = patterns.some((json) => numbersIn(json).length > 0);
  return (record) => {
    const body = parsedBody(record.body);
    if (bodyKind !== undefined && !isOfKind(body, bodyKind, where)) return false;
    if (comparesNumbers) checkNumbers(body, where);
    const seen = { ...record, body: body.kind === 'json' ? body.value : body.text };
    return tests.some(({ matches }) => matches(seen));
  };
}

type BodyKind = 'json' | 'text';

/** A message whose body is of another kind than the pattern's is dropped. */
function isOfKind(body: Body, kind: BodyKind, where: string): boolean {
  if (body.kind === 'scalar') {
    throw new NotSimulated(where, `a pattern for the body ${shortened(body.text)}`);
  }
  return body.kind === kind;
}

/**
 * Numbers are compared as they are written: 300 and 300.0 differ.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
function checkNumbers(body: Body, where: string): void {
  const odd = body.kind === 'json' && numbersIn(body.text).find((number) => !isPlain(number));
  if (odd) throw new NotSimulated(where, `comparing numbers with a body that has ${odd}`);
}

function pattern(
  json: string,
  where: string,
): { readonly matches: EventPattern; readonly bodyKinds: ReadonlySet<BodyKind> } {
  const written = parsed(json, where);
  const odd = numbersIn(json).find((number) => !isPlain(number));
  if (odd !== undefined) throw new NotSimulated(where, `the number ${odd} in this spelling`);
  const bodyKinds = new Set<BodyKind>();
  for (const [field, inner] of fieldsOf(written)) {
    if (fieldsOfThePipe.includes(field)) {
      throw new PlanError(
        `${where}: "${field}" cannot be used in a pattern (${rules}): filter by another field`,
      );
    }
    if (field === 'body') bodyKinds.add(Array.isArray(inner) ? 'text' : 'json');
  }
  return { matches: eventPattern(written, where), bodyKinds };
}

function parsed(json: string, where: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new PlanError(`${where}: ${shortened(json)} is no JSON`);
  }
}

/** Fields of the message itself, those within alternatives too. */
function fieldsOf(written: unknown): readonly (readonly [string, unknown])[] {
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([name, inner]) =>
    name === '$or' && Array.isArray(inner) ? inner.flatMap(fieldsOf) : [[name, inner] as const],
  );
}
