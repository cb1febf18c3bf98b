import { NotSimulated } from '../../not-simulated';
import { numbersIn, survives } from './json-numbers';
import { type JsonPath, jsonPath, valueAt } from './json-path';
import { type PipeRecord, parsedBody, parsedOrText, shortened } from './pipe-record';
import { type Segment, templateSegments } from './template-segments';

/** Whose template it is, for the variables that name it. */
export interface TemplateOwner {
  readonly arn: string;
  readonly name: string;
  readonly sourceArn: string;
  readonly targetArn: string;
}

export interface Transformed {
  readonly text: string;
  /** False for an object or array that is the whole template: Pipes drop its quotes. */
  readonly isJson: boolean;
}

/** Makes of one message what the target gets. @param now milliseconds since 1970 */
export type InputTemplate = (record: PipeRecord, now: number) => Transformed;

type Read = (event: { readonly [field: string]: unknown }, now: number) => unknown;

/**
 * An input template, ready for messages. A text in the place of a value gets its quotes, an object stands
 * there as it is, and within quotes loses its own; a variable without a value leaves nothing between quotes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
 *
 * @param where the template's place in the plan
 * @throws PlanError for a template that is too long
 * @throws NotSimulated here and with a message, for what the page above leaves open: values that would have
 *   to be escaped, missing ones outside of quotes, a variable alone that is neither text nor object
 */
export function inputTemplate(template: string, owner: TemplateOwner, where: string): InputTemplate {
  const segments = templateSegments(template, where);
  const alone = aloneIn(segments);
  const readAlone = alone && reading({ ...alone, quoted: true }, owner, where);
  const reads = segments.map((segment) =>
    segment.kind === 'text' ? segment.text : { ...segment, read: reading(segment, owner, where) },
  );
  return (record, now) => {
    const event = { ...record, body: bodyOf(record, template, where) };
    if (alone && readAlone) {
      const value = readAlone(event, now);
      if (typeof value !== 'string' && !isStructure(value)) {
        throw new NotSimulated(where, `<${alone.name}> alone where its value is ${JSON.stringify(value)}`);
      }
      return { text: `"${quotedText(value, alone.name, where)}"`, isJson: !isStructure(value) };
    }
    const pieces = reads.map((segment) => {
      if (typeof segment === 'string') return segment;
      const value = segment.read(event, now);
      return segment.quoted ? quotedText(value, segment.name, where) : valueText(value, segment.name, where);
    });
    return { text: pieces.join(''), isJson: true };
  };
}

/** Only a template that looks at the body needs to know what it is. */
function bodyOf({ body: text }: PipeRecord, template: string, where: string): unknown {
  if (!/<(?:\$\.body|aws\.pipes\.event)\b/.test(template)) return text;
  const body = parsedBody(text);
  const changed = body.kind === 'json' && numbersIn(text).find((number) => !survives(number));
  if (changed) throw new NotSimulated(where, `a body with the number ${changed}, which has too many digits,`);
  return parsedOrText(body, where);
}

function aloneIn(segments: readonly Segment[]): Extract<Segment, { kind: 'variable' }> | undefined {
  const [only, ...others] = segments.filter(({ kind }) => kind === 'variable');
  if (only?.kind !== 'variable' || others.length > 0) return undefined;
  const rest = segments.map((segment) => (segment.kind === 'text' ? segment.text : '')).join('');
  return rest.trim() === '' ? only : undefined;
}

function reading(
  { name, quoted }: Extract<Segment, { kind: 'variable' }>,
  owner: TemplateOwner,
  where: string,
): Read {
  if (name.startsWith('$')) {
    const path: JsonPath = jsonPath(name, where);
    return (event) => valueAt(event, path);
  }
  switch (name) {
    case 'aws.pipes.pipe-arn':
      return () => owner.arn;
    case 'aws.pipes.pipe-name':
      return () => owner.name;
    case 'aws.pipes.source-arn':
      return () => owner.sourceArn;
    case 'aws.pipes.target-arn':
      return () => owner.targetArn;
    case 'aws.pipes.event.ingestion-time':
      return (_event, now) => new Date(now).toISOString();
    case 'aws.pipes.event.json':
      if (quoted) throw new NotSimulated(where, `<${name}> other than as the value of a field`);
      return (event) => {
        if (typeof event.body === 'object') return event;
        throw new NotSimulated(where, `<${name}> of a message whose body is no JSON`);
      };
    default:
      throw new NotSimulated(where, `the variable <${name}>`);
  }
}

const isStructure = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** In the place of a JSON value. */
function valueText(value: unknown, name: string, where: string): string {
  if (value === undefined) throw new NotSimulated(where, `<${name}> without a value, outside of quotes,`);
  return typeof value === 'string' ? `"${unescaped(value, name, where)}"` : JSON.stringify(value);
}

/** Between the quotes of a text. */
function quotedText(value: unknown, name: string, where: string): string {
  if (value === undefined) return '';
  if (value === null) throw new NotSimulated(where, `<${name}> between quotes where its value is null`);
  if (typeof value === 'string') return unescaped(value, name, where);
  return unescaped(JSON.stringify(value).replaceAll('"', ''), name, where);
}

/** Pipes are said both to escape nothing and to make sure of valid JSON. */
function unescaped(text: string, name: string, where: string): string {
  if (JSON.stringify(text) === `"${text}"`) return text;
  throw new NotSimulated(where, `<${name}> where its text would have to be escaped: ${shortened(text)}`);
}
