import { isWithin, policyDifference, type Statement } from '../../../iam/policy-difference';
import { statementText } from '../../../iam/statement-text';
import type { Plan } from '../../../plan/plan';
import type { Finding } from '../../finding';
import { anything } from '../policy-anything';
import { denialTold, extraTold } from '../policy-extras';
import { archivingSeen } from '../roles/role-consequences';
import { verdict } from '../roles/role-verdict';
import type { PlannedBucket, Writer } from './bucket-plan';

type Told = Omit<Finding, 'at' | 'subject' | 'fix'>;

interface Surroundings {
  readonly plan: Plan;
  readonly writers: readonly Writer[];
}

/** Who may do what with a bucket, in its own words. Roles of the account need no statement there. */
export function bucketPolicyDifferences(
  bucket: PlannedBucket,
  synthesized: string,
  deployed: string | undefined,
  surroundings: Surroundings,
): readonly Told[] {
  const { missing, extra } = policyDifference(synthesized, deployed);
  return [
    ...missing.map(missingStatement),
    ...extra
      .filter((statement) => !missing.some((wider) => isWithin(statement, wider)))
      .map((statement) =>
        statement.Effect === 'Deny'
          ? denial(bucket, statement, surroundings)
          : extraTold('bucket-policy', 'archived messages may be read, forged or deleted', statement),
      ),
  ];
}

function missingStatement(statement: Statement): Told {
  const isTls = JSON.stringify(statement.Condition ?? {})
    .toLowerCase()
    .includes('aws:securetransport');
  return {
    code: isTls ? 'bucket-policy-tls' : 'bucket-policy-statement',
    severity: 'warning',
    problem: isTls ? 'its policy does not refuse requests without TLS' : 'its policy lacks a statement',
    synthesized: statementText(statement),
    deployed: 'none',
    seen: isTls
      ? 'nothing: whoever may read or write it may also do so over plain HTTP, where messages can be read on the way'
      : 'nothing: what it says does not hold',
    cause:
      'A bucket has one policy, which is always set as a whole: the console or another tool has written its own over it, or deleted it',
  };
}

function denial({ arn }: PlannedBucket, statement: Statement, { plan, writers }: Surroundings): Told {
  const verdicts = writers.map(({ roleArn, users }) => ({
    users,
    verdict: verdict(
      {
        principal: roleArn,
        action: 's3:PutObject',
        resource: `${arn}/any`,
        accountId: plan.accountId,
        context: { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': plan.region },
      },
      { identity: [anything], resource: JSON.stringify({ Statement: statement }) },
    ),
  }));
  const hit = verdicts.filter((one) => one.verdict === 'denied').flatMap(({ users }) => users);
  return denialTold('bucket-policy', statement, {
    seen: hit.length > 0 ? archivingSeen(hit, 'AccessDenied') : '',
    isUndecided: verdicts.some((one) => one.verdict === 'undecided'),
  });
}
