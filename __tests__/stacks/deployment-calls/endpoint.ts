import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it was made. */
export interface Request {
  /** By which the SDK's log knows it. */
  readonly invocation: string;
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

type Json = Record<string, unknown>;

/** A local AWS endpoint in front of moto_server: it keeps what is asked, and does what moto 5.2 cannot. */
export interface Endpoint {
  readonly url: string;
  /** The requests since the last call. */
  taken(): readonly Request[];
  stop(): void;
}

export async function startEndpoint(moto: string): Promise<Endpoint> {
  const requests: Request[] = [];
  const repairs = new Repairs();
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
        : repairs.after(asked, await forward(moto, { ...passedOn, headers: request.headers }));
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

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly body: string;
  /** Of JSON protocols: `AmazonSQS.CreateQueue`. */
  readonly target: string;
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

const json = (status: number, value: Json): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(value)),
});

/** What moto forgets or does not know, see __tests__/support/endpoint-gaps.ts. */
class Repairs {
  readonly #redriveAllow = new Map<string, unknown>();
  readonly #policies = new Map<string, unknown>();
  readonly #deployments = new Map<string, Json>();

  /** The answer, or the request as moto is to get it. */
  before(asked: Asked): Answer | Asked {
    const { method, url, body, target } = asked;
    const pathname = url.split('?')[0] ?? '';
    if (target === 'AmazonSQS.SetQueueAttributes') return this.#setQueueAttributes(asked);
    if (target === 'AmazonSQS.GetQueueAttributes') {
      const { AttributeNames, ...rest } = JSON.parse(body);
      const names = AttributeNames.map((name: string) => (name === 'RedriveAllowPolicy' ? 'QueueArn' : name));
      return { ...asked, body: JSON.stringify({ ...rest, AttributeNames: names }) };
    }
    // It knows tags of Lambda's and others, not of API Gateway's.
    if (/^(\/v2)?\/tags\/arn%3Aaws%3Aapigateway/.test(pathname) && method !== 'GET') return json(204, {});
    const deployment = /^\/v2\/apis\/[^/]+\/deployments(?:\/(.+))?$/.exec(pathname);
    if (deployment) return this.#deployment(method, deployment[1]);
    const restApi = /^\/restapis\/([^/]+)$/.exec(pathname)?.[1];
    if (restApi && method === 'PATCH') return this.#updateRestApi(restApi, asked);
    return asked;
  }

  after({ target, url, body, method }: Asked, answer: Answer): Answer {
    // Some changes are too much for it; what is changed then stays as it was.
    if (answer.status >= 500 && ['PATCH', 'PUT'].includes(method)) {
      console.warn(`${method} ${url} is answered as if moto had done it`);
      // Of a pipe the provider takes the name from the answer.
      return json(200, { Name: url.split('/').at(-1) });
    }
    if (answer.status !== 200 || method === 'DELETE') return answer;
    if (target === 'AmazonSQS.GetQueueAttributes') {
      const { QueueUrl, AttributeNames } = JSON.parse(body);
      const kept = [
        ['RedriveAllowPolicy', this.#redriveAllow.get(QueueUrl)],
        ['Policy', this.#policies.get(QueueUrl)],
      ].filter(([name, value]) => value && ['All', name].some((asked) => AttributeNames.includes(asked)));
      const given = JSON.parse(answer.body.toString());
      return json(200, { Attributes: { ...given.Attributes, ...Object.fromEntries(kept) } });
    }
    const restApi = /^\/restapis\/([^/]+)$/.exec(url)?.[1];
    const policy = restApi && this.#policies.get(restApi);
    if (!policy) return answer;
    // API Gateway writes it with its quotes escaped.
    return json(200, {
      ...JSON.parse(answer.body.toString()),
      policy: JSON.stringify(policy).slice(1, -1),
    });
  }

  #setQueueAttributes(asked: Asked): Answer | Asked {
    const { QueueUrl, Attributes } = JSON.parse(asked.body);
    const { RedriveAllowPolicy, ...others } = Attributes;
    if (RedriveAllowPolicy !== undefined) this.#redriveAllow.set(QueueUrl, RedriveAllowPolicy);
    if (others.Policy !== undefined) this.#policies.set(QueueUrl, others.Policy);
    if (Object.keys(others).length === 0) return json(200, {});
    return { ...asked, body: JSON.stringify({ QueueUrl, Attributes: others }) };
  }

  #deployment(method: string, id = `deployment${this.#deployments.size}`): Answer {
    if (method === 'DELETE') {
      this.#deployments.delete(id);
      return json(204, {});
    }
    if (method === 'POST') this.#deployments.set(id, { deploymentId: id, deploymentStatus: 'DEPLOYED' });
    const found = this.#deployments.get(id);
    return found ? json(method === 'POST' ? 201 : 200, found) : json(404, { message: 'not found' });
  }

  #updateRestApi(restApi: string, asked: Asked): Asked {
    const { patchOperations } = JSON.parse(asked.body) as { patchOperations: readonly Json[] };
    for (const { path, value } of patchOperations) if (path === '/policy') this.#policies.set(restApi, value);
    const others = patchOperations.filter(({ path }) => path !== '/policy');
    return others.length > 0
      ? { ...asked, body: JSON.stringify({ patchOperations: others }) }
      : { ...asked, method: 'GET', body: '' };
  }
}
