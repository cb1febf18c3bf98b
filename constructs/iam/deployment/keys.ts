import { anyKeyArn, keyAliasArn } from '../arn';
import type { Placement } from '../placement';
import type { Condition } from '../statement';
import type { DeploymentGrants } from './deployment-action';

/**
 * KMS keys, which have ids instead of names: what changes or deletes one is allowed by its tag `environment`, which
 * may take up to five minutes to count. What comes right after a key was made, and harms none, is not: a key that is
 * half made is replaced by Terraform's next run, which would come no further.
 * https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html
 * @param aliases a pattern of the aliases, such as `alias/dev-*`
 */
export function keyGrants(at: Placement, environment: string, aliases: string): DeploymentGrants {
  const keys = [anyKeyArn(at)];
  const own: Condition = {
    test: 'StringEquals',
    variable: 'aws:ResourceTag/environment',
    values: [environment],
  };
  return {
    read: [
      {
        sid: 'ReadWhatKeysAreLikeSinceTheyHaveIdsInsteadOfNames',
        actions: ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
        resources: keys,
      },
      { sid: 'ListAliasesForWhichAwsDefinesNoResource', actions: ['kms:ListAliases'], resources: ['*'] },
    ],
    write: [
      {
        sid: 'MakeKeysForWhichAwsDefinesNoResourceWithTheTagOfThisEnvironment',
        actions: ['kms:CreateKey', 'kms:PutKeyPolicy', 'kms:TagResource'],
        resources: ['*'],
        conditions: [
          { test: 'StringEquals', variable: 'aws:RequestTag/environment', values: [environment] },
          // Or the key of another environment would be this one's as soon as it has its tag.
          { test: 'StringEqualsIfExists', variable: 'aws:ResourceTag/environment', values: [environment] },
        ],
      },
      {
        sid: 'RotateAKeyThatWasJustMadeAndWhoseTagsDoNotCountYet',
        actions: ['kms:EnableKeyRotation'],
        resources: keys,
      },
      {
        sid: 'ChangeAndDeleteTheKeysWithTheTagOfThisEnvironment',
        actions: [
          'kms:CreateAlias',
          'kms:DeleteAlias',
          'kms:PutKeyPolicy',
          'kms:ScheduleKeyDeletion',
          'kms:TagResource',
          'kms:UntagResource',
        ],
        resources: keys,
        conditions: [own],
      },
      {
        sid: 'NameAndUnnameTheKeys',
        actions: ['kms:CreateAlias', 'kms:DeleteAlias'],
        resources: [keyAliasArn(at, aliases)],
      },
    ],
  };
}
