import { parsePolicy } from '../../iam/policy';
import type { Plan } from '../../plan/plan';
import type { Secret } from '../secrets-manager/secret-store';
import { existingQueue, type Queue } from '../sqs/queue';
import type { AccessPolicies, Key } from './access-policies';
import type { ExistingQueue } from './wanted';

/** Where the policies of what is not in the plan are said to stand. */
export const outsideAddress = 'outside the plan';

/** Queues that someone else owns, unless one of the stacks makes them after all. */
export const outsideQueues = (existing: readonly ExistingQueue[], made: readonly Queue[]): readonly Queue[] =>
  existing
    .filter(({ arn }) => !made.some((queue) => queue.arn === arn))
    .map(({ arn, keyArn }) => ({
      ...existingQueue(arn),
      ...(keyArn !== undefined && { kmsMasterKeyId: keyArn }),
    }));

/**
 * Policies that the owners of queues and keys outside the plan are taken to have: a key leaves it to its account, a
 * queue of another account lets this account in. The report says so.
 */
export function withOutsidePolicies(
  policies: AccessPolicies,
  queues: readonly Queue[],
  { accountId, partition }: Pick<Plan, 'accountId' | 'partition'>,
  secrets: readonly Secret[] = [],
): AccessPolicies {
  const account = `arn:${partition}:iam::${accountId}:root`;
  const lettingIn = (arn: string, actions: string) =>
    parsePolicy({
      address: outsideAddress,
      json: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { AWS: account }, Action: actions, Resource: arn },
      }),
    });
  const foreign = queues.filter((queue) => queue.accountId !== accountId);
  const keyArns = new Set([
    ...queues.flatMap(({ kmsMasterKeyId }) => kmsMasterKeyId ?? []),
    ...secrets.flatMap(({ keyArn }) => keyArn ?? []),
  ]);
  return {
    ...policies,
    queues: new Map([
      ...policies.queues,
      ...foreign.map(({ arn }) => [arn, lettingIn(arn, 'sqs:*')] as const),
    ]),
    keys: [
      ...policies.keys,
      ...[...keyArns].map(
        (arn): Key => ({ address: outsideAddress, arn, aliases: [], policy: lettingIn(arn, 'kms:*') }),
      ),
    ],
  };
}
