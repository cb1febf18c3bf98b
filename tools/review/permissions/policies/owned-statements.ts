import type { ReadStatement } from './policy-statements';

/** What a policy belongs to, as a person knows it. */
export interface Owner {
  readonly kind:
    | 'role'
    | 'managed policy'
    | 'queue'
    | 'key'
    | 'API'
    | 'bucket'
    | 'function'
    | 'topic'
    | 'secret'
    | 'resource';
  readonly name: string;
}

/** All that the policies of one kind say for an owner, in one version. */
export interface OwnedStatements {
  /** The same in both versions. */
  readonly id: string;
  readonly stackId: string;
  readonly accountId: string;
  readonly owner: Owner;
  /** What a role may do, who may assume it, what it may do at most; or who may use a resource. */
  readonly about: 'grants' | 'trust' | 'boundary' | 'resource';
  /** Whether the stack makes the owner, and not only a policy of it. */
  readonly isDeclared: boolean;
  readonly statements: readonly ReadStatement[];
  /** ARN of the owner, where a statement about the owner itself would name it. */
  readonly arn: string | undefined;
}

/** One for each owner and kind of policy, in the order in which they come first. */
export function together(all: readonly OwnedStatements[]): readonly OwnedStatements[] {
  const byId = new Map<string, OwnedStatements>();
  for (const one of all) {
    const before = byId.get(one.id);
    byId.set(
      one.id,
      before
        ? {
            ...(before.isDeclared ? before : one),
            statements: [...before.statements, ...one.statements],
          }
        : one,
    );
  }
  return [...byId.values()];
}
