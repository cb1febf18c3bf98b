import { type BehaviourReview, behaviourReview } from './behaviour/behaviour-review';
import type { Change } from './change';
import type { Concern } from './concern';
import { type HclDifference, hclDifferences } from './hcl-difference/hcl-difference';
import { type PermissionsReview, permissionsReview } from './permissions/permissions-review';
import { type PictureReview, pictureReview } from './picture/picture-review';
import type { RehearsalReview } from './rehearsal/rehearsal-review';
import { type ResourcesReview, resourcesReview } from './resources/resources-review';
import type { RulesReview } from './rules/rules-findings';
import { rulesReview } from './rules/rules-review';
import type { Waivers } from './rules/waivers';
import { type Verdict, verdictOf } from './verdict';

/** All that is known of a change; plain data, which `--json` prints. */
export interface Review {
  readonly verdict: Verdict;
  readonly base: string;
  readonly head: string;
  /** Whether anything that is deployed changes. */
  readonly changed: boolean;
  /** From the worst to the least. */
  readonly concerns: readonly Concern[];
  readonly resources: ResourcesReview;
  readonly permissions: PermissionsReview;
  readonly behaviour: BehaviourReview;
  readonly rehearsal: RehearsalReview;
  readonly rules: RulesReview;
  readonly picture: PictureReview;
  readonly hcl: readonly HclDifference[];
}

export interface ReviewInput {
  /** Without secrets. */
  readonly change: Change;
  readonly rehearsal: RehearsalReview;
  readonly waivers: { readonly base: Waivers; readonly head: Waivers };
  readonly today: Date;
  /** What is known beside. */
  readonly concerns: readonly Concern[];
}

export async function reviewOf(input: ReviewInput): Promise<Review> {
  const { change, rehearsal, waivers, today } = input;
  const resources = resourcesReview(change);
  const permissions = permissionsReview(change);
  const behaviour = await behaviourReview(change);
  const rules = rulesReview(change, waivers, today);
  const picture = pictureReview(change, resources.changes);
  const hcl = hclDifferences(change);
  const concerns = [
    ...input.concerns,
    ...[resources, permissions, behaviour, rehearsal, rules, picture].flatMap((part) => part.concerns),
  ];
  const worstFirst = [
    ...concerns.filter(({ level }) => level === 'broken'),
    ...concerns.filter(({ level }) => level === 'attention'),
  ];
  return {
    verdict: verdictOf(concerns),
    base: change.base.name,
    head: change.head.name,
    changed: [resources.changes, resources.notices, resources.concerns, hcl].some(({ length }) => length > 0),
    concerns: worstFirst,
    ...{ resources, permissions, behaviour, rehearsal, rules, picture, hcl },
  };
}
