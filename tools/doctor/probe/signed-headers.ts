import { SignatureV4 } from '@smithy/signature-v4';
import type { Aws } from '../aws/aws';

/**
 * Headers that prove to API Gateway who connects, with the credentials that the AWS SDK finds.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
 * @param url `wss://` or `ws://`
 */
export async function signedHeaders(
  { clients }: Aws,
  region: string,
  url: URL,
): Promise<Readonly<Record<string, string>>> {
  const { credentials, sha256 } = clients.sqs.config;
  const signer = new SignatureV4({ service: 'execute-api', region, credentials, sha256 });
  const { headers } = await signer.sign({
    method: 'GET',
    protocol: url.protocol === 'ws:' ? 'http:' : 'https:',
    hostname: url.hostname,
    ...(url.port && { port: Number(url.port) }),
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host },
  });
  return headers;
}
