import { createHash } from 'node:crypto';
import type { HttpAnswer } from '../../api-gateway/http-request';
import type { RestRequest } from '../../api-gateway/rest-request';
import type { HttpCallbackFlow } from '../../world/flows';
import type { World } from '../../world/world';
import type { Stage } from '../scenario';

/** What a caller sends, where it differs from what the flow asks for. */
export interface Call {
  readonly body: string;
  /** @default JSON */
  readonly contentType?: string;
  /** Beside those that the flow reads, and instead of them. */
  readonly headers?: readonly (readonly [string, string])[];
}

/** Where callers come from: no list says who may. */
const sourceIp = '203.0.113.9';

/** Posts to the flow's callback as its sender would, with a token where it asks for one. */
export function post(
  { flow, world }: Pick<Stage<HttpCallbackFlow>, 'flow' | 'world'>,
  call: Call,
): HttpAnswer {
  return world.httpRequest(flow.api, requestOf({ flow, world }, call));
}

/** The request of the flow's sender. */
export function requestOf(
  { flow, world }: Pick<Stage<HttpCallbackFlow>, 'flow' | 'world'>,
  call: Call,
): Omit<RestRequest, 'timeEpoch'> {
  const { route } = flow;
  const headers = new Map([
    ['content-type', call.contentType ?? 'application/json'],
    ...idHeaders(flow).map((name): [string, string] => [
      name.toLowerCase(),
      headerValue(flow, name, call.body),
    ]),
    ...(route.authorizer
      ? [[route.authorizer.header.toLowerCase(), `Bearer ${validToken(flow, world)}`] as const]
      : []),
  ]);
  for (const [name, value] of call.headers ?? []) headers.set(name.toLowerCase(), value);
  return { method: route.httpMethod, path: route.path, headers, body: call.body, sourceIp };
}

/** A token that the flow's authorizer takes. @throws Error where it has none */
export function validToken(flow: HttpCallbackFlow, world: World): string {
  const { authorizer } = flow.route;
  if (!authorizer) throw new Error(`${flow.way} asks for no token`);
  return world.issuer(authorizer.issuer).validToken(claimsFor(flow), world.clock.now());
}

/** What a token for the flow says, beside who issued it and for how long. */
export const claimsFor = ({ route }: HttpCallbackFlow) => ({
  aud: route.authorizer?.audience[0],
  ...(route.scopes.length > 0 && { scope: route.scopes[0] }),
});

export type IdParameter = 'MessageGroupId' | 'MessageDeduplicationId';

export type IdSource = { readonly from: 'header' | 'body'; readonly name: string } | undefined;

/** What an id of the messages is taken from, where the caller chooses it. */
export function idSourceOf({ route }: HttpCallbackFlow, parameter: IdParameter): IdSource {
  const expression = route.integration.parameters.get(parameter) ?? '';
  const [, from, name] = /^\$request\.(header|body)\.([\w-]+)$/.exec(expression) ?? [];
  return from && name ? { from: from as 'header' | 'body', name } : undefined;
}

export const idSourcesOf = (flow: HttpCallbackFlow) =>
  (['MessageGroupId', 'MessageDeduplicationId'] as const).flatMap((parameter) => {
    const source = idSourceOf(flow, parameter);
    return source ? [{ parameter, ...source }] : [];
  });

/** Headers that ids are taken from. */
export const idHeaders = (flow: HttpCallbackFlow): readonly string[] =>
  idSourcesOf(flow).flatMap(({ from, name }) => (from === 'header' ? [name] : []));

/** A header that messages are told apart by is the body's own. */
const headerValue = (flow: HttpCallbackFlow, header: string, body: string): string => {
  const id = idSourceOf(flow, 'MessageDeduplicationId');
  return id?.from === 'header' && id.name === header
    ? createHash('sha256').update(body).digest('hex')
    : 'example';
};

/** Groups over which bodies of a FIFO callback are spread. */
const groups = 100;

/** Bodies as the flow's sender writes them, no two alike, with the fields that ids are taken from. */
export function bodiesOf(flow: HttpCallbackFlow, count: number): readonly string[] {
  const group = idSourceOf(flow, 'MessageGroupId');
  const id = idSourceOf(flow, 'MessageDeduplicationId');
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      number: index,
      text: `${index}: 알림톡 & "100 %" + more`,
      ...(group?.from === 'body' && { [group.name]: `group-${index % groups}` }),
      ...(id?.from === 'body' && { [id.name]: `message-${index}` }),
    }),
  );
}

/** Bodies of one message group, where the body says the group; no two alike. */
export function bodiesOfOneGroup(flow: HttpCallbackFlow, count: number): readonly string[] {
  const group = idSourceOf(flow, 'MessageGroupId');
  return bodiesOf(flow, count).map((body) =>
    group?.from === 'body' ? JSON.stringify({ ...JSON.parse(body), [group.name]: 'one-group' }) : body,
  );
}

export const isAccepted = ({ status }: HttpAnswer): boolean => status >= 200 && status < 300;
