import type { Change, ReviewedStack } from '../../../../tools/review/change';
import type { TerraformConfiguration } from '../../../../tools/synth/synthesize';

type Blocks = TerraformConfiguration['resource'];

/** A stack of nothing but these resources. */
export const stackOf = (id: string, resource: Blocks = {}, data: Blocks = {}): ReviewedStack => ({
  id,
  environment: 'dev',
  configuration: {
    provider: { aws: [{ region: 'eu-west-1', allowed_account_ids: ['111122223333'] }] },
    resource,
    data,
  },
  hcl: '',
  lock: undefined,
});

export const changeOfStacks = (base: readonly ReviewedStack[], head: readonly ReviewedStack[]): Change => ({
  base: { name: 'base', stacks: base },
  head: { name: 'head', stacks: head },
  plans: new Map(),
});

export const queueArn = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
