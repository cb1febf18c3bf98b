import type { CallbackIdSource } from '../../../environments/environment';
import type { Model } from '../../rehearse/api-gateway/model';
import { bodiesOf, contentTypesOf, requiredHeaders } from '../../rehearse/scenarios/callback/callers';
import type { CallbackFlow } from '../../rehearse/world/flows';
import type { CallbackTarget } from './targets';

/** A message that a callback takes and that is like no other, where its schema lets it. */
export interface MarkedMessage {
  readonly body: string;
  readonly contentType: string;
  /** Beside the content type. */
  readonly headers: ReadonlyMap<string, string>;
  /** What the body carries; nothing where the schema lets no field carry it. */
  readonly mark: string | undefined;
  /** Fields of the body that carry it. */
  readonly markedFields: readonly string[];
  /** Message attributes that must come with it; of those without a value it is not known. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
  /** The message group that it must be in. */
  readonly groupId: string | undefined;
}

/**
 * Makes up a body for the callback's schema and marks it: in the fields that name its object, its group and what it is
 * told apart by, and in whatever else looks like an id; else in the first string that takes it.
 * @param marks the second where a field does not take the first
 * @throws NotSimulated when no body for the schema is found
 */
export async function markedMessage(
  { settings, api, method, plan, queue, way, consumer }: CallbackTarget,
  marks: readonly [string, string],
): Promise<MarkedMessage> {
  const flow: CallbackFlow = {
    kind: 'callback',
    stackId: plan.stackId,
    way,
    queueArn: queue.arn,
    api,
    method,
    allowList: settings.allowList,
    consumerRoleArns: [],
  };
  const types = contentTypesOf(flow);
  const contentType = types.includes('application/json') ? 'application/json' : (types[0] ?? 'text/plain');
  const headers = new Map(requiredHeaders(flow).map((name) => [name, marks[0]]));
  const sent = { contentType, headers, attributes: attributesOf(flow, settings, marks[0]) };
  if (contentType !== 'application/json') {
    const body = contentType === 'application/x-www-form-urlencoded' ? `message=${marks[0]}` : marks[0];
    return {
      ...sent,
      body,
      mark: marks[0],
      markedFields: [],
      groupId: groupId(settings.queue, body, marks[0]),
    };
  }
  const model = method.models.get('application/json');
  const [sample = '{}'] = await bodiesOf(flow, 1);
  const needed = [
    ...(consumer.kind === 'archive' ? [consumer.archive.messageKeyField] : []),
    ...idFields(settings.queue),
  ].filter((field) => field !== undefined);
  const made = marked(sample, model, needed, marks);
  return { ...sent, ...made, groupId: groupId(settings.queue, made.body, marks[0]) };
}

function idFields(queue: CallbackTarget['settings']['queue']): readonly string[] {
  if (queue === undefined || queue.kind === 'standard') return [];
  return [queue.messageGroupId, queue.messageDeduplicationId].flatMap((source?: CallbackIdSource) =>
    source?.from === 'body' ? [source.field] : [],
  );
}

/** Those of headers that are sent, with their values, and whatever else the template sets. */
function attributesOf(
  { method }: CallbackFlow,
  { headerAttributes = [] }: CallbackTarget['settings'],
  value: string,
): ReadonlyMap<string, string | undefined> {
  const template = [...method.integration.templates.values()].join('\n');
  const names = [...template.matchAll(/MessageAttribute\.[^=]+\.Name=([\w.-]+)/g)].map(
    ([, name = '']) => name,
  );
  const own = names.filter((name) => !headerAttributes.some(({ attribute }) => attribute === name));
  const required = headerAttributes.filter(({ required }) => required).map(({ attribute }) => attribute);
  return new Map([
    ...own.map((name): [string, undefined] => [name, undefined]),
    ...required.map((name): [string, string] => [name, value]),
  ]);
}

function groupId(
  queue: CallbackTarget['settings']['queue'],
  body: string,
  header: string,
): string | undefined {
  const source = queue === undefined || queue.kind === 'standard' ? undefined : queue.messageGroupId;
  if (source?.from === 'constant') return source.value;
  if (source?.from === 'header') return header;
  return source && String((JSON.parse(body) as Readonly<Record<string, unknown>>)[source.field]);
}

type Marked = Pick<MarkedMessage, 'body' | 'mark' | 'markedFields'>;

/** One mark for all fields, so that it can be searched for. */
function marked(
  sample: string,
  model: Model | undefined,
  needed: readonly string[],
  marks: readonly [string, string],
): Marked {
  const tries = marks.map((mark) => withMark(sample, model, needed, mark));
  const best = tries.find(({ markedFields }) => needed.every((field) => markedFields.includes(field)));
  return (
    best ??
    tries.find(({ mark }) => mark !== undefined) ?? { body: sample, mark: undefined, markedFields: [] }
  );
}

/** Of no schema that says otherwise: a field of the probe's own. */
const ownField = 'doctorProbe';

function withMark(sample: string, model: Model | undefined, needed: readonly string[], mark: string): Marked {
  const parsed: unknown = JSON.parse(sample);
  if (parsed === null || typeof parsed !== 'object' || Array.isArray(parsed)) {
    return { body: sample, mark: undefined, markedFields: [] };
  }
  let body = parsed as Readonly<Record<string, unknown>>;
  const markedFields: string[] = [];
  const put = (field: string) => {
    const changed = { ...body, [field]: mark };
    if (markedFields.includes(field) || model?.fault(JSON.stringify(changed)) !== undefined) return;
    body = changed;
    markedFields.push(field);
  };
  const texts = Object.keys(body).filter((field) => typeof body[field] === 'string');
  needed.forEach(put);
  texts.filter((field) => /(id|key)$/i.test(field)).forEach(put);
  for (const field of [...texts, ownField]) if (markedFields.length === 0) put(field);
  return {
    body: JSON.stringify(body),
    mark: markedFields.length > 0 ? mark : undefined,
    markedFields,
  };
}
