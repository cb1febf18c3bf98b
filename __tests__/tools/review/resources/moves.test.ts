import { describe, expect, it } from 'vitest';
import { resourcesReview } from '../../../../tools/review/resources/resources-review';
import { resourcesSection } from '../../../../tools/review/resources/resources-section';
import { dev, edited, ofResources } from './versions';

/** As when a construct gets another id: all that stands in it has another address. */
const underAnotherAddress = (moved?: unknown) =>
  edited(dev, 'dev-callback-receiver', (configuration) => {
    const renamed = JSON.parse(
      JSON.stringify(configuration.resource).replaceAll('delivery_results_queue', 'results_queue'),
    );
    Object.assign(configuration.resource, renamed);
    configuration.moved = moved;
  });

const queue = (name: string, more = {}) => ({ name, message_retention_seconds: 60, ...more });

describe('a resource under another address of Terraform', () => {
  it('and the same name is told as what a moved block keeps, with the block, and with what stands beside it', () => {
    const review = resourcesReview(underAnotherAddress());
    const pairs = review.moves.map(({ from, to, name }) => [from, to, name]);
    expect(pairs).toContainEqual([
      'aws_sqs_queue.delivery_results_queue',
      'aws_sqs_queue.results_queue',
      'dev-delivery-results',
    ]);
    expect(pairs).toContainEqual([
      'aws_sqs_queue_policy.delivery_results_queue_policy',
      'aws_sqs_queue_policy.results_queue_policy',
      'dev-delivery-results',
    ]);
    expect(review.losses).toEqual([]);
    expect(review.concerns.map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^gives 2 queues, .*, dev-delivery-results among them, another address in Terraform and the same name: without moved blocks Terraform destroys them/,
      ),
    ]);
    const fence = resourcesSection(review)?.blocks.find(({ kind }) => kind === 'fence');
    expect(fence).toMatchObject({
      language: 'hcl',
      text: expect.stringContaining(
        'moved {\n  from = aws_sqs_queue.delivery_results_queue\n  to   = aws_sqs_queue.results_queue\n}',
      ),
    });
  });

  it('is nothing where moved blocks say so, whatever refers to it', () => {
    const { moves } = resourcesReview(underAnotherAddress());
    const review = resourcesReview(underAnotherAddress(moves.map(({ from, to }) => ({ from, to }))));
    expect(review.changes.filter(({ action }) => action === 'add' || action === 'destroy')).toEqual([]);
    expect(review.losses).toEqual([]);
    expect(review.moves).toEqual([]);
  });

  it('under another name too is another resource: paired with the most alike, once', () => {
    const review = resourcesReview(
      ofResources(
        { aws_sqs_queue: { a_queue: queue('a'), a_queue_fifo: queue('a.fifo', { fifo_queue: true }) } },
        { aws_sqs_queue: { b_queue_fifo: queue('b.fifo', { fifo_queue: true }), b_queue: queue('b') } },
      ),
    );
    expect(review.moves).toEqual([]);
    expect(review.losses.map(({ name, instead }) => [name, instead])).toEqual([
      ['a', 'b'],
      ['a.fifo', 'b.fifo'],
    ]);
  });

  it('is paired with the one that is called most alike, which is then no other’s', () => {
    const { losses } = resourcesReview(
      ofResources(
        { aws_sqs_queue: { x_orders: queue('x1'), x_reorders: queue('x2') } },
        { aws_sqs_queue: { y_mails: queue('y1'), y_orders: queue('y2') } },
      ),
    );
    expect(losses.map(({ name, instead }) => [name, instead])).toEqual([
      ['x1', 'y2'],
      ['x2', 'y1'],
    ]);
  });

  it('is not paired with one that has nothing in common with it', () => {
    const { losses } = resourcesReview(
      ofResources(
        { aws_sqs_queue: { orders: queue('orders') } },
        { aws_sqs_queue: { mails: { name: 'mails', fifo_queue: true, delay_seconds: 5 } } },
      ),
    );
    expect(losses).toMatchObject([{ name: 'orders', instead: undefined }]);
  });
});
