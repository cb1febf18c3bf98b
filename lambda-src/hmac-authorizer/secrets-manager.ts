import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { clientSettings } from '../shared/aws-client';
import { failureOf } from '../shared/failure';
import { type RetryLimits, withRetries } from '../shared/retry';

/** A version of a secret by its staging label. */
export type Stage = 'AWSCURRENT' | 'AWSPREVIOUS';

/** @returns the secret's text; nothing where it has no such version. @throws the SDK's error for every other answer */
export type ReadSecret = (stage: Stage) => Promise<string | undefined>;

const limits: RetryLimits = { attempts: 3, firstWait: 100, attemptTime: 1_500, totalTime: 4_000 };

/** Reads the versions of one secret, through one client whose sockets stay open. */
export function secretReader(secretArn: string): ReadSecret {
  const client = new SecretsManagerClient(clientSettings);
  return (stage) =>
    withRetries(
      async (abortSignal) => {
        const command = new GetSecretValueCommand({ SecretId: secretArn, VersionStage: stage });
        try {
          return (await client.send(command, { abortSignal })).SecretString;
        } catch (error) {
          if (stage === 'AWSPREVIOUS' && failureOf(error).name === 'ResourceNotFoundException')
            return undefined;
          throw error;
        }
      },
      { limits, deadline: Number.POSITIVE_INFINITY, onRetry: () => {} },
    );
}
