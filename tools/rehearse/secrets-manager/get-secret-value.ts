import { NotSimulated } from '../../not-simulated';
import { dnsSuffix, type Whereabouts } from '../../plan/computed-attributes';
import type { NetworkRequest, NetworkResponse } from '../simulation/network';
import type { Secret, SecretStore, VersionStage } from './secret-store';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html#API_GetSecretValue_Errors */
export interface SecretsManagerError {
  readonly code: string;
  readonly message: string;
}

export interface GetSecretValueOptions {
  readonly secrets: readonly Secret[];
  readonly store: SecretStore;
  /** Who signed the request, and whether they may read the secret and use its key. */
  readonly authorize: (request: NetworkRequest, secret: Secret) => SecretsManagerError | undefined;
}

export const secretsManagerHost = (at: Pick<Whereabouts, 'partition' | 'region'>): string =>
  `secretsmanager.${at.region}.${dnsSuffix(at)}`;

/** Answers GetSecretValue, in JSON 1.1. @throws NotSimulated for other actions, names and version ids */
export function getSecretValue(
  request: NetworkRequest,
  { secrets, store, authorize }: GetSecretValueOptions,
): NetworkResponse {
  const target = request.headers.get('x-amz-target');
  if (target !== 'secretsmanager.GetSecretValue')
    throw new NotSimulated(request.host, `the action ${target}`);
  const { SecretId, VersionStage = 'AWSCURRENT', ...others } = JSON.parse(request.body.toString()) as Asked;
  const [other] = Object.keys(others);
  if (other) throw new NotSimulated(request.host, `the parameter ${other} of GetSecretValue`);
  if (!SecretId.startsWith('arn:'))
    throw new NotSimulated(request.host, `the secret ${SecretId} without its ARN`);
  const secret = secrets.find(({ arn }) => arn === SecretId);
  const refused = authorize(request, secret ?? { arn: SecretId, keyArn: undefined });
  if (refused) return errorOf(refused);
  const version = store.read(SecretId, VersionStage);
  if (!secret || !version) {
    return errorOf({
      code: 'ResourceNotFoundException',
      message: secret
        ? `Secrets Manager can't find the specified secret value for staging label: ${VersionStage}`
        : "Secrets Manager can't find the specified secret.",
    });
  }
  return response(200, {
    ARN: secret.arn,
    Name: /:secret:(.+)-\w{6}$/.exec(secret.arn)?.[1],
    SecretString: version.text,
    VersionId: version.id,
    VersionStages: [VersionStage],
  });
}

interface Asked {
  readonly SecretId: string;
  readonly VersionStage?: VersionStage;
}

const errorOf = ({ code, message }: SecretsManagerError) => response(400, { __type: code, Message: message });

const response = (status: number, body: unknown): NetworkResponse => ({
  status,
  headers: new Map([['content-type', 'application/x-amz-json-1.1']]),
  body: Buffer.from(JSON.stringify(body)),
});
