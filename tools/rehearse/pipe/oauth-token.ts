import { NotSimulated } from '../../not-simulated';
import type { Clock } from '../simulation/clock';
import type { Network, NetworkRequest } from '../simulation/network';
import type { Authorization } from './connections';
import { exchange } from './exchange';

type OAuth = Extract<Authorization, { readonly kind: 'oauth' }>;

interface Surroundings {
  readonly network: Network;
  readonly clock: Clock;
  /** Of the connection, for messages. */
  readonly where: string;
}

/** In milliseconds; EventBridge does not say when it gives up. */
const longestWait = 5_000;

/** EventBridge asks for a new token when one is about to expire; so many milliseconds before it does. */
const renewedBefore = 60_000;

/**
 * The access token of a connection, kept until it is about to expire or was refused.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-target-connection-auth.html
 */
export class OAuthToken {
  #known: { readonly value: Promise<string>; expiresAt: number } | undefined;

  constructor(
    private readonly oauth: OAuth,
    private readonly surroundings: Surroundings,
  ) {}

  /** @throws NotSimulated when the authorization endpoint gives none */
  value(): Promise<string> {
    const { clock } = this.surroundings;
    if (!this.#known || this.#known.expiresAt - clock.now() < renewedBefore) {
      this.#known = { value: this.#request(), expiresAt: Number.POSITIVE_INFINITY };
    }
    return this.#known.value;
  }

  /** The subscriber has refused it: the next delivery gets a new one. */
  refused(): void {
    this.#known = undefined;
  }

  async #request(): Promise<string> {
    const { network, clock, where } = this.surroundings;
    const answer = await exchange(tokenRequest(this.oauth), { network, clock, milliseconds: longestWait });
    if (typeof answer === 'string' || answer.status !== 200) {
      const what = typeof answer === 'string' ? answer : answer.status;
      throw new NotSimulated(where, `an authorization endpoint that gives no token (${what})`);
    }
    const token = accessToken(answer.body.toString());
    if (!token) throw new NotSimulated(where, 'an answer of the authorization endpoint without access_token');
    if (this.#known && token.expiresIn !== undefined) {
      this.#known.expiresAt = clock.now() + token.expiresIn * 1000;
    }
    return token.value;
  }
}

/** As RFC 6749 writes it: client id and secret beside the parameters, in a form. */
function tokenRequest({ endpoint, method, clientId, clientSecret, parameters }: OAuth): NetworkRequest {
  const form = new URLSearchParams([
    ...parameters.body.map(([name, value]) => [name, value]),
    ['client_id', clientId],
    ['client_secret', clientSecret],
  ]);
  const url = new URL(endpoint);
  for (const [name, value] of parameters.query) url.searchParams.append(name, value);
  return {
    protocol: 'https',
    method,
    host: url.host,
    path: `${url.pathname}${url.search}`,
    headers: new Map([
      ['host', url.host],
      ['content-type', 'application/x-www-form-urlencoded'],
      ...parameters.headers.map(([name, value]) => [name.toLowerCase(), value] as const),
    ]),
    body: Buffer.from(form.toString()),
  };
}

function accessToken(json: string): { readonly value: string; readonly expiresIn?: number } | undefined {
  try {
    const { access_token: value, expires_in: expiresIn } = JSON.parse(json) as Record<string, unknown>;
    if (typeof value !== 'string') return undefined;
    return { value, ...(typeof expiresIn === 'number' && { expiresIn }) };
  } catch {
    return undefined;
  }
}
