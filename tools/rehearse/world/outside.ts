import { type Policy, parsePolicy } from '../../iam/policy';
import type { Plan } from '../../plan/plan';
import type { Secret } from '../secrets-manager/secret-store';
import { existingQueue, type Queue } from '../sqs/queue';
import { accountOf } from './access';
import type { AccessPolicies, Key, Role } from './access-policies';
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
 * Policies that owners outside the plan are taken to have. A key leaves it to its own account; whoever is in another
 * account has added what the stacks print for it, to the letter, and nothing else. The report says so.
 * @param printed by the ARN of what each is a policy of
 */
export function withOutsidePolicies(
  policies: AccessPolicies,
  queues: readonly Queue[],
  { accountId, partition }: Pick<Plan, 'accountId' | 'partition'>,
  printed: ReadonlyMap<string, Policy>,
  secrets: readonly Secret[] = [],
): AccessPolicies {
  const keyArns = new Set([
    ...queues.flatMap(({ kmsMasterKeyId }) => kmsMasterKeyId ?? []),
    ...secrets.flatMap(({ keyArn }) => keyArn ?? []),
  ]);
  const theirs = (service: string) =>
    [...printed].filter(([arn]) => arn.split(':')[2] === service && accountOf(arn) !== accountId);
  return {
    ...policies,
    roles: new Map([
      ...policies.roles,
      ...theirs('iam').map(([arn, policy]): [string, Role] => [
        arn,
        { address: outsideAddress, arn, trust: leftToAccount(arn, partition), identity: [policy] },
      ]),
    ]),
    queues: new Map([...policies.queues, ...theirs('sqs')]),
    keys: [
      ...policies.keys,
      ...[...keyArns].map(
        (arn): Key => ({
          address: outsideAddress,
          arn,
          aliases: [],
          policy:
            (accountOf(arn) === accountId ? undefined : printed.get(arn)) ?? leftToAccount(arn, partition),
        }),
      ),
    ],
  };
}

/** The policy of what leaves everything to its own account. */
const leftToAccount = (arn: string, partition: string): Policy =>
  parsePolicy({
    address: outsideAddress,
    json: JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: `arn:${partition}:iam::${accountOf(arn)}:root` },
        Action: arn.split(':')[2] === 'kms' ? 'kms:*' : 'sts:AssumeRole',
        ...(arn.split(':')[2] === 'kms' && { Resource: arn }),
      },
    }),
  });
