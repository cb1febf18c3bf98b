import type { RequestOptions, Target } from './http-target';

/** The headers of a request, with those that Node's http client adds. */
export class RequestHeaders {
  /** By lower-case name. */
  readonly #values = new Map<string, string>();

  constructor(
    { headers, auth, setHost = true }: RequestOptions,
    private readonly target: Target,
    keepAlive: boolean,
  ) {
    for (const [name, value] of entriesOf(headers)) this.set(name, value);
    if (auth && !this.#values.has('authorization')) {
      this.set('authorization', `Basic ${Buffer.from(auth).toString('base64')}`);
    }
    if (setHost && !this.#values.has('host')) this.set('host', target.host);
    if (!this.#values.has('connection')) this.set('connection', keepAlive ? 'keep-alive' : 'close');
  }

  /** @throws TypeError for a value that no header can have */
  set(name: string, value: unknown): void {
    if (value === undefined) {
      throw Object.assign(new TypeError(`Invalid value "undefined" for header "${name}"`), {
        code: 'ERR_HTTP_INVALID_HEADER_VALUE',
      });
    }
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    if (/[^\t\x20-\x7e\x80-\xff]/.test(text)) {
      throw Object.assign(new TypeError(`Invalid character in header content ["${name}"]`), {
        code: 'ERR_INVALID_CHAR',
      });
    }
    this.#values.set(name.toLowerCase(), text);
  }

  get(name: string): string | undefined {
    return this.#values.get(name.toLowerCase());
  }

  remove(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  all(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }

  /** All of them, for a body of so many bytes. */
  forBody(bytes: number): ReadonlyMap<string, string> {
    const framed = this.#values.has('content-length') || this.#values.has('transfer-encoding');
    const bodiless =
      bytes === 0 && ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'].includes(this.target.method);
    if (!framed && !bodiless) this.#values.set('content-length', String(bytes));
    return this.#values;
  }
}

/** Node takes an object, or names and values in turn. */
function entriesOf(headers: unknown): readonly (readonly [string, unknown])[] {
  if (headers === undefined || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers as object);
  if (headers.every((item) => Array.isArray(item)))
    return headers as unknown as readonly (readonly [string, unknown])[];
  return headers.flatMap((name, index) =>
    index % 2 === 0 ? [[String(name), headers[index + 1] as unknown] as const] : [],
  );
}
