import { bodiesOf, contentTypesOf, freeHeaders } from '../rehearse/scenarios/callback/callers';
import type { CallbackFlow } from '../rehearse/world/flows';
import type { World } from '../rehearse/world/world';
import { quoted } from './example-calls';

/** Lines of a POSIX shell that sign a request and send it; nothing where a callback wants no signature. */
export async function signedCall(
  flow: CallbackFlow,
  origin: string,
  { secrets }: Pick<World, 'secrets'>,
): Promise<readonly string[] | undefined> {
  const { api, method, signature } = flow;
  if (!signature) return undefined;
  const [body = ''] = await bodiesOf(flow, 1);
  const headers = [
    `Content-Type: ${contentTypesOf(flow)[0] ?? 'application/json'}`,
    ...freeHeaders(flow).map((name) => `${name}: example`),
  ];
  const hex = "-r | cut -d' ' -f1";
  return [
    `secret=${quoted(secrets.version(signature.secretArn, 'AWSCURRENT')?.text ?? '')}`,
    `body=${quoted(body)}`,
    `time=$(date +%s); digest=$(printf %s "$body" | openssl dgst -sha256 ${hex})`,
    `signature=$(printf '%s\\n%s\\n%s\\n%s' "$time" ${method.httpMethod} ${method.path} "$digest" | openssl dgst -sha256 -hmac "$secret" ${hex})`,
    [
      'curl -i',
      ...(method.httpMethod === 'POST' ? [] : [`-X ${method.httpMethod}`]),
      ...headers.map((header) => `-H ${quoted(header)}`),
      '-H "X-Timestamp: $time" -H "X-Body-Sha256: $digest" -H "X-Signature: $signature"',
      '--data-binary "$body"',
      `${origin}/${api.stageName}${method.path}`,
    ].join(' '),
  ];
}
