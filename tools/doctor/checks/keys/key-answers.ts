import { DescribeKeyCommand, type KeyMetadata } from '@aws-sdk/client-kms';
import type { Plan } from '../../../plan/plan';
import type { Subject } from '../../check';

/** IAM knows a key by its id alone, which is what is looked for by the alias. */
export const anyKey = ({ partition, region, accountId }: Pick<Plan, 'partition' | 'region' | 'accountId'>) =>
  `arn:${partition}:kms:${region}:${accountId}:key/*`;

/** The key that an alias points to; nothing where it points nowhere. @param alias such as `alias/orders` */
export async function describeKey(
  alias: string,
  { aws, plan }: Pick<Subject, 'aws' | 'plan'>,
): Promise<Partial<KeyMetadata> | undefined> {
  const answer = await aws.ask({ action: 'kms:DescribeKey', resource: anyKey(plan) }, () =>
    aws.clients.kms.send(new DescribeKeyCommand({ KeyId: alias })),
  );
  return answer?.KeyMetadata;
}
