import type { Asked, Json } from './answer';

const path = /^\/restapis\/([^/]+)$/;
/** How a patch names a media type: `/binaryMediaTypes/application~1pdf`. */
const mediaType = /^\/binaryMediaTypes\/(.+)$/;

/** What moto does not keep of REST APIs: their policy, and the media types that are binary. */
export class RestApis {
  readonly #policies = new Map<string, unknown>();
  readonly #mediaTypes = new Map<string, Set<string>>();

  /** A patch without what is kept here; a request that only reads where that is all. */
  patched(asked: Asked): Asked {
    const restApi = path.exec(asked.url)?.[1];
    if (!restApi || asked.method !== 'PATCH') return asked;
    const { patchOperations } = JSON.parse(asked.body) as {
      patchOperations: readonly Record<string, string>[];
    };
    const others = patchOperations.filter(({ op, path = '', value }) => {
      const type = mediaType.exec(path)?.[1]?.replaceAll('~1', '/');
      if (path === '/policy') this.#policies.set(restApi, value);
      if (type) this.#typesOf(restApi)[op === 'remove' ? 'delete' : 'add'](type);
      return path !== '/policy' && !type;
    });
    return others.length > 0
      ? { ...asked, body: JSON.stringify({ patchOperations: others }) }
      : { ...asked, method: 'GET', body: '' };
  }

  /** The description of an API with what is kept. */
  whole({ method, url, body }: Asked, answer: Json): Json {
    const restApi = path.exec(url)?.[1] ?? String(answer.id);
    if (method === 'POST')
      for (const type of JSON.parse(body).binaryMediaTypes ?? []) this.#typesOf(restApi).add(type);
    const policy = this.#policies.get(restApi);
    return {
      ...answer,
      binaryMediaTypes: [...this.#typesOf(restApi)],
      // API Gateway writes it with its quotes escaped.
      ...(policy !== undefined && { policy: JSON.stringify(policy).slice(1, -1) }),
    };
  }

  #typesOf(restApi: string): Set<string> {
    const types = this.#mediaTypes.get(restApi) ?? new Set();
    this.#mediaTypes.set(restApi, types);
    return types;
  }
}
