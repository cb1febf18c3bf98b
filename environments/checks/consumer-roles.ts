import type { Placement } from '../../constructs/iam/placement';
import { all, type Check, distinct, list, type Rule, rule } from './check';

/**
 * A queue's policy takes 50 principals, three of which are the account, everyone without TLS, and the sender.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
const mostConsumers = 47;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const roleArn =
  /^arn:(?<partition>aws[a-z-]*):iam::(?<accountId>\d{12}):role\/(?:[!-.0-~]{1,510}\/)*[\w+=,.@-]{1,64}$/;

const consumerRole =
  (home: Placement | undefined): Rule =>
  (value) => {
    const parts = typeof value === 'string' && !/[*?]/.test(value) ? roleArn.exec(value)?.groups : undefined;
    if (!parts) {
      return 'must be the ARN of one IAM role, such as arn:aws:iam::<account>:role/<name>: no user, no account, no session, no wildcard';
    }
    if (!home) return undefined;
    if (parts.partition !== home.partition) {
      return `is in the partition ${parts.partition}, the environment in ${home.partition}: AWS does not reach across partitions`;
    }
    return parts.accountId === home.accountId
      ? "is a role of the environment's own account, where the role's own policies are enough: leave it out"
      : undefined;
  };

export const consumerRoleArns = (home: Placement | undefined): Check =>
  all(
    list(rule(consumerRole(home)), `one to ${mostConsumers} ARNs of roles`, {
      atLeast: 1,
      atMost: mostConsumers,
    }),
    distinct,
  );
