import type { ConfiguredResource } from './configured-stack';
import type { ResourceChange } from './resource-change';

/** A change, and what the review has to know of it beyond that. */
export interface FoundChange extends ResourceChange {
  /** The paths whose new value is known after apply only. */
  readonly unknown: readonly string[];
  /** The replaced resource whose id it is made with; nothing where it is replaced for a reason of its own. */
  readonly becauseOf: string | undefined;
  /** A deployment of an API, which each change of the API replaces before the old one goes. */
  readonly routine: boolean;
  /** Terraform's own word for why, where no attribute forces it. */
  readonly reason: string | undefined;
}

/** What is true of a stack beyond its resources, as a clause that goes on from "This change". */
export interface Fact {
  readonly text: string;
  /** What it means, after the stacks of which it is true. */
  readonly detail?: string;
  /** Nothing where nobody has to decide. */
  readonly level: 'attention' | 'broken' | undefined;
  /** How many of its resources it is about, where the text ends with their number. */
  readonly resources?: number;
}

/** What happens in one stack. */
export interface StackChanges {
  readonly stackId: string;
  readonly state: 'new' | 'gone' | 'kept';
  readonly planned: boolean;
  /** Resources of the configuration that is there: the new one's, or of a stack that is gone the old one's. */
  readonly resources: number;
  readonly changes: readonly FoundChange[];
  readonly facts: readonly Fact[];
  /** The region and the account, where they are others: before, after. */
  readonly elsewhere: readonly (readonly [before: string, after: string])[];
  readonly base: ReadonlyMap<string, ConfiguredResource>;
  readonly head: ReadonlyMap<string, ConfiguredResource>;
}

const deployments = ['aws_api_gateway_deployment', 'aws_apigatewayv2_deployment'];

/** Only because of its triggers, and made before the old one goes. */
export const isRoutine = (type: string, forcedBy: readonly string[], createsFirst: boolean): boolean =>
  deployments.includes(type) &&
  createsFirst &&
  forcedBy.length > 0 &&
  forcedBy.every((path) => path === 'triggers' || path.startsWith('triggers.'));
