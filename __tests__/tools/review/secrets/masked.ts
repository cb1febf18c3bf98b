import type { Change, ReviewedStack } from '../../../../tools/review/change';
import { maskedChange } from '../../../../tools/review/secrets/masked-change';
import type { TerraformPlan } from '../../../../tools/review/terraform-plan';

export const stack = (configuration: object, hcl = '', lock?: string): ReviewedStack => ({
  id: 'dev-x',
  environment: 'dev',
  configuration: configuration as ReviewedStack['configuration'],
  hcl,
  lock,
});
export const changeWith = (configuration: object, hcl = '', plan: object = {}): Change => ({
  base: { name: 'base', stacks: [] },
  head: { name: 'head', stacks: [stack(configuration, hcl)] },
  plans: new Map([['dev-x', { format_version: '1.2', ...plan } as TerraformPlan]]),
});
/** What is left of a configuration, its HCL and its plan. */
export function masked(configuration: object, hcl = '', plan: object = {}) {
  const {
    change: { head, plans },
  } = maskedChange(changeWith(configuration, hcl, plan));
  const { format_version: _, ...rest } = plans.get('dev-x') ?? { format_version: '' };
  return { configuration: head.stacks[0]?.configuration, hcl: head.stacks[0]?.hcl, plan: rest };
}
export const resource = (type: string, body: object) => ({ resource: { [type]: { x: body } } });
export const planned = (before: unknown, after: unknown, sensitive: object = {}, type = 'aws_x') => ({
  resource_changes: [
    {
      address: `${type}.x`,
      mode: 'managed',
      type,
      name: 'x',
      change: { actions: ['update'], before, after, ...sensitive },
    },
  ],
});
