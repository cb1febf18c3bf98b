import { createHash } from 'node:crypto';
import { bizppurioDeliveryResult } from '../../../../environments/schemas/bizppurio-delivery-result';
import type { RestAnswer } from '../../api-gateway/rest-request';
import { listedAddress } from '../../samples/addresses';
import callbacks from '../../samples/bizppurio-callbacks.json';
import { jsonBodies } from '../../samples/json-bodies';
import type { CallbackFlow } from '../../world/flows';
import { groupFieldOf, idSourceOf, mayShareGroup } from '../../world/id-sources';
import type { Stage } from '../scenario';

/** What a caller sends, where it differs from what the flow asks for. */
export interface Call {
  readonly body: string | Uint8Array;
  /** @default the first that the flow takes */
  readonly contentType?: string;
  /** Beside those that the flow requires. */
  readonly headers?: readonly (readonly [string, string])[];
  /** @default one that the environment lists */
  readonly sourceIp?: string;
}

/** Posts to the flow's callback as its sender would. */
export function post({ flow, world }: Stage<CallbackFlow>, call: Call): RestAnswer {
  const { api, method, allowList } = flow;
  return world.request(api, {
    method: method.httpMethod,
    path: method.path,
    headers: new Map([
      ...requiredHeaders(flow).map((header): [string, string] => [header, headerValue(flow, header, call)]),
      // As Bizppurio writes it.
      ['Content-type', call.contentType ?? contentTypesOf(flow)[0] ?? 'application/json'],
      ...(call.headers ?? []),
    ]),
    body: call.body,
    sourceIp: call.sourceIp ?? listedAddress(allowList),
  });
}

/** A header that messages are told apart by is the body's own. */
function headerValue(flow: CallbackFlow, header: string, { body }: Call): string {
  const id = idSourceOf(flow, 'MessageDeduplicationId');
  const isId = id?.from === 'header' && id.name === header.toLowerCase();
  return isId ? createHash('sha256').update(body).digest('hex') : 'example';
}

/** Headers that the route requires, without Content-Type. */
export const requiredHeaders = ({ method }: CallbackFlow): readonly string[] =>
  method.requiredParameters.flatMap((parameter) => {
    const [, header] = /^method\.request\.header\.(.+)$/.exec(parameter) ?? [];
    return header && header.toLowerCase() !== 'content-type' ? [header] : [];
  });

/** Those of text that the integration has a template for. */
export const contentTypesOf = ({ api, method }: CallbackFlow): readonly string[] =>
  [...method.integration.templates.keys()].filter((type) => !api.binaryMediaTypes.includes(type));

/** Those whose bodies are bytes. */
export const binaryContentTypesOf = ({ api, method }: CallbackFlow): readonly string[] =>
  [...method.integration.templates.keys()].filter((type) => api.binaryMediaTypes.includes(type));

export const isDeliveryResult = ({ method }: CallbackFlow): boolean =>
  method.models.get('application/json')?.schema.title === bizppurioDeliveryResult.title;

/** Groups over which bodies of a FIFO callback are spread. */
const groups = 100;

/**
 * Bodies as the flow's sender writes them, no two alike: recorded ones where there are some, else made up from the
 * schema. @throws NotSimulated when no body can be made up
 */
export async function bodiesOf(flow: CallbackFlow, count: number): Promise<readonly string[]> {
  const model = flow.method.models.get('application/json');
  if (!model) return Array.from({ length: count }, (_, index) => `{"number":${index}}`);
  const samples = isDeliveryResult(flow)
    ? callbacks.accepted.map((callback) => JSON.stringify(callback))
    : await jsonBodies(model, Math.min(count, 3), flow.method.address);
  const group = mayShareGroup(flow) ? groupFieldOf(flow) : undefined;
  const parsed = samples.map((sample) => JSON.parse(sample) as Readonly<Record<string, unknown>>);
  const free = freeFields(parsed[0] ?? {}, (body) => model.fault(body) === undefined);
  return Array.from({ length: count }, (_, index) =>
    index < samples.length
      ? (samples[index] as string)
      : JSON.stringify({
          ...parsed[index % parsed.length],
          ...Object.fromEntries(free.map((field) => [field, text(field === group ? index % groups : index)])),
        }),
  );
}

const text = (number: number) => `rehearsed-${number}`;

/** Fields that may hold any plain text. */
const freeFields = (
  sample: Readonly<Record<string, unknown>>,
  accepts: (body: string) => boolean,
): readonly string[] =>
  Object.keys(sample).filter(
    (field) => typeof sample[field] === 'string' && accepts(JSON.stringify({ ...sample, [field]: text(0) })),
  );

/** Bodies of one message group, where the body says the group and may share it; no two alike. */
export async function bodiesOfOneGroup(flow: CallbackFlow, count: number): Promise<readonly string[]> {
  const bodies = await bodiesOf(flow, count);
  const field = groupFieldOf(flow);
  if (field === undefined || !mayShareGroup(flow)) return bodies;
  return bodies.map((body) => JSON.stringify({ ...JSON.parse(body), [field]: 'one-group' }));
}

export const isAccepted = ({ status }: RestAnswer): boolean => status >= 200 && status < 300;
