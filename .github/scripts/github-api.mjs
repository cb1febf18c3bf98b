// GitHub's REST API, with what it asks of its clients: pages are followed, and a server that is busy is asked again.
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
import { setTimeout as sleep } from 'node:timers/promises';

/** The longest that one answer may make us wait; a limit that ends later is an error. */
const longestWaitSeconds = 60;

const attempts = 5;

/** GitHub refused, or did not answer. `status` is 0 where there was no answer at all. */
export class GitHubError extends Error {
  name = 'GitHubError';

  constructor(request, status, reason) {
    super(`${request}: ${status === 0 ? 'no answer' : `HTTP ${status}`}: ${reason}`);
    this.status = status;
  }

  /** Whether the same request may succeed later, or may have succeeded although it was not said. */
  get passing() {
    return this.status === 0 || this.status >= 500;
  }
}

/** The API of `GITHUB_API_URL` with the token in `GITHUB_TOKEN`. */
export function gitHubApi(
  { GITHUB_API_URL: url = 'https://api.github.com', GITHUB_TOKEN: token } = process.env,
) {
  const base = url.replace(/\/+$/, '');
  const absolute = (path) => (path.startsWith('/') ? base + path : path);

  async function once(method, path, body) {
    const request = `${method} ${path}`;
    let response;
    try {
      response = await fetch(absolute(path), {
        method,
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'x-github-api-version': '2022-11-28',
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(30_000),
      });
    } catch (error) {
      throw new GitHubError(request, 0, error.cause?.message ?? error.message);
    }
    const text = await response.text();
    if (!response.ok) {
      throw Object.assign(new GitHubError(request, response.status, reasonIn(text)), {
        waitSeconds: waitSeconds(response),
      });
    }
    return { content: text === '' ? undefined : JSON.parse(text), next: nextPage(response, base) };
  }

  /** What was not done for sure is tried again: `again` says whether that holds for a server's error too. */
  async function request(method, path, body, again = () => true) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(method, path, body);
      } catch (error) {
        const limited = error.waitSeconds !== undefined;
        if (attempt === attempts || !(limited || (error.passing && again()))) throw error;
        const wait = error.waitSeconds ?? 2 ** (attempt - 1);
        if (wait > longestWaitSeconds) throw error;
        console.log(`${error.message}; again in ${wait} s`);
        await sleep(wait * 1000);
      }
    }
  }

  return {
    get: async (path) => (await request('GET', path)).content,
    patch: async (path, body) => (await request('PATCH', path, body)).content,
    delete: async (path) => void (await request('DELETE', path)),
    /** Not repeated after a server's error: what it was to make may be there. */
    post: async (path, body) => (await request('POST', path, body, () => false)).content,
    /** The elements of every page of a list. */
    async *list(path) {
      for (let page = path; page !== undefined; ) {
        const { content, next } = await request('GET', page);
        yield* content;
        page = next;
      }
    },
  };
}

/** How long GitHub wants to be left alone, where it says so: of a rate limit, be it the primary or a secondary one. */
function waitSeconds({ status, headers }) {
  if (status !== 403 && status !== 429 && status < 500) return undefined;
  const after = headers.get('retry-after');
  if (/^\d+$/.test(after ?? '')) return Number(after);
  if (headers.get('x-ratelimit-remaining') === '0') {
    const reset = Number(headers.get('x-ratelimit-reset'));
    return Math.max(1, Math.ceil(reset - Date.now() / 1000));
  }
  return status === 429 ? longestWaitSeconds : undefined;
}

/** The token goes nowhere else than to the API it is for. */
function nextPage({ headers }, base) {
  const [, next] = /<([^<>]+)>\s*;\s*rel="next"/.exec(headers.get('link') ?? '') ?? [];
  if (next !== undefined && new URL(next).origin !== new URL(base).origin) {
    throw new Error(`the next page is said to be at ${new URL(next).origin}, which is not ${base}`);
  }
  return next;
}

function reasonIn(text) {
  try {
    return JSON.parse(text).message ?? text.slice(0, 200);
  } catch {
    return text.slice(0, 200);
  }
}
