import type { IdSource } from '../simulation/ids';
import type { NetworkRequest } from '../simulation/network';
import type { Session } from './access';

/** A role's temporary credentials. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Why a request's signature is not accepted, as AWS says it. */
export interface SignatureError {
  readonly code: string;
  readonly message: string;
}

/** Hands out temporary credentials, and knows whose they are. */
export class CredentialIssuer {
  readonly #sessions = new Map<string, { readonly session: Session; readonly token: string }>();

  constructor(private readonly ids: IdSource) {}

  issue(session: Session): TemporaryCredentials {
    const text = () => this.ids().replaceAll('-', '');
    // Temporary ones begin so. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
    const accessKeyId = `ASIA${text().slice(0, 16).toUpperCase()}`;
    const sessionToken = text();
    this.#sessions.set(accessKeyId, { session, token: sessionToken });
    return { accessKeyId, secretAccessKey: text(), sessionToken };
  }

  /**
   * Who signed a request. Credentials, session token, region and service are looked at; the signature itself is not
   * computed again.
   */
  signerOf(
    { headers }: Pick<NetworkRequest, 'headers'>,
    { service, region }: { readonly service: string; readonly region: string },
  ): Session | SignatureError {
    const authorization = headers.get('authorization');
    if (authorization === undefined) {
      return { code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
    }
    const [, accessKeyId = '', scopeRegion, scopeService] =
      /^AWS4-HMAC-SHA256 Credential=(\w+)\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request, ?SignedHeaders=[\w;-]+, ?Signature=[0-9a-f]{64}$/.exec(
        authorization,
      ) ?? [];
    const known = this.#sessions.get(accessKeyId);
    if (!known || headers.get('x-amz-security-token') !== known.token) {
      return {
        code: 'UnrecognizedClientException',
        message: 'The security token included in the request is invalid.',
      };
    }
    if (scopeRegion !== region || scopeService !== service) {
      return {
        code: 'InvalidSignatureException',
        message: `Credential should be scoped to a valid region and to the service ${service}.`,
      };
    }
    return known.session;
  }
}
