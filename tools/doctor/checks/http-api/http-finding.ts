import type { Plan } from '../../../plan/plan';
import type { Finding } from '../../finding';

/** A finding as far as the thing itself tells it; the rest is the same for most. */
export type Told = Pick<Finding, 'code' | 'severity' | 'problem' | 'seen'> & Partial<Finding>;

export const told = ({ stackId }: Plan, one: Told & Pick<Finding, 'at' | 'subject'>): Finding => ({
  cause: 'It was changed in the console or by another tool.',
  fix: `npx cdktf deploy ${stackId} restores it; what was meant belongs in environments/.`,
  ...one,
});
