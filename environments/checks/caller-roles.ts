import type { Placement } from '../../constructs/iam/placement';
import { all, type Check, distinct, list, type Rule, rule } from './check';

const roleArn = /^arn:(?<partition>aws[a-z-]*):iam::\d{12}:role\/([!-)+-.0->@-~]+\/)*[\w+=,.@-]{1,64}$/;

/**
 * A role that signs requests. Policies of resources take ARNs of principals as they are, without patterns.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const callerRoleRule =
  (home: Placement | undefined): Rule =>
  (value) => {
    if (typeof value === 'string' && /^arn:[a-z-]+:iam::\d{12}:root$/.test(value)) {
      return 'is an account, which stands for every user and role that it lets call: name its roles one by one';
    }
    if (typeof value === 'string' && /^arn:[a-z-]+:sts::\d{12}:assumed-role\//.test(value)) {
      return 'is a session, which ends: name its role, arn:aws:iam::<account>:role/<name>';
    }
    const parts = typeof value === 'string' ? roleArn.exec(value)?.groups : undefined;
    if (!parts) {
      return 'must be the ARN of a role, without * and with its path: arn:aws:iam::<account>:role/<name>';
    }
    return home && parts.partition !== home.partition
      ? `is in the partition ${parts.partition}, whose credentials do not count in ${home.partition}: use a role of ${home.partition}`
      : undefined;
  };

/** The roles as which requests of a callback may be signed. */
export const callerRoleArns = (home: Placement | undefined): Check =>
  all(list(rule(callerRoleRule(home)), 'at least one role ARN', { atLeast: 1 }), distinct);
