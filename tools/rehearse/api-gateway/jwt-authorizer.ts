import { createVerify, type KeyObject } from 'node:crypto';

/** Who signs the tokens that a route lets in, and for whom. */
export interface JwtAuthorizer {
  readonly address: string;
  /** That has the token. */
  readonly header: string;
  readonly issuer: string;
  readonly audience: readonly string[];
}

/** The public keys of an issuer, by their ids. */
export type KeysOf = (issuer: string) => ReadonlyMap<string, KeyObject>;

export interface TokenRefusal {
  readonly status: 401 | 403;
  readonly message: string;
  /** `www-authenticate`. */
  readonly challenge: string;
}

type Claims = Readonly<Record<string, unknown>>;

/**
 * Why a token does not let its bearer in; nothing where it does.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 *
 * @param now in milliseconds since 1970
 */
export function tokenRefusal(
  authorizer: JwtAuthorizer,
  scopes: readonly string[],
  sent: string | undefined,
  { now, keysOf }: { readonly now: number; readonly keysOf: KeysOf },
): TokenRefusal | undefined {
  const token = sent?.replace(/^Bearer /i, '');
  if (token === undefined || token === '') return unauthorized('', undefined);
  const claims = signedClaims(token, keysOf(authorizer.issuer));
  if (!claims) return unauthorized('invalid_token', 'signature is invalid');
  const fault = claimFault(claims, authorizer, Math.floor(now / 1000));
  if (fault !== undefined) return unauthorized('invalid_token', fault);
  const granted = [claims.scope, claims.scp].flatMap((one) =>
    typeof one === 'string' ? one.split(' ') : Array.isArray(one) ? (one as readonly unknown[]) : [],
  );
  if (scopes.length === 0 || scopes.some((scope) => granted.includes(scope))) return undefined;
  return {
    status: 403,
    message: 'Forbidden',
    challenge: `Bearer scope="${scopes.join(' ')}" error="insufficient_scope"`,
  };
}

const unauthorized = (error: string, description: string | undefined): TokenRefusal => ({
  status: 401,
  message: 'Unauthorized',
  challenge:
    description === undefined
      ? 'Bearer'
      : `Bearer scope="" error="${error}" error_description="${description}"`,
});

/** The claims of a token that one of the keys has signed. Only algorithms of RSA are taken. */
function signedClaims(token: string, keys: ReadonlyMap<string, KeyObject>): Claims | undefined {
  const [head = '', payload = '', signature, ...more] = token.split('.');
  if (signature === undefined || more.length > 0) return undefined;
  const { alg, kid } = decoded(head) ?? {};
  const digest = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' }[String(alg)];
  const key = keys.get(String(kid));
  if (!digest || !key) return undefined;
  const signed = createVerify(digest)
    .update(`${head}.${payload}`)
    .verify(key, Buffer.from(signature, 'base64url'));
  return signed ? decoded(payload) : undefined;
}

function decoded(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

function claimFault(claims: Claims, { issuer, audience }: JwtAuthorizer, now: number): string | undefined {
  if (claims.iss !== issuer) return 'invalid issuer';
  // `client_id` counts only where there is no `aud`.
  const meant = [claims.aud ?? claims.client_id].flat();
  if (!meant.some((one) => audience.includes(one as string))) {
    return 'the token does not have a valid audience';
  }
  if (!(typeof claims.exp === 'number' && claims.exp > now)) return 'the token has expired';
  const later = (claim: unknown) => claim !== undefined && !(typeof claim === 'number' && claim <= now);
  return later(claims.nbf) || later(claims.iat) ? 'the token is not valid yet' : undefined;
}
