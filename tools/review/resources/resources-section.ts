import { listBlock } from '../list-block';
import { code, joined, md } from '../markdown/markdown';
import { prose } from '../markdown/prose';
import type { Block, Section } from '../section';
import { changedAttributes } from './changed-attributes';
import { lossText } from './losses';
import { movedBlocks } from './moves';
import type { ResourcesReview } from './resources-review';
import type { StackCounts } from './stack-counts';

/** What happens to the resources: how many, what is lost, and which attributes change. */
export function resourcesSection(review: ResourcesReview): Section | undefined {
  const { stacks, losses, moves, notices, concerns, changes, elsewhere } = review;
  const told = new Set(losses.map(lossText));
  const others = concerns.filter(({ text }) => !told.has(text));
  const { rows, following } = changedAttributes(changes, elsewhere);
  const touched = stacks.filter(
    ({ added, changed, replaced, destroyed }) => added + changed + replaced + destroyed > 0,
  );
  const blocks: readonly Block[] = [
    ...(touched.length === 0 ? [] : counts(touched, stacks.length)),
    ...listBlock(
      [
        ...losses.map((loss) => md`**${prose(sentence(lossText(loss)))}.** Way out: ${prose(loss.wayOut)}.`),
        ...others.map(({ text }) => md`${prose(sentence(text))}.`),
      ],
      ['thing to decide', 'things to decide'],
    ),
    ...(moves.length === 0
      ? []
      : [
          {
            kind: 'fence',
            summary: md`The ${code('moved')} blocks that keep them, by their stacks`,
            language: 'hcl',
            text: [...new Set(moves.map(({ stackId }) => stackId))]
              .map((id) => `# ${id}\n${movedBlocks(moves.filter(({ stackId }) => stackId === id))}`)
              .join('\n\n'),
          } satisfies Block,
        ]),
    ...listBlock(
      notices.map((text) => md`${prose(sentence(text))}.`),
      ['notice', 'notices'],
    ),
    ...(rows.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: ['resource', 'attribute', 'before', 'after'],
            rows,
            noun: ['changed attribute', 'changed attributes'],
          } satisfies Block,
        ]),
    ...(following === 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: md`${following} more ${following === 1 ? 'attribute only carries' : 'attributes only carry'} the new names.`,
          } satisfies Block,
        ]),
  ];
  return blocks.length === 0 ? undefined : { title: 'Resources', blocks };
}

const sentence = (clause: string): string => clause.charAt(0).toUpperCase() + clause.slice(1);

function counts(touched: readonly StackCounts[], all: number): readonly Block[] {
  const sum = (of: (stack: StackCounts) => number) => touched.reduce((total, stack) => total + of(stack), 0);
  const deployments = sum((stack) => stack.deployments);
  const routine =
    deployments === 0
      ? md``
      : md` Of the replaced ones ${deployments} ${deployments === 1 ? 'is the deployment' : 'are deployments'} of an API, as with each change of one: the new one stands before the old one goes.`;
  const planned = touched.filter((stack) => stack.planned).map(({ stackId }) => code(stackId));
  const source =
    planned.length === 0
      ? md` Read from the two configurations, without a plan.`
      : planned.length === touched.length
        ? md` By Terraform’s plans.`
        : md` By Terraform’s plans of ${joined(planned)}, the rest from the configurations.`;
  return [
    {
      kind: 'paragraph',
      text: md`${touched.length} of ${all} stacks ${touched.length === 1 ? 'changes' : 'change'}: ${sum((stack) => stack.added)} added, ${sum((stack) => stack.changed)} changed in place, ${sum((stack) => stack.replaced)} replaced, ${sum((stack) => stack.destroyed)} destroyed.${routine}${source}`,
    },
    {
      kind: 'table',
      columns: ['stack', 'added', 'changed', 'replaced', 'destroyed'],
      rows: touched.map(({ stackId, state, added, changed, replaced, destroyed }) => [
        state === 'new' ? md`${code(stackId)} (new)` : code(stackId),
        ...[added, changed, replaced, destroyed].map((count) => md`${count}`),
      ]),
      noun: ['stack', 'stacks'],
    },
  ];
}
