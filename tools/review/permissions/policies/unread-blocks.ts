import type { Plan } from '../../../plan/plan';
import { type Block, blocksOf, listOf } from './evaluated';
import type { OwnedStatements } from './owned-statements';
import { unread } from './policy-statements';

/** Modules, and resources that stand for several: what permissions they make is not known here. */
export function unreadBlocks(plan: Plan): readonly OwnedStatements[] {
  const { stackId, accountId, configuration } = plan;
  const owned = (name: string, written: unknown): OwnedStatements => ({
    id: `${stackId} ${name} as a whole`,
    stackId,
    accountId,
    owner: { kind: 'resource', name },
    about: 'resource',
    isDeclared: true,
    statements: [unread(plan, written)],
    arn: undefined,
  });
  const modules = listOf(configuration.module).flatMap((block) => Object.entries(block as Block));
  const repeated = Object.keys(configuration.resource ?? {})
    .filter((type) => /iam|policy|permission|grant/.test(type))
    .flatMap((type) =>
      blocksOf(plan, type)
        .filter(([, block]) => 'for_each' in block || 'count' in block)
        .map(([name, block]) => owned(`${type}.${name}`, block)),
    );
  return [...modules.map(([name, block]) => owned(`module.${name}`, block)), ...repeated];
}
