import { otherAddress } from '../rehearse/samples/addresses';
import { bodiesOf, contentTypesOf, requiredHeaders } from '../rehearse/scenarios/callback/callers';
import type { CallbackFlow } from '../rehearse/world/flows';
import { sourceIpHeader } from './callbacks';

/** What to paste into a shell. */
export interface ExampleCall {
  readonly url: string;
  readonly curl: string;
  /** Headers that make it come from where nobody is let in; none where everybody is. */
  readonly outsider: string | undefined;
}

/** A request that a callback takes. @param origin such as `http://127.0.0.1:8080` */
export async function exampleCall(flow: CallbackFlow, origin: string): Promise<ExampleCall> {
  const { api, method, allowList } = flow;
  const url = `${origin}/${api.stageName}${method.path}`;
  const [body = ''] = await bodiesOf(flow, 1);
  const headers = [
    `Content-Type: ${contentTypesOf(flow)[0] ?? 'application/json'}`,
    ...requiredHeaders(flow).map((name) => `${name}: example`),
  ];
  const outside = allowList.length > 0 ? otherAddress(allowList) : undefined;
  return {
    url,
    curl: [
      'curl -i',
      ...(method.httpMethod === 'POST' ? [] : [`-X ${method.httpMethod}`]),
      ...headers.map((header) => `-H ${quoted(header)}`),
      `--data-raw ${quoted(body)}`,
      url,
    ].join(' '),
    outsider: outside === undefined ? undefined : `-H ${quoted(`${sourceIpHeader}: ${outside}`)}`,
  };
}

/** As one word of a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
