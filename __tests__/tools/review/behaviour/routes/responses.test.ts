import { describe, expect, it } from 'vitest';
import {
  dev,
  only,
  prod,
  reviewOf,
  reviewOfEdit,
  reviewOfVersions,
  told,
  version,
  withCallback,
  withResource,
} from '../behaviour-subjects';

const route = 'POST /v1/bizppurio/delivery-results of dev';
const response = (status: number) =>
  `aws_api_gateway_integration_response.api_delivery_results_route_integration_response_${status}`;

const callbacks = only(prod, 'callbackReceiver');

const edit = (address: string, change: object) =>
  reviewOfEdit(dev, 'callback-receiver', address, (block) => ({ ...block, ...change }));

const lost = 'what was sent is lost, and its sender does not know';

describe('answers', () => {
  it('of 2xx to errors of SQS break the change', async () => {
    const review = await edit(response(502), {
      status_code: '200',
      response_templates: { 'application/json': '{}' },
    });
    expect(review.notices).toEqual([
      {
        audience: 'callers',
        level: 'broken',
        subjects: [{ kind: 'route', name: 'POST /v1/bizppurio/delivery-results', environment: 'dev' }],
        text: `the answer is another one where SQS finds it too large (400): ${lost}`,
        examples: [
          {
            payload: undefined,
            note: undefined,
            before: '413 {"message":"The body is larger than the queue takes","requestId":"request-id"}',
            after: '200 {}',
          },
        ],
      },
      expect.objectContaining({
        level: 'broken',
        text: `the answer is another one where SQS refuses what is in it (400): ${lost}`,
      }),
      expect.objectContaining({
        level: 'broken',
        text: `the answer is another one where SQS denies access (403), is throttled (400) or is down (503): ${lost}`,
      }),
    ]);
    expect(review.concerns.map(({ level }) => level)).toEqual(['broken', 'broken', 'broken']);
  });

  it('of a pattern that is too wide break it too', async () => {
    const review = await edit(response(200), { selection_pattern: '.*' });
    expect(new Set(review.notices.map(({ level }) => level))).toEqual(new Set(['broken']));
  });

  it('of a new route that loses what it is sent break it', async () => {
    const head = withResource(
      version('the working tree', [callbacks]),
      'prod-callback-receiver',
      'aws_api_gateway_integration_response.api_inbound_sms_route_integration_response_502',
      (block) => ({ ...block, status_code: '202', response_templates: { 'application/json': '{}' } }),
    );
    const review = await reviewOfVersions(version('main', []), head);
    expect(told(review)[0]).toBe(
      'broken, callers, POST /v1/carrier/inbound-sms of prod: callers get a 2xx where SQS finds it too large (400), ' +
        `refuses what is in it (400), denies access (403), is throttled (400) or is down (503): ${lost}`,
    );
    expect(review.notices.filter(({ level }) => level === 'broken')).toHaveLength(1);
  });

  it('that make callers give up, or send again, need a decision', async () => {
    const client = await edit(response(502), {
      status_code: '422',
      response_templates: { 'application/json': '{}' },
    });
    expect(client.notices.map(({ level, text }) => [level, text])).toEqual([
      [
        'attention',
        'the answer is another one where SQS denies access (403), is throttled (400) or is down (503): callers that send again only after a 5xx give up',
      ],
      [undefined, 'the answer is another one where SQS finds it too large (400)'],
      [undefined, 'the answer is another one where SQS refuses what is in it (400)'],
    ]);
    const failure = await edit(response(200), { status_code: '500' });
    expect(told(failure)).toEqual([
      `attention, callers, ${route}: the answer is another one where SQS takes the message (200): callers take it for a failure, and send again what is on the queue already`,
    ]);
  });

  it('with another body or header are told before and after', async () => {
    const review = await reviewOf(
      [callbacks],
      [withCallback(callbacks, 'payment-events', { response: 'empty' })],
    );
    expect(review.notices).toMatchObject([
      {
        level: undefined,
        text: 'the answer is another one where SQS takes the message (200)',
        examples: [
          { before: '200 {"messageId":"11111111-1111-4111-8111-111111111111"}', after: '200 empty body' },
        ],
      },
    ]);
    const header = await edit(response(200), {
      response_parameters: { 'method.response.header.Retry-After': "'9'" },
    });
    expect(header.notices).toMatchObject([
      {
        examples: [
          { before: '200 empty body', after: "200 empty body method.response.header.Retry-After='9'" },
        ],
      },
    ]);
  });

  it('of no response at all are API Gateway’s', async () => {
    const review = await reviewOfEdit(dev, 'callback-receiver', response(502), () => undefined);
    expect(review.notices.map(({ examples }) => examples[0]?.after)).toEqual([
      "500 API Gateway's own",
      "500 API Gateway's own",
      "500 API Gateway's own",
    ]);
  });
});

describe('answers of API Gateway itself', () => {
  const gateway = (type: string) => `aws_api_gateway_gateway_response.api_gateway_responses_${type}`;

  it('are told before and after', async () => {
    const review = await edit(gateway('missing_authentication_token'), { status_code: '410' });
    expect(review.notices).toMatchObject([
      {
        level: undefined,
        subjects: [{ kind: 'API', name: 'dev-callback-receiver' }],
        text: "API Gateway's own answer MISSING_AUTHENTICATION_TOKEN is another one",
        examples: [
          {
            before: '404 {"message":"No such route","requestId":"…"}',
            after: '410 {"message":"No such route","requestId":"…"}',
          },
        ],
      },
    ]);
  });

  it('are those for all of a class where one of its own goes away', async () => {
    const review = await reviewOfEdit(dev, 'callback-receiver', gateway('access_denied'), () => undefined);
    expect(review.notices).toMatchObject([
      {
        examples: [
          {
            before: '403 {"message":"This address may not call this API","requestId":"…"}',
            after: '403 {"message":"","requestId":"…"}',
          },
        ],
      },
    ]);
  });

  it('of 2xx break the change', async () => {
    expect(told(await edit(gateway('throttled'), { status_code: '200' }))).toEqual([
      "broken, callers, API dev-callback-receiver: API Gateway's own answer THROTTLED is another one: what is refused looks accepted, and is lost",
    ]);
  });
});
