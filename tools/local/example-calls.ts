import { otherAddress } from '../rehearse/samples/addresses';
import { bodiesOf, contentTypesOf, requiredHeaders } from '../rehearse/scenarios/callback/callers';
import type { TemporaryCredentials } from '../rehearse/world/credentials';
import type { CallbackFlow } from '../rehearse/world/flows';
import { sourceIpHeader } from './callbacks';

/** What to paste into a shell. */
export interface ExampleCall {
  readonly url: string;
  readonly curl: string;
  /** Headers that make it come from where nobody is let in; none where everybody is. */
  readonly outsider: string | undefined;
}

/** Credentials to sign with, and the region that they are used in. */
export type Signer = TemporaryCredentials & { readonly region: string };

/**
 * A request that a callback takes.
 * @param origin such as `http://127.0.0.1:8080`
 * @param signer of a role that may call, where the callback asks for a signature
 */
export async function exampleCall(
  flow: CallbackFlow,
  origin: string,
  signer?: Signer | undefined,
): Promise<ExampleCall> {
  const { api, method, allowList } = flow;
  const url = `${origin}/${api.stageName}${method.path}`;
  const [body = ''] = await bodiesOf(flow, 1);
  const headers = [
    `Content-Type: ${contentTypesOf(flow)[0] ?? 'application/json'}`,
    ...requiredHeaders(flow).map((name) => `${name}: example`),
    ...(flow.apiKey ? [`X-Api-Key: ${flow.apiKey.value}`] : []),
    ...(signer ? [`X-Amz-Security-Token: ${signer.sessionToken}`] : []),
  ];
  const outside = allowList.length > 0 ? otherAddress(allowList) : undefined;
  return {
    url,
    curl: [
      'curl -i',
      ...(method.httpMethod === 'POST' ? [] : [`-X ${method.httpMethod}`]),
      ...(signer
        ? [
            `--aws-sigv4 aws:amz:${signer.region}:execute-api`,
            `--user ${signer.accessKeyId}:${signer.secretAccessKey}`,
          ]
        : []),
      ...headers.map((header) => `-H ${quoted(header)}`),
      `--data-raw ${quoted(body)}`,
      url,
    ].join(' '),
    outsider: outside === undefined ? undefined : `-H ${quoted(`${sourceIpHeader}: ${outside}`)}`,
  };
}

/** As one word of a POSIX shell. */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
