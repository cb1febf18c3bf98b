import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const pairs: { readonly publicKey: KeyObject; readonly privateKey: KeyObject }[] = [];

/** Made once a process: that takes a while, and nothing that a run shows depends on them. */
function keyPair(number: number) {
  pairs[number] ??= generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pairs[number];
}

/** The claims of a token beside those that every token of an issuer has. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** How long a token holds, in seconds. */
const lifetime = 3600;

/** An issuer of JSON web tokens, with keys of its own making. */
export class TokenIssuer {
  readonly #valid = new Map<string, { readonly token: string; readonly until: number }>();

  constructor(readonly url: string) {}

  /** As its `jwks_uri` has them, by their ids. */
  get keys(): ReadonlyMap<string, KeyObject> {
    return new Map([['rehearsal', keyPair(0).publicKey]]);
  }

  /** A token that holds for at least half an hour. @param now in milliseconds since 1970 */
  validToken(claims: TokenClaims, now: number): string {
    const key = JSON.stringify(claims);
    const seconds = Math.floor(now / 1000);
    const before = this.#valid.get(key);
    if (before && before.until > seconds + lifetime / 2) return before.token;
    const until = seconds + lifetime;
    const token = this.token({ iat: seconds, exp: until, ...claims });
    this.#valid.set(key, { token, until });
    return token;
  }

  /** A token with exactly these claims beside `iss`. @param ofAnother signs it with a key that is not the issuer's */
  token(claims: TokenClaims, { ofAnother = false } = {}): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'rehearsal' })}.${part({ iss: this.url, ...claims })}`;
    const { privateKey } = keyPair(ofAnother ? 1 : 0);
    return `${signed}.${createSign('sha256').update(signed).sign(privateKey).toString('base64url')}`;
  }
}
