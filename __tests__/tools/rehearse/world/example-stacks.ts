import { type Plan, readPlan } from '../../../../tools/plan/plan';
import type { StackInput } from '../../../../tools/rehearse/world/system';

export const at = { partition: 'aws', region: 'eu-central-1', accountId: '111122223333' };
export const otherAccount = '444455556666';

export const queueArn = (name: string, accountId = at.accountId) =>
  `arn:aws:sqs:eu-central-1:${accountId}:${name}`;
export const roleArn = (name: string) => `arn:aws:iam::${at.accountId}:role/${name}`;

/** Resources as Terraform's JSON has them: type → name → attributes. */
export type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** Everything that these have; of two with one name the attributes of both. */
export function together(...parts: readonly Resources[]): Resources {
  const whole: Record<string, Record<string, object>> = {};
  for (const [type, named] of parts.flatMap((part) => Object.entries(part))) {
    const all = { ...whole[type] };
    for (const [name, attributes] of Object.entries(named)) all[name] = { ...all[name], ...attributes };
    whole[type] = all;
  }
  return whole;
}

export const configurationOf = (resource: Resources, { region, accountId } = at) => ({
  provider: { aws: [{ region, allowed_account_ids: [accountId] }] },
  resource,
});

export const planOf = (resource: Resources, id = 'dev'): Plan => readPlan(id, configurationOf(resource));

export const stackOf = (resource: Resources, id = 'dev', where = at): StackInput => ({
  id,
  configuration: configurationOf(resource, where),
  folder: '',
});

export type WrittenStatement = Readonly<Record<string, unknown>>;

export const policyText = (...statements: readonly WrittenStatement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const allow = (
  action: string | readonly string[],
  resource: string,
  others: WrittenStatement = {},
): WrittenStatement => ({ Effect: 'Allow', Action: action, Resource: resource, ...others });

/** A statement of a resource's policy, about everyone. */
export const denyAll = (
  action: string,
  resource: string,
  others: WrittenStatement = {},
): WrittenStatement => ({
  Effect: 'Deny',
  Principal: '*',
  Action: action,
  Resource: resource,
  ...others,
});

/** A role that a service may take on, with what it may do in one policy. */
export const role = (
  name: string,
  service: string,
  statements: readonly WrittenStatement[] = [],
  condition?: object,
): Resources => ({
  aws_iam_role: {
    [name]: {
      name,
      assume_role_policy: policyText({
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        ...(condition && { Condition: condition }),
      }),
    },
  },
  ...(statements.length > 0 && {
    aws_iam_role_policy: {
      [name]: { role: `\${aws_iam_role.${name}.name}`, policy: policyText(...statements) },
    },
  }),
});

export const queue = (name: string, attributes: object = {}): Resources => ({
  aws_sqs_queue: {
    [name]: { name: 'fifo_queue' in attributes ? `${name}.fifo` : name, ...attributes },
  },
});

/** A queue's policy. */
export const queuePolicy = (name: string, ...statements: readonly WrittenStatement[]): Resources => ({
  aws_sqs_queue_policy: {
    [name]: { queue_url: `\${aws_sqs_queue.${name}.url}`, policy: policyText(...statements) },
  },
});

/** A queue with a dead-letter queue that lets it in. */
export const redriven = (name: string, maxReceiveCount: number, attributes: object = {}): Resources => {
  const suffix = 'fifo_queue' in attributes ? '.fifo' : '';
  const dead = `${name}-dead`;
  return together(
    queue(dead, {
      ...('fifo_queue' in attributes && { fifo_queue: true }),
      message_retention_seconds: 1_209_600,
    }),
    queue(name, {
      ...attributes,
      redrive_policy: JSON.stringify({ deadLetterTargetArn: queueArn(dead + suffix), maxReceiveCount }),
    }),
    {
      aws_sqs_queue_redrive_allow_policy: {
        [dead]: {
          queue_url: `\${aws_sqs_queue.${dead}.url}`,
          redrive_allow_policy: JSON.stringify({
            redrivePermission: 'byQueue',
            sourceQueueArns: [queueArn(name + suffix)],
          }),
        },
      },
    },
  );
};

/** A key that leaves it to its account, or has this policy. */
export const key = (name: string, ...statements: readonly WrittenStatement[]): Resources => ({
  aws_kms_key: {
    [name]: {
      policy: policyText(
        ...(statements.length > 0
          ? statements
          : [allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${at.accountId}:root` } })]),
      ),
    },
  },
  aws_kms_alias: { [name]: { name: `alias/${name}`, target_key_id: `\${aws_kms_key.${name}.key_id}` } },
});

export const consuming = (name: string) =>
  allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], queueArn(name));
