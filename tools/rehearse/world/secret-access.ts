import { NotSimulated } from '../../not-simulated';
import { dnsSuffix } from '../../plan/computed-attributes';
import type { SecretsManagerError } from '../secrets-manager/get-secret-value';
import type { Secret } from '../secrets-manager/secret-store';
import type { NetworkRequest } from '../simulation/network';
import { type Access, accountOf, type Session } from './access';
import type { CredentialIssuer } from './credentials';
import type { System } from './system';

interface Surroundings {
  readonly access: Access;
  readonly credentials: CredentialIssuer;
  readonly system: System;
}

/** Why Secrets Manager does not let whoever signed a request read a secret, or the secret's key does not. */
export function secretRefusal(
  request: NetworkRequest,
  secret: Secret,
  { access, credentials, system }: Surroundings,
): SecretsManagerError | undefined {
  const signer = credentials.signerOf(request, { service: 'secretsmanager', region: system.region });
  if ('code' in signer) return signer;
  const refused = access.refusal(signer, {
    action: 'secretsmanager:GetSecretValue',
    resource: secret.arn,
    resourceAccountId: accountOf(secret.arn),
    context: { 'aws:SecureTransport': String(request.protocol === 'https') },
  });
  if (refused !== undefined) return { code: 'AccessDeniedException', message: refused };
  return secret.keyArn === undefined || mayDecrypt(signer, secret.arn, secret.keyArn, { access, system })
    ? undefined
    : { code: 'AccessDeniedException', message: 'Access to KMS is not allowed' };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html */
function mayDecrypt(
  session: Session,
  secretArn: string,
  keyArn: string,
  { access, system }: Pick<Surroundings, 'access' | 'system'>,
): boolean {
  const key = access.policies.keys.find(({ arn }) => arn === keyArn);
  if (!key) throw new NotSimulated(secretArn, `its key ${keyArn}, which the stacks do not have,`);
  const refused = access.refusal(
    session,
    {
      action: 'kms:Decrypt',
      resource: key.arn,
      resourceAccountId: accountOf(key.arn),
      context: {
        'aws:SecureTransport': 'true',
        'kms:ViaService': `secretsmanager.${system.region}.${dnsSuffix(system)}`,
        'kms:ResourceAliases': key.aliases,
        'kms:EncryptionContext:SecretARN': secretArn,
      },
    },
    key.policy,
    { resourcePolicyDecides: true },
  );
  return refused === undefined;
}
