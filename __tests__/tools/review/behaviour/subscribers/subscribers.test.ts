import { describe, expect, it } from 'vitest';
import type { SubscriptionSettings } from '../../../../../environments/environment';
import { only, reviewOf, reviewOfEdit, told, prod as whole } from '../behaviour-subjects';

const prod = only(whole, 'callbackReceiver', 'subscriberPipe');
const subscriptions = prod.subscriberPipe?.subscriptions ?? [];
const [https, archive] = subscriptions as readonly [SubscriptionSettings, SubscriptionSettings];

const having = (...all: readonly SubscriptionSettings[]) => ({
  ...prod,
  subscriberPipe: { subscriptions: all },
});

const review = (change: Partial<SubscriptionSettings>) =>
  reviewOf([prod], [having({ ...https, ...change }, archive)]);

const subscriber = async (change: object) =>
  told(await review({ subscriber: { ...https.subscriber, ...change } as never }));

const pipe = 'pipe prod-delivery-results';

describe('subscribers notice', () => {
  it('another address, method, authorization, headers and rate', async () => {
    expect(
      await subscriber({
        url: 'https://other.example.com/new',
        method: 'PUT',
        authorization: { kind: 'basic', username: 'example' },
        headers: { 'X-Tenant': 'example' },
        rateLimitPerSecond: 5,
      }),
    ).toEqual([
      `attention, subscribers, ${pipe}: delivers to https://other.example.com/new, no longer to https://subscriber.example.com/bizppurio/delivery-results`,
      `attention, subscribers, ${pipe}: deliveries are PUT, was POST`,
      `attention, subscribers, ${pipe}: deliveries are authorized by BASIC, was API_KEY in the header X-Api-Key`,
      `info, subscribers, ${pipe}: deliveries also have the header X-Tenant`,
      `info, ${pipe}: deliveries 50 a second at most -> 5 a second at most (more messages wait in the queue)`,
    ]);
  });

  it('headers by name', async () => {
    const headers = (all: Readonly<Record<string, string>>) =>
      having({ ...https, subscriber: { ...https.subscriber, headers: all } as never }, archive);
    expect(
      told(await reviewOf([headers({ 'X-A': '1', 'X-B': '1' })], [headers({ 'X-B': '2', 'X-C': '1' })])),
    ).toEqual([
      `info, subscribers, ${pipe}: deliveries also have the header X-C`,
      `info, subscribers, ${pipe}: deliveries no longer have the header X-A`,
      `info, subscribers, ${pipe}: deliveries have another value of the header X-B`,
    ]);
  });

  it('a function in the place of a server', async () => {
    const functionArn = 'arn:aws:lambda:ap-northeast-2:444455556666:function:theirs';
    expect(told(await review({ subscriber: { kind: 'lambda', functionArn } }))).toEqual([
      `attention, subscribers, ${pipe}: delivers to theirs, no longer to https://subscriber.example.com/bizppurio/delivery-results`,
      `attention, subscribers, ${pipe}: deliveries have another body from now on`,
      `info, ${pipe}: batch size 1 message -> 10 messages`,
    ]);
  });

  it('a filter that deletes what was delivered, with a message that it deletes', async () => {
    const found = await review({ filter: [{ body: { MEDIA: ['SMS'] } }] });
    expect(found.notices).toEqual([
      {
        audience: 'subscribers',
        level: 'attention',
        subjects: [{ kind: 'pipe', name: 'prod-delivery-results', environment: 'prod' }],
        text:
          'messages that were delivered are deleted undelivered from now on, 2 of 3 recorded Bizppurio callbacks among them ' +
          '(filter {"body":{"MEDIA":["SMS"]}}, was none)',
        examples: [{ payload: '{"MEDIA":"KAT"}', note: undefined }],
      },
    ]);
  });

  it('a filter that delivers more', async () => {
    const filtered = (...media: readonly string[]) =>
      having({ ...https, filter: [{ body: { MEDIA: media } }] }, archive);
    expect(told(await reviewOf([filtered('SMS')], [filtered('SMS', 'LMS')]))).toEqual([
      `info, subscribers, ${pipe}: messages that were deleted are delivered from now on, 1 of 3 recorded Bizppurio callbacks among them (filter {"body":{"MEDIA":["SMS","LMS"]}}, was {"body":{"MEDIA":["SMS"]}})`,
    ]);
  });

  it('a filter that looks at what nobody recorded', async () => {
    const filtered = (bound: number) =>
      having({ ...https, filter: [{ body: { size: [{ numeric: ['>', bound] }] } }] }, archive);
    expect((await reviewOf([filtered(5)], [filtered(6)])).notices).toMatchObject([
      { level: 'attention', examples: [{ payload: '{"size":6}' }] },
    ]);
  });

  it('another body of deliveries, with the shortest message', async () => {
    const found = await review({ inputTemplate: '{"id":<$.messageId>}' });
    expect(found.notices).toEqual([
      {
        audience: 'subscribers',
        level: 'attention',
        subjects: [{ kind: 'pipe', name: 'prod-delivery-results', environment: 'prod' }],
        text: 'deliveries have another body from now on',
        examples: [
          {
            payload: '{"text":"x"}',
            note: 'a message',
            before: '{"messageId":"11111111-1111-4111-8111-111111111111","data":{"text":"x"}}',
            after: '{"id":"11111111-1111-4111-8111-111111111111"}',
          },
        ],
      },
    ]);
  });

  it('a pipe that is new, gone, stopped, or takes from elsewhere', async () => {
    expect(told(await reviewOf([having(archive)], [prod]))).toContain(
      `info, subscribers, ${pipe}: is new: delivers what is on queue prod-delivery-results to https://subscriber.example.com/bizppurio/delivery-results`,
    );
    expect(told(await reviewOf([prod], [having(archive)]))).toContain(
      `attention, subscribers, ${pipe}: is gone: https://subscriber.example.com/bizppurio/delivery-results gets nothing of queue prod-delivery-results any longer`,
    );
    const stopped = await reviewOfEdit(
      prod,
      'subscriber-pipe',
      'aws_pipes_pipe.delivery_results_pipe',
      (block) => ({ ...block, desired_state: 'STOPPED' }),
    );
    expect(told(stopped)).toEqual([
      `attention, subscribers, ${pipe}: is stopped: messages wait in prod-delivery-results, and are given up as they become too old`,
    ]);
    const queueArn = 'arn:aws:sqs:ap-northeast-2:444455556666:theirs';
    const elsewhere = told(await review({ source: { queueArn } }));
    expect(elsewhere).toContain(
      `attention, subscribers, ${pipe}: takes messages from theirs, no longer from prod-delivery-results`,
    );
  });

  it('where and under what name messages are archived', async () => {
    const { subscriber: archived } = archive;
    const unnamed = { ...archive, subscriber: { kind: 's3-archive' } } as SubscriptionSettings;
    expect(archived).toEqual({ kind: 's3-archive', messageKeyField: 'eventId' });
    expect(told(await reviewOf([prod], [having(https, unnamed)]))).toEqual([
      'info, function prod-payment-events-archive-writer: environment variable MESSAGE_KEY_FIELD eventId -> not set (archived objects are named by this field from now on)',
    ]);
    const otherCode = await reviewOfEdit(
      prod,
      'subscriber-pipe',
      'aws_lambda_function.payment_events_archive_writer',
      (block) => ({
        ...block,
        source_code_hash: 'other',
        environment: {
          variables: {
            ...(block as { environment: { variables: object } }).environment.variables,
            BUCKET_NAME: 'theirs',
          },
        },
      }),
    );
    expect(told(otherCode)).toEqual([
      'info, subscribers, function prod-payment-events-archive-writer: runs other code from now on',
      'info, function prod-payment-events-archive-writer: environment variable BUCKET_NAME prod-payment-events-archive-444455556666-ap-northeast-2 -> theirs (messages are archived there from now on)',
    ]);
  });
});
