import { anyKeyArn, functionArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition } from '../statement';
import type { DeploymentGrants } from './deployment-action';

/**
 * Keys of functions' variables. Lambda uses them in the caller's name: it encrypts the variables, and gives the function's
 * role a grant of the key; without leave to decrypt, a plan would read no variables, and want to set them again each time.
 * The requests name the function, which a key that was just made can be told by before its tags count.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-encryption-context
 * @param names a pattern of the functions' names, such as `dev-*`
 */
export function functionVariableGrants(at: Placement, names: string): DeploymentGrants {
  const resources = [anyKeyArn(at)];
  const conditions: readonly Condition[] = [
    { test: 'StringEquals', variable: 'kms:ViaService', values: [`lambda.${at.region}.${at.dnsSuffix}`] },
    {
      test: 'ArnLike',
      variable: 'kms:EncryptionContext:aws:lambda:FunctionArn',
      values: [functionArn(at, names)],
    },
  ];
  return {
    read: [
      { sid: 'ReadTheEncryptedVariablesOfTheFunctions', actions: ['kms:Decrypt'], resources, conditions },
    ],
    write: [
      {
        sid: 'EncryptTheVariablesOfTheFunctionsAndLetThemRead',
        actions: ['kms:CreateGrant', 'kms:Encrypt'],
        resources,
        conditions,
      },
    ],
  };
}
