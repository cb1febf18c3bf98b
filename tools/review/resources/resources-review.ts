import type { Change } from '../change';
import type { Concern } from '../concern';
import { isKnownType } from './forces-replacement';
import type { FoundChange, StackChanges } from './found-change';
import { countedKinds } from './kind';
import { type Loss, lossesIn, lossText } from './losses';
import { type Move, movesIn, renamesIn } from './moves';
import type { ResourceChange } from './resource-change';
import { stackChanges } from './stack-changes';
import { countsOf, type StackCounts } from './stack-counts';
import { isStateful } from './stateful';
import { type Told, toldOnce } from './told-once';

/** What happens to the resources. */
export interface ResourcesReview {
  /** Every stack of either version, also those to which nothing happens. */
  readonly stacks: readonly StackCounts[];
  /** Stack by stack. A change of the provider's default tags is none here: it would be one of every resource. */
  readonly changes: readonly FoundChange[];
  /** What is lost, the worst first. */
  readonly losses: readonly Loss[];
  /** What would be destroyed and made again although only its address in Terraform is another one. */
  readonly moves: readonly Move[];
  /** Regions and accounts that are others than before. */
  readonly elsewhere: readonly (readonly [before: string, after: string])[];
  /** Clauses that go on from "This change", of what nobody has to decide. */
  readonly notices: readonly string[];
  readonly concerns: readonly Concern[];
}

/** What a change does to every stack's resources, and what is lost by it. */
export function resourcesReview(change: Change): ResourcesReview {
  const stacks = stackChanges(change);
  const found = stacks.map((stack) => {
    const moves = movesIn(stack);
    const moved = new Set(moves.flatMap(({ from, to }) => [from, to]));
    return { stack, moves, moved, losses: lossesIn(stack, moved, renamesIn(stack, moved)) };
  });
  const told = toldOnce(stacks);
  const losses = found.flatMap((one) => one.losses);
  const moves = found.flatMap((one) => one.moves);
  const lost = new Set(losses.map(({ stackId, address }) => `${stackId} ${address}`));
  const rest = found.flatMap(({ stack, moved }) =>
    stack.changes.filter(({ address }) => !moved.has(address) && !lost.has(`${stack.stackId} ${address}`)),
  );
  const about = (level: Told['level']) => told.filter((one) => one.level === level);
  return {
    stacks: stacks.map(countsOf),
    changes: stacks.flatMap(({ changes }) => changes),
    losses,
    moves,
    elsewhere: [...new Map(stacks.flatMap((stack) => stack.elsewhere))],
    notices: [...newStacks(stacks), ...about(undefined).map(({ text }) => text)],
    concerns: [
      ...about('broken').map(({ text }) => broken(text)),
      ...losses.map((loss) => attention(lossText(loss))),
      ...moveConcern(moves),
      ...goneStacks(stacks, change.base.name),
      ...about('attention').map(({ text }) => attention(text)),
      ...collected(rest),
      ...notKnown(stacks.flatMap(({ changes }) => changes)),
    ],
  };
}

const attention = (text: string): Concern => ({ level: 'attention', text });
const broken = (text: string): Concern => ({ level: 'broken', text });

const sized = ({ stackId, resources }: StackChanges) => `${stackId} (${resources} resources)`;

function newStacks(stacks: readonly StackChanges[]): readonly string[] {
  const added = stacks.filter(({ state }) => state === 'new');
  if (added.length === 0) return [];
  return [`adds the stack${added.length === 1 ? '' : 's'} ${added.map(sized).join(', ')}`];
}

function goneStacks(stacks: readonly StackChanges[], base: string): readonly Concern[] {
  const gone = stacks.filter(({ state }) => state === 'gone');
  if (gone.length === 0) return [];
  const ids = gone.map(({ stackId }) => stackId).join(' ');
  return [
    attention(
      `leaves out the stack${gone.length === 1 ? '' : 's'} ${gone.map(sized).join(', ')}: what is deployed stays and is billed, since nothing destroys a stack that is not in the code; run npx cdktf destroy ${ids} on ${base} first`,
    ),
  ];
}

/** How many are named. */
const most = 3;

function moveConcern(moves: readonly Move[]): readonly Concern[] {
  const named = moves.filter(({ name, type }) => name !== undefined && isStateful(type));
  if (moves.length === 0) return [];
  const names = named.slice(0, most).map(({ name }) => name);
  const such =
    names.length === 0 ? '' : `, ${names.join(', ')}${named.length > most ? ' …' : ''} among them,`;
  return [
    attention(
      `gives ${countedKinds(moves.map(({ type }) => type))}${such} another address in Terraform and the same name: without moved blocks Terraform destroys them, with what is in them, and makes them again`,
    ),
  ];
}

/** What goes beyond all that is told by itself. Whatever goes with another one is told there. */
function collected(changes: readonly FoundChange[]): readonly Concern[] {
  const of = (action: ResourceChange['action']) =>
    changes.filter((one) => one.action === action && one.becauseOf === undefined && !one.routine);
  const [destroyed, replaced] = [of('destroy'), of('replace')].map((some) =>
    countedKinds(some.map(({ type }) => type)),
  );
  const parts = [
    ...(destroyed ? [`destroys ${destroyed}`] : []),
    ...(replaced ? [`replaces ${replaced}`] : []),
  ];
  return parts.length === 0 ? [] : [attention(parts.join(' and '))];
}

/** Without a plan, only the provider's rules say whether a change replaces. */
function notKnown(changes: readonly FoundChange[]): readonly Concern[] {
  const types = changes
    .filter(({ planned, action, type }) => !planned && action === 'change' && !isKnownType(type))
    .map(({ type }) => type);
  if (types.length === 0) return [];
  return [
    attention(
      `changes ${countedKinds(types)}, of which it is not known here whether that replaces them: look at a plan`,
    ),
  ];
}
