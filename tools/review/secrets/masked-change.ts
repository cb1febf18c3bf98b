import type { TerraformConfiguration } from '../../synth/synthesize';
import type { Change, ReviewedStack, Version } from '../change';
import type { TerraformPlan } from '../terraform-plan';
import { Everywhere } from './everywhere';
import { namesIn } from './names-in';
import { Places } from './places';
import { Secrets } from './secrets';
import { sensitiveVariables } from './sensitive-variables';

export interface MaskedChange {
  readonly change: Change;
  /** The same secrets masked in the texts of plain data that tells of the change. */
  readonly masked: <T>(said: T) => T;
}

/**
 * A change in which `(sensitive 1)` stands in the place of every secret, before anything else reads it: the
 * same secret has the same number in both versions and all plans, numbered as they appear.
 *
 * A secret is what Terraform marks as sensitive, what stands under a name that says so, and what looks like a
 * credential. It is then replaced wherever else it stands, escaped or in base64 as well. Only in its own
 * place, or under the same name, is masked what has fewer than six characters, and what is a part of the name
 * of a resource, a variable or an attribute: as a name it is no secret, and references would break.
 */
export function maskedChange({ base, head, plans }: Change): MaskedChange {
  const secrets = new Secrets();
  const inConfiguration = new Places(secrets, true);
  const inPlan = new Places(secrets, false);
  const inPlace = (version: Version): Version => ({
    ...version,
    stacks: version.stacks.map((stack) => ({
      ...stack,
      configuration: inConfiguration.configuration(stack.configuration) as TerraformConfiguration,
    })),
  });
  const [maskedBase, maskedHead] = [inPlace(base), inPlace(head)];
  const maskedPlans = [...plans].map(([id, plan]) => {
    const variables = sensitiveVariables([plan, ...configurationsOf(id, [base, head])]);
    return [id, inPlan.masked(plan, { variables })] as const;
  });

  const everywhere = new Everywhere(secrets, namesIn([base, head], plans));
  const stackOf = (stack: ReviewedStack): ReviewedStack => ({
    ...stack,
    configuration: everywhere.configuration(stack.configuration),
    hcl: everywhere.hcl(stack.hcl),
    lock: stack.lock === undefined ? undefined : everywhere.text(stack.lock),
  });
  return {
    change: {
      base: { ...maskedBase, stacks: maskedBase.stacks.map(stackOf) },
      head: { ...maskedHead, stacks: maskedHead.stacks.map(stackOf) },
      plans: new Map(maskedPlans.map(([id, plan]) => [id, everywhere.masked(plan) as TerraformPlan])),
    },
    masked: (said) =>
      JSON.parse(JSON.stringify(said), (_key, value) =>
        typeof value === 'string' ? everywhere.text(value) : value,
      ),
  };
}

const configurationsOf = (id: string, versions: readonly Version[]): readonly TerraformConfiguration[] =>
  versions
    .flatMap(({ stacks }) => stacks)
    .filter((stack) => stack.id === id)
    .map(({ configuration }) => configuration);
