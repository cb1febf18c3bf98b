import { NotSimulated } from '../../not-simulated';
import { readPlan } from '../../plan/plan';
import { PlanError } from '../../plan/plan-error';
import type { ReviewedStack } from '../change';
import type { StackFlow, StackPart } from './stack-flow';
import { stackBuckets, stackFunctions } from './stack-functions';
import { stackHttpApis } from './stack-http-apis';
import { stackPipes } from './stack-pipes';
import { stackQueues } from './stack-queues';
import { type StackRoles, stackRoles } from './stack-roles';
import { stackRoutes } from './stack-routes';
import { stackWebSocketApis } from './stack-web-socket-apis';
import type { Arrow, Part, PartKind, System } from './system';

/** The stacks of an environment in one version, not yet put together. */
export interface EnvironmentFlow extends StackFlow {
  /** What could not be read. */
  readonly unread: readonly string[];
}

/** What cannot be read is left out, and told. */
export function readFlow(stacks: readonly ReviewedStack[]): EnvironmentFlow {
  const parts: StackPart[] = [];
  const arrows: Arrow[] = [];
  const unread: string[] = [];
  const attempt = <T>(read: () => T, otherwise: T): T => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NotSimulated || error instanceof PlanError)) throw error;
      unread.push(error.message);
      return otherwise;
    }
  };
  for (const { id, configuration } of stacks) {
    const plan = attempt(() => readPlan(id, configuration), undefined);
    if (!plan) continue;
    const roles = attempt(() => stackRoles(plan), noRoles);
    for (const read of [
      stackRoutes,
      stackHttpApis,
      stackWebSocketApis,
      stackQueues,
      stackPipes,
      stackFunctions,
      stackBuckets,
    ]) {
      const flow = attempt(() => read(plan, roles), { parts: [], arrows: [] });
      parts.push(...flow.parts);
      arrows.push(...flow.arrows);
    }
  }
  return { parts, arrows, unread };
}

const noRoles: StackRoles = { addresses: () => [], statements: () => [] };

/**
 * Puts the stacks of an environment together: an ARN is the part that has it, in whichever stack.
 * @param other the other version: what only that one has is no one else's
 */
export function systemOf(flow: StackFlow, other: StackFlow): System {
  const owners = new Map(
    [...other.parts, ...flow.parts].flatMap((part) => (part.arn === undefined ? [] : [[part.arn, part]])),
  );
  const own = new Map(flow.parts.map((part) => [part.key, part]));
  const parts = new Map<string, Part>(own);
  const arrows = new Map<string, Arrow>();
  for (const arrow of flow.arrows) {
    const [from, to] = [arrow.from, arrow.to].map((end) => owners.get(end)?.key ?? end) as [string, string];
    // A permission may name an API that is none of these stacks'.
    if (arrow.kind === 'reply' && !own.has(to)) continue;
    for (const key of [from, to]) {
      if (!own.has(key) && key.startsWith('arn:') && !parts.has(key)) parts.set(key, elsewhere(key));
    }
    arrows.set(`${from} ${to} ${arrow.kind}`, { ...arrow, from, to });
  }
  for (const { to, kind } of arrows.values()) {
    const part = parts.get(to);
    if (kind === 'dead-letters' && part) parts.set(to, { ...part, kind: 'dead-letter-queue' });
  }
  return { parts, arrows: [...arrows.values()] };
}

const kinds: Readonly<Record<string, PartKind>> = { sqs: 'queue', lambda: 'function', s3: 'bucket' };

/** What someone else owns. */
function elsewhere(arn: string): Part {
  const [, , service = '', , , ...resource] = arn.split(':');
  return {
    key: arn,
    stackId: undefined,
    kind: kinds[service] ?? 'other',
    name: resource[1] || resource[0] || arn,
    details: [],
    address: undefined,
    behind: [],
  };
}
