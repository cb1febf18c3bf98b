import { createHash } from 'node:crypto';
import { bizppurioDeliveryResult } from '../../../../environments/schemas/bizppurio-delivery-result';
import type { RestAnswer, RestRequest } from '../../api-gateway/rest-request';
import { listedAddress } from '../../samples/addresses';
import callbacks from '../../samples/bizppurio-callbacks.json';
import { jsonBodies } from '../../samples/json-bodies';
import type { Headers } from '../../world/callers';
import type { CallbackFlow } from '../../world/flows';
import { groupFieldOf, idSourceOf, mayShareGroup } from '../../world/id-sources';
import type { Stage } from '../scenario';
import { isOfSignature, signatureOf } from './signing';

/** What a caller sends, where it differs from what the flow asks for. */
export interface Call {
  readonly body: string | Uint8Array;
  /** @default the first that the flow takes */
  readonly contentType?: string;
  /** Beside those that the flow requires. */
  readonly headers?: readonly (readonly [string, string])[];
  /** @default one that the environment lists */
  readonly sourceIp?: string;
  /** Whether it counts against the quota of the key, as it does not in scenarios about something else. @default false */
  readonly counts?: boolean;
  /** In place of what the environment asks for: a key, a signature, an endpoint. */
  readonly asked?: Partial<Asked>;
}

/** What a request of a sender has beside its body, as the environment asks for it. */
export interface Asked {
  /** @default none is sent */
  readonly apiKey: string | undefined;
  /** Headers of a signature. */
  readonly signature: Headers;
  readonly sourceVpce: string | undefined;
}

const askedOf = ({ flow, world }: CallbackStage): Asked => ({
  apiKey: flow.apiKey?.value,
  signature: flow.callerRoleArns?.[0] === undefined ? [] : world.callers.signed(flow.callerRoleArns[0]),
  sourceVpce: flow.vpcEndpointId,
});

/** How a request is sent, beside its path, headers of its own and body: from where, and with what. */
export function asSender(
  stage: CallbackStage,
  { body = '', sourceIp = listedAddress(stage.flow.allowList), asked = {} }: Partial<Call> = {},
): { readonly headers: Headers; readonly sourceIp: string; readonly sourceVpce: string | undefined } {
  const { apiKey, signature, sourceVpce } = { ...askedOf(stage), ...asked };
  const key: Headers = apiKey === undefined ? [] : [['X-Api-Key', apiKey]];
  return { headers: [...key, ...signature, ...signatureOf(stage, { body })], sourceIp, sourceVpce };
}

/** Posts to the flow's callback as its sender would, and lets time pass until it is answered. */
export const post = (stage: CallbackStage, call: Call): Promise<RestAnswer> =>
  send(stage, requestOf(stage, call), call);

/** The same with these headers and no others. */
export const postWith = (stage: CallbackStage, call: Call): Promise<RestAnswer> =>
  send(stage, requestWith(stage, call), call);

function send(
  { clock, flow, world }: CallbackStage,
  request: Omit<RestRequest, 'timeEpoch'>,
  { counts }: Call,
): Promise<RestAnswer> {
  if (!counts) world.usage.renew();
  return clock.settle(world.request(flow.api, request));
}

/** The request of the flow's sender. */
export const requestOf = (stage: CallbackStage, call: Call): Omit<RestRequest, 'timeEpoch'> =>
  requestWith(stage, {
    ...call,
    headers: [
      ...requiredHeaders(stage.flow).map((header): [string, string] => [
        header,
        headerValue(stage.flow, header, call),
      ]),
      // As Bizppurio writes it.
      ['Content-type', call.contentType ?? contentTypesOf(stage.flow)[0] ?? 'application/json'],
      ...asSender(stage, call).headers,
      ...(call.headers ?? []),
    ],
  });

function requestWith(stage: CallbackStage, call: Call): Omit<RestRequest, 'timeEpoch'> {
  const { httpMethod, path } = stage.flow.method;
  const { headers: _, ...from } = asSender(stage, call);
  return { method: httpMethod, path, headers: new Map(call.headers), body: call.body, ...from };
}

/** What posting takes. */
export type CallbackStage = Pick<Stage<CallbackFlow>, 'clock' | 'flow' | 'world'>;

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

/** Required headers that hold whatever their sender likes. */
export const freeHeaders = (flow: CallbackFlow): readonly string[] =>
  requiredHeaders(flow).filter((header) => !flow.signature || !isOfSignature(header));

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
