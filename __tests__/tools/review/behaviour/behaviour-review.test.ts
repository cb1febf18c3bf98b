import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { behaviourSection } from '../../../../tools/review/behaviour/behaviour-section';
import type { Version } from '../../../../tools/review/change';
import {
  dev,
  only,
  prod,
  reviewOf,
  reviewOfEdit,
  reviewOfVersions,
  told,
  version,
  withResource,
} from './behaviour-subjects';

describe('stacks', () => {
  it('that are new are one line for each way through them', async () => {
    const review = await reviewOf([], [dev]);
    expect(told(review)).toEqual([
      'info, callers, POST /v1/bizppurio/delivery-results of dev: is new: what is posted goes to queue dev-delivery-results',
      'info, clients, WebSocket /v1 $default of dev: is new: messages of clients go to dev-websocket-messages.fifo',
      'info, subscribers, pipe dev-delivery-results-archive: is new: delivers what is on queue dev-delivery-results to dev-delivery-results-archive-writer',
    ]);
    expect(review.concerns).toEqual([]);
  });

  it('that are gone likewise', async () => {
    expect(told(await reviewOf([dev], []))).toEqual([
      'info, callers, POST /v1/bizppurio/delivery-results of dev: is gone: callers get no answer there',
      'info, clients, WebSocket /v1 $default of dev: is gone: clients cannot connect',
      'info, subscribers, pipe dev-delivery-results-archive: is gone: dev-delivery-results-archive-writer gets nothing of queue dev-delivery-results',
    ]);
  });
});

/** The same configuration with the members of its objects in another order, which means nothing. */
const reordered = ({ name, stacks }: Version): Version => ({
  name,
  stacks: stacks.map((stack) => ({
    ...stack,
    configuration: backwards(stack.configuration) as typeof stack.configuration,
  })),
});

const backwards = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, inner]) => [key, backwards(inner)]),
  );
};

const environments = fc
  .record({
    retentionDays: fc.integer({ min: 2, max: 13 }),
    kind: fc.constantFrom('standard', 'fifo'),
    header: fc.constantFrom('X-A', 'X-B'),
    optional: fc.boolean(),
    media: fc.subarray(['SMS', 'KAT', 'LMS'], { minLength: 1 }),
    stageName: fc.constantFrom('v1', 'v2'),
    maxLength: fc.integer({ min: 1, max: 20 }),
  })
  .map(
    ({ retentionDays, kind, header, optional, media, stageName, maxLength }): Environment => ({
      ...only(dev),
      callbackReceiver: {
        stageName,
        callbacks: [
          {
            name: 'delivery-results',
            path: '/results',
            allowList: ['203.0.113.0/24'],
            schema: {
              type: 'object',
              required: ['MSGID'],
              properties: { MSGID: { type: 'string', maxLength } },
            },
            contentTypes: ['application/json', 'text/plain'],
            headerAttributes: [{ header, attribute: 'extra', required: !optional }],
            queue:
              kind === 'fifo'
                ? { kind: 'fifo', messageGroupId: { from: 'header', name: header }, retentionDays }
                : { kind: 'standard', retentionDays },
          },
        ],
      },
      subscriberPipe: {
        subscriptions: [
          {
            name: 'archive',
            source: { callback: 'delivery-results' },
            subscriber: { kind: 's3-archive' },
            filter: [{ body: { MEDIA: media } }],
          },
        ],
      },
    }),
  );

describe('a version against itself', () => {
  it('says nothing, in whatever order it is written', async () => {
    await fc.assert(
      fc.asyncProperty(environments, async (environment) => {
        const head = version('the working tree', [environment]);
        expect(await reviewOfVersions(version('main', [environment]), reordered(head))).toEqual({
          notices: [],
          settings: [],
          unread: [],
          concerns: [],
        });
      }),
      { numRuns: 6 },
    );
    const both = version('main', [dev, prod]);
    const review = await reviewOfVersions(both, reordered(both));
    expect(review.concerns).toEqual([]);
    expect(behaviourSection(review)).toBeUndefined();
  });
});

describe('what cannot be read', () => {
  const unreadable = '${aws_sqs_queue.nowhere.arn}';
  const method = 'aws_api_gateway_method.api_delivery_results_route_method';

  it('is named, and neither gone nor new', async () => {
    const review = await reviewOfEdit(dev, 'callback-receiver', method, (block) => ({
      ...block,
      authorization: unreadable,
    }));
    expect(told(review)).toEqual([]);
    expect(review.unread).toEqual([
      {
        stackId: 'dev-callback-receiver',
        address: method,
        version: 'the working tree',
        reason: expect.stringContaining('refers to nothing that the stack has'),
      },
    ]);
    expect(review.concerns).toEqual([
      {
        level: 'attention',
        text: expect.stringMatching(
          /^has aws_api_gateway_method\.\S+ of dev-callback-receiver in it, which could not be read in the working tree: /,
        ),
      },
    ]);
  });

  it('does not hide the rest', async () => {
    const edited = withResource(
      withResource(version('the working tree', [dev]), 'dev-callback-receiver', method, (block) => ({
        ...block,
        authorization: unreadable,
      })),
      'dev-callback-receiver',
      'aws_sqs_queue.delivery_results_queue',
      (block) => ({ ...block, message_retention_seconds: 60 }),
    );
    expect(told(await reviewOfVersions(version('main', [dev]), edited))).toEqual([
      'attention, queue dev-delivery-results: message retention 7 days -> 1 minute (messages that wait for longer are deleted)',
    ]);
  });

  it('is no news where it was the same before', async () => {
    const broken = (name: 'main' | 'the working tree') =>
      withResource(version(name, [dev]), 'dev-callback-receiver', method, (block) => ({
        ...block,
        authorization: unreadable,
      }));
    const review = await reviewOfVersions(broken('main'), reordered(broken('the working tree')));
    expect(review.concerns).toEqual([]);
  });

  it('may be a model, and nothing is said of what it takes', async () => {
    const review = await reviewOfEdit(
      dev,
      'callback-receiver',
      'aws_api_gateway_model.api_delivery_results_route_model',
      (block) => ({ ...block, schema: '{"type":"nonsense"}' }),
    );
    expect(told(review)).toEqual([]);
    expect(review.unread.map(({ address }) => address)).toEqual([
      'aws_api_gateway_model.api_delivery_results_route_model',
      method,
    ]);
  });

  it('may be a whole stack', async () => {
    const [first, ...others] = version('the working tree', [dev]).stacks;
    const head = {
      name: 'the working tree',
      stacks: [{ ...first, configuration: {} } as NonNullable<typeof first>, ...others],
    };
    const review = await reviewOfVersions(version('main', [dev]), head);
    expect(review.notices).toEqual([]);
    expect(review.unread.map(({ address }) => address)).toEqual(['dev-callback-receiver']);
  });

  it('never ends the review, whatever stands in the place of a resource', async () => {
    const stacks = version('main', [dev]).stacks;
    const places = stacks.flatMap(({ id, configuration }) =>
      Object.entries((configuration.resource ?? {}) as Readonly<Record<string, object>>).flatMap(
        ([type, blocks]) => Object.keys(blocks).map((name) => [id, `${type}.${name}`] as const),
      ),
    );
    const nonsense = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constant(() => '${nonsense["x"]}'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...places),
        nonsense,
        fc.boolean(),
        async ([id, address], value, whole) => {
          const written = typeof value === 'function' ? value() : value;
          const head = withResource(version('the working tree', [dev]), id, address, (block) =>
            whole
              ? (written ?? undefined)
              : Object.fromEntries(Object.keys(block).map((attribute) => [attribute, written])),
          );
          const review = await reviewOfVersions(version('main', [dev]), head);
          expect(() => behaviourSection(review)).not.toThrow();
          expect(JSON.parse(JSON.stringify(review))).toMatchObject({ concerns: expect.any(Array) });
        },
      ),
      { numRuns: 40 },
    );
  });
});
