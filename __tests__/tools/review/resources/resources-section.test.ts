import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../tools/review/change';
import { resourcesReview } from '../../../../tools/review/resources/resources-review';
import { resourcesSection } from '../../../../tools/review/resources/resources-section';
import type { Block } from '../../../../tools/review/section';
import { aCallbackLess, changeOf, dev, ofResources, prod } from './versions';

const blocksOf = (change: Change): readonly Block[] =>
  resourcesSection(resourcesReview(change))?.blocks ?? [];

const of = <K extends Block['kind']>(kind: K, blocks: readonly Block[]) =>
  blocks.filter((block): block is Extract<Block, { kind: K }> => block.kind === kind);

const cells = (blocks: readonly Block[], index: number) =>
  of('table', blocks)[index]?.rows.map((row) => row.map(({ markdown }) => markdown));

describe('the section of the resources', () => {
  it('begins with a sentence and the counts of the stacks that change', () => {
    const blocks = blocksOf(changeOf(prod, aCallbackLess));
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'table', 'list', 'list', 'table']);
    expect(of('paragraph', blocks)[0]?.text.markdown).toMatch(
      /^1 of 3 stacks changes: 0 added, 2 changed in place, 1 replaced, 19 destroyed\. Of the replaced ones 1 is the deployment of an API/,
    );
    expect(cells(blocks, 0)).toEqual([['`prod-callback-receiver`', '0', '2', '1', '19']]);
    expect(JSON.stringify(cells(blocks, 1))).not.toMatch(/triggers|deployment/);
  });

  it('shouts what is lost before all else, with the way out', () => {
    const [losses] = of('list', blocksOf(changeOf(prod, aCallbackLess)));
    expect(losses?.items.map(({ markdown }) => markdown.slice(0, 2))).toEqual(['**', '**', 'De']);
    expect(losses?.items[0]?.markdown.replaceAll(/\\|\u200b/g, '')).toBe(
      '**Destroys the queue prod-inbound-sms: what waits in it is lost.** Way out: keep it until its consumer has emptied it, and take it away in a change of its own.',
    );
  });

  it('has one row for the same change of several resources', () => {
    const rows = cells(blocksOf(changeOf(dev, { ...dev, logRetentionDays: 90 })), 1);
    expect(rows).toHaveLength(1);
    expect(rows?.[0]?.[0]).toMatch(/^5 log groups: .* and 2 more$/);
    expect(rows?.[0]?.slice(1)).toEqual(['`retention_in_days`', '`30`', '`90`']);
  });

  it('leaves out what only carries a new name, and says how much', () => {
    const alarm = (name: string) => ({
      alarm_name: `${name}-age`,
      dimensions: { QueueName: name },
      period: 60,
    });
    const blocks = blocksOf(
      ofResources(
        { aws_sqs_queue: { a: { name: 'orders' } }, aws_cloudwatch_metric_alarm: { a: alarm('orders') } },
        {
          aws_sqs_queue: { a: { name: 'purchases' } },
          aws_cloudwatch_metric_alarm: { a: { ...alarm('purchases'), period: 90 } },
        },
      ),
    );
    expect(cells(blocks, 1)?.map((row) => row.slice(1))).toEqual([
      ['`name` (replaces)', '`orders`', '`purchases`'],
      ['`alarm_name` (replaces)', '`orders-age`', '`purchases-age`'],
      ['`period`', '`60`', '`90`'],
    ]);
    expect(of('paragraph', blocks).at(-1)?.text.markdown).toBe(
      '1 more attribute only carries the new names.',
    );
  });

  it('leaves out what only carries a new region', () => {
    const blocks = blocksOf(changeOf(dev, { ...dev, region: 'us-east-1' }));
    expect(of('table', blocks)).toHaveLength(1);
    expect(of('paragraph', blocks).at(-1)?.text.markdown).toMatch(/more attributes only carry the new names/);
  });

  it('shows values as text, whatever they are', () => {
    const queue = (name: string) => ({ aws_sqs_queue: { a: { name } } });
    const blocks = blocksOf(
      ofResources(queue('a'), queue('@someone <b>x</b> `code` | [l](https://example.com)')),
    );
    const shown = [
      ...of('list', blocks).flatMap(({ items }) => items),
      ...of('table', blocks).flatMap(({ rows }) => rows.flat()),
    ];
    const outsideCode = shown.map(({ markdown }) => markdown.replace(/(?<![\\`])(`+)[^`].*?\1/g, ''));
    expect(outsideCode.join('\n')).toContain('someone');
    expect(outsideCode.join('\n')).not.toMatch(/(?<!\\)<b>|(?<!\\)\[l/);
  });
});
