import { optionalText, text } from '../../../plan/attributes';
import { type Plan, type PlanResource, resourcesOf } from '../../../plan/plan';
import { plannedQueues } from '../queues/queue-plan';

/** A key of a plan, found in AWS by its alias. */
export interface PlannedKey {
  /** `aws_kms_key`. */
  readonly resource: PlanResource;
  readonly alias: { readonly name: string; readonly address: string };
  /** JSON; nothing where AWS's default holds. */
  readonly policy: string | undefined;
  /** The queues that are encrypted with it. */
  readonly queueArns: readonly string[];
}

/** Those that have an alias: without one, nothing tells which key of the account is meant. */
export function plannedKeys(plan: Plan): readonly PlannedKey[] {
  const aliases = resourcesOf(plan, 'aws_kms_alias', {
    reads: ['name', 'target_key_id'],
    ignores: 'the rest',
  });
  return resourcesOf(plan, 'aws_kms_key', {
    reads: ['arn', 'key_id', 'description', 'enable_key_rotation', 'policy'],
    ignores: 'the rest',
  }).flatMap((resource) => {
    const own = [text(resource, 'key_id'), text(resource, 'arn')];
    const alias = aliases.find((candidate) => own.includes(text(candidate, 'target_key_id')));
    if (!alias) return [];
    const named = [...own, text(alias, 'name')];
    return [
      {
        resource,
        alias: { name: text(alias, 'name'), address: alias.address },
        policy: optionalText(resource, 'policy'),
        queueArns: plannedQueues(plan)
          .filter((queue) => named.includes(optionalText(queue.resource, 'kms_master_key_id') ?? ''))
          .map(({ arn }) => arn),
      },
    ];
  });
}
