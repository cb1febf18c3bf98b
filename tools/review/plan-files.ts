import fs from 'node:fs';
import type { PlanOption } from './options';
import { UsageError } from './options';
import type { TerraformPlan } from './terraform-plan';

/**
 * Reads what Terraform plans, by the stack's id.
 * @throws UsageError naming the file for what is not there, is no plan, or belongs to no stack
 */
export function readPlanFiles(
  options: readonly PlanOption[],
  stackIds: readonly string[],
): ReadonlyMap<string, TerraformPlan> {
  const plans = new Map<string, TerraformPlan>();
  for (const { stackId, file } of options) {
    if (!stackIds.includes(stackId)) {
      throw new UsageError(`--plan ${file}: there is no stack ${stackId}; there are ${stackIds.join(', ')}`);
    }
    if (plans.has(stackId)) throw new UsageError(`--plan ${file}: ${stackId} has a plan already`);
    plans.set(stackId, planIn(file));
  }
  return plans;
}

function planIn(file: string): TerraformPlan {
  const advice = 'write it with terraform show -json <plan file>';
  let text: string;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--plan ${file}: ${(error as Error).message}`);
  }
  try {
    const plan = JSON.parse(text) as Partial<TerraformPlan> | null;
    if (typeof plan?.format_version === 'string') return plan as TerraformPlan;
  } catch {
    // What it is instead, nobody needs to know.
  }
  throw new UsageError(`--plan ${file}: it is no plan in JSON; ${advice}`);
}
