import type { FoundChange, StackChanges } from './found-change';
import { called, rankOf } from './kind';
import { referencesIn } from './references';
import { nameIn, nameOf } from './resource-name';
import { type Before, isStateful, stateful } from './stateful';

/** What is lost or interrupted where a resource goes, and the way to lose nothing. */
export interface Loss {
  readonly stackId: string;
  readonly address: string;
  readonly type: string;
  readonly name: string | undefined;
  readonly action: 'replace' | 'destroy';
  /** The name of the resource that comes in its place, where another one does. */
  readonly instead: string | undefined;
  /** The attributes that force it. */
  readonly forcedBy: readonly Readonly<Record<'path' | 'before' | 'after', string>>[];
  /** Terraform's own word, where no attribute forces it. */
  readonly reason: string | undefined;
  /** A clause: `what waits in it is lost`. */
  readonly lost: string;
  /** A clause: `drain it first`. */
  readonly wayOut: string;
  /** It is a queue of messages that were given up already. */
  readonly ofDeadLetters: boolean;
  /** How many others are replaced with it. */
  readonly others: number;
}

/**
 * What is lost, the worst first.
 * @param handled addresses of which something else is told
 * @param renames by the old address what comes in its place
 */
export function lossesIn(
  stack: StackChanges,
  handled: ReadonlySet<string>,
  renames: ReadonlyMap<string, FoundChange>,
): readonly Loss[] {
  const before = beforeIn(stack);
  const others = new Map<string, number>();
  for (const { becauseOf } of stack.changes) {
    if (becauseOf !== undefined) others.set(becauseOf, (others.get(becauseOf) ?? 0) + 1);
  }
  return stack.changes
    .flatMap((change): readonly Loss[] => {
      const { action, address, type, name, forcedBy, attributes, unknown, reason } = change;
      if ((action !== 'replace' && action !== 'destroy') || handled.has(address)) return [];
      const rule = isStateful(type) ? stateful[type] : undefined;
      const was = before(change);
      const lost = rule?.lost(was);
      if (!rule || lost === undefined) return [];
      return [
        {
          stackId: stack.stackId,
          address,
          type,
          name: was.name ?? name,
          action,
          instead: renames.get(address)?.name,
          forcedBy: attributes
            .filter(({ path }) => forcedBy.some((forcing) => isAt(path, forcing)))
            .map(({ path, before: from, after: to }) => ({
              path,
              before: from ?? '(left out)',
              after: to ?? (unknown.includes(path) ? 'known after apply' : '(left out)'),
            })),
          reason: forcedBy.length === 0 && action === 'replace' ? reason : undefined,
          lost,
          wayOut: rule.wayOut,
          ofDeadLetters: was.isDeadLetterQueue,
          others: others.get(address) ?? 0,
        },
      ];
    })
    .toSorted((a, b) => rankOf(a.type) - rankOf(b.type) || Number(a.ofDeadLetters) - Number(b.ofDeadLetters));
}

const isAt = (path: string, forcing: string) => path === forcing || path.startsWith(`${forcing}.`);

/** The clause of a loss that goes on from "This change". */
export function lossText(loss: Loss): string {
  const { action, instead, forcedBy, reason, lost, others } = loss;
  const what = called(loss);
  const why = forcedBy.map(({ path, before: from, after: to }) => `${path}: ${from} → ${to}`);
  const because = why.length > 0 ? why.join(', ') : reason;
  const withIt = others > 0 ? `, and ${others} ${others === 1 ? 'other' : 'others'} with it` : '';
  if (instead !== undefined) return `makes ${instead} instead of the ${what}${withIt}: ${lost}`;
  const verb = action === 'destroy' ? 'destroys' : 'replaces';
  return `${verb} the ${what}${because === undefined ? '' : ` (${because})`}${withIt}: ${lost}`;
}

/** What the version before says of a resource. */
function beforeIn({ base }: StackChanges): (of: FoundChange) => Before {
  const deadLetterQueues = new Set<string>();
  const encrypted = new Map<string, string[]>();
  for (const { type, attributes } of base.values()) {
    const { redrive_policy: redrive, kms_master_key_id: key } = attributes;
    for (const target of targetsOf(redrive)) deadLetterQueues.add(target);
    if (type !== 'aws_sqs_queue' || typeof key !== 'string') continue;
    for (const { address } of referencesIn(key)) {
      const names = encrypted.get(address) ?? [];
      names.push(nameIn(attributes) ?? 'a queue');
      encrypted.set(address, names);
    }
  }
  return ({ address, name }) => {
    const was = base.get(address);
    const attributes = was?.attributes ?? {};
    return {
      attributes,
      name: was && nameOf(was, base),
      isDeadLetterQueue: [address, nameIn(attributes) ?? name].some((key) => deadLetterQueues.has(key ?? '')),
      queues: encrypted.get(address) ?? [],
    };
  };
}

/** The dead-letter queue that a redrive policy names: by the name at the end of its ARN, or by its address. */
function targetsOf(redrive: unknown): readonly string[] {
  if (typeof redrive !== 'string') return [];
  return [
    ...referencesIn(redrive).map(({ address }) => address),
    ...[...redrive.matchAll(/:([\w.-]+)"/g)].map(([, name = '']) => name),
  ];
}
