import { bucketArn } from '../arn';
import type { Placement } from '../placement';
import type { DeploymentGrants } from './deployment-action';

/**
 * The objects in S3 that keep the stacks' state, and the lock beside each.
 * https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
 * @param keys those of the states.
 */
export function stateGrants(at: Placement, bucket: string, keys: readonly string[]): DeploymentGrants {
  const objects = keys.map((key) => `${bucketArn(at, bucket)}/${key}`);
  const locks = objects.map((object) => `${object}.tflock`);
  return {
    read: [
      {
        sid: 'FindTheStatesInTheirBucket',
        actions: ['s3:ListBucket'],
        resources: [bucketArn(at, bucket)],
        conditions: [{ test: 'StringEquals', variable: 's3:prefix', values: ['env:/', ...keys] }],
      },
      { sid: 'ReadTheStates', actions: ['s3:GetObject'], resources: [...objects, ...locks] },
    ],
    write: [
      { sid: 'WriteTheStates', actions: ['s3:PutObject'], resources: objects },
      { sid: 'LockTheStates', actions: ['s3:DeleteObject', 's3:PutObject'], resources: locks },
    ],
  };
}
