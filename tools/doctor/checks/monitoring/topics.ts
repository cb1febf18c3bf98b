import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { isWithin, policyDifference } from '../../../iam/policy-difference';
import { statementText } from '../../../iam/statement-text';
import { optionalText, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import type { Check, Subject } from '../../check';
import type { Finding } from '../../finding';
import { anyKey, describeKey } from '../keys/key-answers';
import { plannedKeys } from '../keys/key-plan';
import { denialTold, extraTold } from '../policy-extras';

/** Topics of alarms: that they are there, who may publish, and with which key they are encrypted. */
export const topics: Check = {
  name: 'topics',
  permissions: (plan) =>
    plannedTopics(plan).flatMap(({ arn, keyAlias }) => [
      { action: 'sns:GetTopicAttributes', resource: arn },
      ...(keyAlias ? [{ action: 'kms:DescribeKey', resource: anyKey(plan) }] : []),
    ]),
  examine: async (subject) => {
    const all = plannedTopics(subject.plan);
    const findings = await Promise.all(all.map((topic) => examineTopic(topic, subject)));
    return { resources: all.length, findings: findings.flat() };
  },
};

interface PlannedTopic {
  readonly resource: PlanResource;
  readonly arn: string;
  /** Of the key of the plan that encrypts it. */
  readonly keyAlias: string | undefined;
  readonly policy: { readonly json: string; readonly at: string } | undefined;
}

function plannedTopics(plan: Plan): readonly PlannedTopic[] {
  const policies = resourcesOf(plan, 'aws_sns_topic_policy', {
    reads: ['arn', 'policy'],
    ignores: 'the rest',
  });
  const keys = plannedKeys(plan);
  return resourcesOf(plan, 'aws_sns_topic', {
    reads: ['arn', 'name', 'kms_master_key_id'],
    ignores: 'the rest',
  }).map((resource) => {
    const arn = text(resource, 'arn');
    const key = optionalText(resource, 'kms_master_key_id');
    const policy = policies.find((candidate) => text(candidate, 'arn') === arn);
    return {
      resource,
      arn,
      keyAlias: keys.find((candidate) => text(candidate.resource, 'arn') === key)?.alias.name,
      policy: policy && { json: text(policy, 'policy'), at: policy.address },
    };
  });
}

type Told = Omit<Finding, 'subject' | 'fix'>;

const silent = 'alarms and rules notify nobody: CloudWatch says so in an alarm’s history only';

async function examineTopic(topic: PlannedTopic, subject: Subject): Promise<readonly Finding[]> {
  const { aws, plan } = subject;
  const deploy = `npx cdktf deploy ${plan.stackId}`;
  const at = topic.resource.address;
  const about = { subject: `topic ${text(topic.resource, 'name')}` };
  const deployed = await aws.ask({ action: 'sns:GetTopicAttributes', resource: topic.arn }, () =>
    aws.clients.sns.send(new GetTopicAttributesCommand({ TopicArn: topic.arn })),
  );
  if (!deployed) {
    return [
      {
        ...about,
        at,
        code: 'topic-missing',
        severity: 'warning',
        problem: 'it does not exist',
        seen: silent,
        cause:
          'The stack was never deployed to the end, or someone has deleted the topic, and its subscriptions with it',
        fix: `${deploy}, and subscribe again`,
      },
    ];
  }
  const { KmsMasterKeyId: key, Policy: policy } = deployed.Attributes ?? {};
  const fix = `${deploy} restores it; what was meant belongs in environments/`;
  return [...(await keyDifference(topic, key, subject)), ...policyDifferences(topic, policy)].map((told) => ({
    ...about,
    ...told,
    fix,
  }));
}

async function keyDifference(
  { resource, keyAlias }: PlannedTopic,
  deployed: string | undefined,
  subject: Subject,
): Promise<readonly Told[]> {
  if (keyAlias === undefined) return [];
  const key = await describeKey(keyAlias, subject);
  if (deployed && [key?.Arn, key?.KeyId, keyAlias].includes(deployed)) return [];
  return [
    {
      at: resource.address,
      code: 'topic-key',
      severity: 'warning',
      problem: deployed ? 'it is encrypted with another key' : 'it is not encrypted',
      synthesized: key?.Arn ? `${keyAlias} (${key.Arn})` : keyAlias,
      deployed: deployed ?? 'none',
      seen: deployed
        ? `where that key’s policy does not let CloudWatch and EventBridge use it, ${silent}`
        : 'nothing: notifications lie in SNS as AWS keeps them',
      cause: 'Someone has changed it in the console or with another tool',
    },
  ];
}

function policyDifferences(
  { policy, resource }: PlannedTopic,
  deployed: string | undefined,
): readonly Told[] {
  if (!policy) return [];
  const { missing, extra } = policyDifference(policy.json, deployed);
  return [
    ...missing.map(
      (statement): Omit<Told, 'at'> => ({
        code: 'topic-policy-statement',
        severity: 'warning',
        problem: 'its policy lacks a statement',
        synthesized: statementText(statement),
        deployed: 'none',
        seen: statement.Effect === 'Allow' ? silent : 'nothing: what it refuses is let through',
        cause:
          'A topic has one policy, which is always set as a whole: the console or another tool has written its own over it',
      }),
    ),
    ...extra
      .filter((statement) => !missing.some((wider) => isWithin(statement, wider)))
      .map((statement) =>
        statement.Effect === 'Deny'
          ? denialTold('topic-policy', statement, { seen: '', isUndecided: true })
          : extraTold('topic-policy', 'alarms may be forged, or read', statement),
      ),
  ].map((told) => ({ at: policy.at ?? resource.address, ...told }));
}
