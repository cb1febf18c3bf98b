import type { Asked, Json } from './answer';

const path = /^\/2015-03-31\/functions(?:\/([\w-]+)(\/configuration)?)?$/;

/** What moto does not tell of functions, though it was told. */
export class Functions {
  readonly #settings = new Map<string, Json>();

  /** Keeps what a request sets. */
  keep({ method, url, body }: Asked): void {
    const [, name, ofConfiguration] = path.exec(url.split('?')[0] ?? '') ?? [];
    const writes = method === 'PUT' ? ofConfiguration : method === 'POST' && !name && path.test(url);
    if (!writes) return;
    const { FunctionName = name, KMSKeyArn, LoggingConfig } = JSON.parse(body);
    this.#settings.set(FunctionName, { KMSKeyArn, LoggingConfig });
  }

  /** The description of a function with it. */
  whole({ url }: Asked, answer: Json): Json {
    const kept = this.#settings.get(path.exec(url)?.[1] ?? '');
    return { ...answer, Configuration: { ...(answer.Configuration as Json), ...kept } };
  }
}
