import type { Placement } from './placement';
import type { IdentityStatement } from './statement';

export interface SecretAccess {
  /** Whole ARNs. */
  readonly secretArns: readonly string[];
  /** Of the customer managed keys that encrypt them; AWS's own its users may use anyway. */
  readonly keyArns: readonly string[];
}

/**
 * What reading secrets of Secrets Manager takes; their keys only for requests that Secrets Manager makes.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 */
export const readSecretStatements = (
  at: Placement,
  { secretArns, keyArns }: SecretAccess,
): readonly IdentityStatement[] => [
  ...(secretArns.length > 0
    ? [
        {
          sid: 'ReadTheSecretOfTheSignatures',
          actions: ['secretsmanager:GetSecretValue'] as const,
          resources: secretArns,
        },
      ]
    : []),
  ...(keyArns.length > 0
    ? [
        {
          sid: 'DecryptThroughTheKeyOfTheSecret',
          actions: ['kms:Decrypt'] as const,
          resources: keyArns,
          conditions: [
            {
              test: 'StringEquals',
              variable: 'kms:ViaService',
              values: [`secretsmanager.${at.region}.${at.dnsSuffix}`],
            },
          ] as const,
        },
      ]
    : []),
];
