import { parsePolicy } from '../../iam/policy';
import type { Caller } from '../api-gateway/resource-policy';
import { accountOf, type Session } from './access';
import type { Role } from './access-policies';
import type { CredentialIssuer, SignatureError, TemporaryCredentials } from './credentials';
import { outsideAddress } from './outside';
import type { System } from './system';

/** Headers with which a request is sent. */
export type Headers = readonly (readonly [name: string, value: string])[];

/**
 * Roles beyond the plan that sign requests to REST APIs. Those of other accounts are taken to have leave there, which
 * AWS asks for too; those of the API's own account to have none, which they do not need.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export class Callers {
  readonly #headers = new Map<string, Headers>();

  constructor(
    private readonly system: System,
    private readonly credentials: CredentialIssuer,
  ) {}

  /**
   * The headers of a request that a session of a role signs.
   * @param hasLeave whether an identity policy lets the role call whatever API. @default in other accounts
   */
  signed(roleArn: string, hasLeave = this.#isElsewhere(roleArn)): Headers {
    const key = `${roleArn} ${hasLeave}`;
    const known = this.#headers.get(key);
    if (known) return known;
    const { accessKeyId, sessionToken } = this.credentialsOf(roleArn, hasLeave);
    const headers: Headers = [
      [
        'Authorization',
        `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${this.system.region}/execute-api/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=${'0'.repeat(64)}`,
      ],
      ['X-Amz-Date', '20260101T000000Z'],
      ['X-Amz-Security-Token', sessionToken],
    ];
    this.#headers.set(key, headers);
    return headers;
  }

  /** Of a session of a role. @param hasLeave as above */
  credentialsOf(roleArn: string, hasLeave = this.#isElsewhere(roleArn)): TemporaryCredentials {
    const role = this.system.policies.roles.get(roleArn) ?? outsideRole(roleArn, hasLeave);
    const session: Session = { role, principal: { kind: 'role', roleArn, sessionName: 'caller' } };
    return this.credentials.issue(session);
  }

  /** Who signed a request, and what they may do. */
  signerOf(headers: ReadonlyMap<string, string>): Caller | SignatureError {
    const named = new Map([...headers].map(([name, value]) => [name.toLowerCase(), value]));
    const service = { service: 'execute-api', region: this.system.region };
    const signer = this.credentials.signerOf({ headers: named }, service);
    if ('code' in signer) return signer;
    const { identity, boundary } = signer.role;
    return { principal: signer.principal, identity, ...(boundary && { boundary }) };
  }

  #isElsewhere(roleArn: string): boolean {
    return accountOf(roleArn) !== this.system.accountId;
  }
}

const leave = parsePolicy({
  address: outsideAddress,
  json: JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' },
  }),
});

const outsideRole = (arn: string, hasLeave: boolean): Role => ({
  address: outsideAddress,
  arn,
  // Nobody assumes it here.
  trust: { address: outsideAddress, statements: [] },
  identity: hasLeave ? [leave] : [],
});
