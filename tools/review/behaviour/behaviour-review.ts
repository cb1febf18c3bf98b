import { type Change, isUnchanged, stackPairs, type Version } from '../change';
import type { Concern } from '../concern';
import { grouped, noticeConcerns, settingConcerns } from './grouped';
import { brief, type Finding, type Notice, type Setting } from './notice';
import { behaviourOf, type StackBehaviour } from './read/behaviour-of';
import type { Unread } from './read/stack-reader';
import { stackFindings, type Versions } from './stack-findings';
import { goneStackFindings, newStackFindings } from './stack-news';

/** What callers, clients, consumers, subscribers and operators will notice of a change. */
export interface BehaviourReview {
  /** The gravest first. */
  readonly notices: readonly Notice[];
  readonly settings: readonly Setting[];
  /** Parts of either version of which nothing is told. */
  readonly unread: readonly UnreadPart[];
  readonly concerns: readonly Concern[];
}

export interface UnreadPart {
  readonly stackId: string;
  /** `aws_sqs_queue.messages`, or the stack's id for all of it. */
  readonly address: string;
  /** In which version. */
  readonly version: string;
  readonly reason: string;
}

/** Never throws for what a plan holds: what cannot be read is told as such. */
export async function behaviourReview(change: Change): Promise<BehaviourReview> {
  const pairs = stackPairs(change).map(({ base, head }) => ({
    base: base && behaviourOf(base),
    head: head && behaviourOf(head),
    same: isUnchanged({ base, head }),
  }));
  const versions: Versions = {
    base: pairs.flatMap(({ base }) => base ?? []),
    head: pairs.flatMap(({ head }) => head ?? []),
  };
  const compared = await Promise.all(
    pairs.filter(({ same }) => !same).map(({ base, head }) => comparison(base, head, versions, change)),
  );
  const { notices, settings } = grouped(withoutRepeats(compared.flatMap(({ findings }) => findings)));
  const unread = [
    ...pairs.flatMap(({ base, head }) => unreadParts(base, head, change)),
    ...compared.flatMap(({ failed }) => failed),
  ];
  return {
    notices,
    settings,
    unread,
    concerns: [
      ...noticeConcerns(notices),
      ...settingConcerns(settings),
      ...unread.map(
        ({ stackId, address, version, reason }): Concern => ({
          level: 'attention',
          text: `has ${address} of ${stackId} in it, which could not be read in ${version}: ${reason}`,
        }),
      ),
    ].toSorted((a, b) => Number(b.level === 'broken') - Number(a.level === 'broken')),
  };
}

interface Comparison {
  readonly findings: readonly Finding[];
  readonly failed: readonly UnreadPart[];
}

async function comparison(
  base: StackBehaviour | undefined,
  head: StackBehaviour | undefined,
  versions: Versions,
  change: Change,
): Promise<Comparison> {
  try {
    return { findings: await pairFindings(base, head, versions), failed: [] };
  } catch (error) {
    const stackId = head?.stackId ?? base?.stackId ?? '';
    const reason = brief((error as Error).message, 300);
    return { findings: [], failed: [{ stackId, address: stackId, version: change.head.name, reason }] };
  }
}

async function pairFindings(
  base: StackBehaviour | undefined,
  head: StackBehaviour | undefined,
  versions: Versions,
): Promise<readonly Finding[]> {
  const isWholeUnread = (stack: StackBehaviour | undefined) =>
    stack?.unread.some(({ address }) => address === stack.stackId) ?? false;
  if (isWholeUnread(base) || isWholeUnread(head)) return [];
  if (base && head) return stackFindings(base, head, versions);
  return head ? newStackFindings(head) : base ? goneStackFindings(base) : [];
}

/** The functions are told how often a queue delivers: a change of that is told of the queue. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  const counts = findings.flatMap((finding) =>
    finding.kind === 'setting' && finding.setting === 'given up after'
      ? [deliveryCounts(finding.before, finding.after)]
      : [],
  );
  return findings.filter(
    (finding) =>
      finding.kind !== 'setting' ||
      finding.setting !== 'environment variable MAX_RECEIVE_COUNT' ||
      !counts.includes(deliveryCounts(finding.before, finding.after)),
  );
}

const deliveryCounts = (...texts: readonly string[]) =>
  texts.map((text) => Number.parseInt(text.replaceAll(',', ''), 10)).join();

/** What cannot be read in either version, and is the same in both, is no news. */
function unreadParts(
  base: StackBehaviour | undefined,
  head: StackBehaviour | undefined,
  change: Change,
): readonly UnreadPart[] {
  const news = (of: StackBehaviour | undefined, other: StackBehaviour | undefined, { name }: Version) =>
    (of?.unread ?? [])
      .filter(
        ({ address, written }) =>
          !other?.unread.some((one) => one.address === address && one.written === written),
      )
      .map(({ stackId, address, reason }: Unread) => ({
        stackId,
        address,
        version: name,
        reason: brief(reason, 300),
      }));
  return [...news(head, base, change.head), ...news(base, head, change.base)];
}
