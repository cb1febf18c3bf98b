import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Asked } from './answer';
import { Repairs } from './repairs';
import type { ThereBefore } from './there-before';

/** A request as it was made. */
export interface Request {
  /** By which the SDK's log knows it. */
  readonly invocation: string;
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly body: string;
}

/** A local AWS endpoint in front of moto_server: it keeps what is asked, and does what moto 5.2 cannot. */
export interface Endpoint {
  readonly url: string;
  /** The requests since the last call. */
  taken(): readonly Request[];
  stop(): void;
}

export async function startEndpoint(moto: string, before: ThereBefore): Promise<Endpoint> {
  const requests: Request[] = [];
  const repairs = new Repairs();
  const forwarded = async (request: Forwarded): Promise<Answer> => {
    // States are taken and given as they are: their length was told before.
    if (request.headers.authorization?.includes('/s3/')) return forward(moto, request);
    const answer = await forward(moto, before.asked(request));
    return { ...answer, body: Buffer.from(before.answered(answer.body.toString())) };
  };
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method = '', url = '' } = request;
    requests.push({ invocation: String(request.headers['amz-sdk-invocation-id']), method, url, body });
    const asked = { method, url, body, target: String(request.headers['x-amz-target'] ?? '') };
    const passedOn = repairs.before(asked);
    const answer =
      'status' in passedOn
        ? passedOn
        : repairs.after(asked, await forwarded({ ...passedOn, headers: request.headers }));
    const { 'content-length': length, 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
    response.writeHead(answer.status, {
      ...headers,
      'content-length': method === 'HEAD' ? (length ?? '0') : answer.body.length,
    });
    response.end(method === 'HEAD' ? undefined : answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => requests.splice(0),
    stop: () => void server.close(),
  };
}

interface Forwarded extends Asked {
  readonly headers: http.IncomingHttpHeaders;
}

function forward(moto: string, { method, url, body, headers }: Forwarded): Promise<Answer> {
  const { 'transfer-encoding': _, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const request = http.request(
      new URL(url, moto),
      { method, headers: { ...kept, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 500,
            headers: answer.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
