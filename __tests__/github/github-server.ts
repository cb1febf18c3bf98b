import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string; readonly type: 'Bot' | 'User' };
  readonly body: string;
}

export interface Pull {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly changed_files: number;
  readonly head: {
    readonly ref: string;
    readonly sha: string;
    readonly user: { readonly login: string };
    readonly repo: { readonly full_name: string } | null;
  };
}

export interface Deployment {
  readonly id: number;
  readonly sha: string;
  readonly environment: string;
  /** The newest first, as GitHub gives them. */
  readonly states: readonly string[];
}

/** What the server answers, once, to the next request that matches, in place of what it would. */
export interface Fault {
  readonly request: RegExp;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The request is done all the same. */
  readonly done?: boolean;
}

const botUser = { login: 'github-actions[bot]', type: 'Bot' } as const;

/** As much of GitHub's REST API as the scripts use, as it behaves: pages, links, permissions, limits. */
export class GitHubServer {
  readonly token = 'ghs_aTokenOfThisRun';
  readonly repository = 'example-org/message-gateway';
  pulls: Pull[] = [];
  files: { readonly filename: string; readonly previous_filename?: string }[] = [];
  comments: Comment[] = [];
  deployments: Deployment[] = [];
  faults: Fault[] = [];
  /** `POST /repos/…/comments`, without the query. */
  readonly requests: string[] = [];
  url = '';
  readonly #server = http.createServer((request, response) => this.#answer(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  get environment(): NodeJS.ProcessEnv {
    return { GITHUB_API_URL: this.url, GITHUB_REPOSITORY: this.repository, GITHUB_TOKEN: this.token };
  }

  /** What was written, in order: `POST`, `PATCH 12`, `DELETE 13`. */
  get writes(): readonly string[] {
    return this.requests
      .filter((request) => !request.startsWith('GET'))
      .map((request) => request.replace(/\/.*?(\d+|comments)$/, '$1').replace(' comments', ''));
  }

  #answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '' } = request;
      const { pathname, searchParams } = new URL(url, this.url);
      const line = `${method} ${pathname}`;
      this.requests.push(line);
      const fault = this.faults.findIndex(({ request: pattern }) => pattern.test(line));
      const [{ status, headers = {}, done = false } = { status: 0 }] =
        fault < 0 ? [] : this.faults.splice(fault, 1);
      const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString('utf8')) : undefined;
      const answer = status !== 0 && !done ? undefined : this.#route(method, pathname, searchParams, body);
      if (status !== 0) return send(response, status, { message: 'Something went wrong' }, headers);
      if (request.headers.authorization !== `Bearer ${this.token}`) {
        return send(response, 401, { message: 'Bad credentials' });
      }
      if (!answer) return send(response, 404, { message: 'Not Found' });
      if (!Array.isArray(answer.content)) return send(response, answer.status, answer.content);
      const perPage = Number(searchParams.get('per_page') ?? 30);
      const page = Number(searchParams.get('page') ?? 1);
      const next = new URL(url, this.url);
      next.searchParams.set('page', String(page + 1));
      const more = answer.content.length > page * perPage;
      send(response, 200, answer.content.slice((page - 1) * perPage, page * perPage), {
        ...(more && { link: `<${this.url}/?page=1>; rel="first", <${next.href}>; rel="next"` }),
      });
    });
  }

  #route(method: string, pathname: string, query: URLSearchParams, body: unknown): Answer | undefined {
    const root = `/repos/${this.repository}`;
    if (!pathname.startsWith(root)) return undefined;
    const [kind, id, rest] = pathname.slice(root.length + 1).split('/');
    if (kind === 'pulls' && id === undefined) {
      const head = query.get('head') ?? '';
      const listed = this.pulls
        .filter(({ state }) => state === query.get('state'))
        // What is not of the form owner:branch filters nothing.
        .filter((pull) => !/^[^:]+:./.test(head) || `${pull.head.user.login}:${pull.head.ref}` === head);
      return { status: 200, content: listed };
    }
    if (kind === 'pulls' && rest === 'files') return { status: 200, content: this.files };
    if (kind === 'pulls') {
      const pull = this.pulls.find(({ number }) => String(number) === id);
      return pull && { status: 200, content: pull };
    }
    if (kind === 'deployments' && id === undefined) {
      const listed = this.deployments.filter(({ environment }) => environment === query.get('environment'));
      return { status: 200, content: listed };
    }
    if (kind === 'deployments') {
      const deployment = this.deployments.find((candidate) => String(candidate.id) === id);
      return deployment && { status: 200, content: deployment.states.map((state) => ({ state })) };
    }
    if (kind !== 'issues') return undefined;
    if (id === 'comments') return this.#changeComment(method, Number(rest), body);
    if (method === 'GET') return { status: 200, content: this.comments };
    return this.#addComment(body as { readonly body: string });
  }

  #addComment({ body }: { readonly body: string }): Answer {
    if (body.length > 65_536) return tooLong;
    const comment = { id: 1 + Math.max(0, ...this.comments.map(({ id }) => id)), user: botUser, body };
    this.comments.push(comment);
    return { status: 201, content: comment };
  }

  #changeComment(method: string, id: number, body: unknown): Answer | undefined {
    const index = this.comments.findIndex((comment) => comment.id === id);
    const comment = this.comments[index];
    if (!comment) return undefined;
    if (method === 'DELETE') {
      this.comments.splice(index, 1);
      return { status: 204, content: undefined };
    }
    const { body: text } = body as { readonly body: string };
    if (text.length > 65_536) return tooLong;
    this.comments[index] = { ...comment, body: text };
    return { status: 200, content: this.comments[index] };
  }
}

interface Answer {
  readonly status: number;
  readonly content: unknown;
}

const tooLong: Answer = {
  status: 422,
  content: { message: 'Validation Failed: body is too long (maximum is 65536 characters)' },
};

function send(
  response: http.ServerResponse,
  status: number,
  content: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(content === undefined ? '' : JSON.stringify(content));
}
