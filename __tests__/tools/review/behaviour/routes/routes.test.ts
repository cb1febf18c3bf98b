import { describe, expect, it } from 'vitest';
import type { CallbackSettings } from '../../../../../environments/environment';
import { dev, only, prod, reviewOf, reviewOfEdit, told, withCallback } from '../behaviour-subjects';

const callbacks = only(prod, 'callbackReceiver');

const payments = async (change: Partial<CallbackSettings>) =>
  told(await reviewOf([callbacks], [withCallback(callbacks, 'payment-events', change)]));

const sms = async (change: Partial<CallbackSettings>) =>
  told(await reviewOf([callbacks], [withCallback(callbacks, 'inbound-sms', change)]));

const paymentsRoute = 'POST /v1/payments/events of prod';
const smsRoute = 'POST /v1/carrier/inbound-sms of prod';
const noRoute = '404 {"message":"No such route","requestId":"…"}';

const methodEdit = async (change: object) =>
  told(
    await reviewOfEdit(
      dev,
      'callback-receiver',
      'aws_api_gateway_method.api_delivery_results_route_method',
      (block) => ({ ...block, ...change }),
    ),
  );
const devRoute = 'POST /v1/bizppurio/delivery-results of dev';

describe('callers of a REST API notice', () => {
  it('a new route', async () => {
    const base = only(dev, 'callbackReceiver');
    const { callbackReceiver } = base;
    const added = {
      ...base,
      callbackReceiver: {
        callbacks: [
          ...(callbackReceiver?.callbacks ?? []),
          { name: 'orders', path: '/orders', allowList: ['203.0.113.7/32'], schema: { type: 'object' } },
        ],
      },
    } as typeof dev;
    expect(told(await reviewOf([base], [added]))).toEqual([
      'info, callers, POST /v1/orders of dev: is new: what is posted goes to queue dev-orders',
    ]);
    expect(told(await reviewOf([added], [base]))).toEqual([
      `attention, callers, POST /v1/orders of dev: is gone: callers get ${noRoute}`,
    ]);
  });

  it('a route that has moved', async () => {
    expect(await payments({ path: '/payments/v2/events' })).toEqual([
      `attention, callers, ${paymentsRoute}: has moved to POST /v1/payments/v2/events: callers of the old one get ${noRoute}`,
    ]);
  });

  it('a route that has moved and has another queue, by its callback', async () => {
    expect(await payments({ path: '/x', queue: { kind: 'standard' } })).toEqual([
      `attention, callers, ${paymentsRoute}: has moved to POST /v1/x: callers of the old one get ${noRoute}`,
      expect.stringMatching(
        /^attention, consumers, POST \/v1\/x of prod: messages go to queue prod-payment-events, no longer /,
      ),
    ]);
  });

  it('a route that has moved and has another name, by its queue', async () => {
    const queue = {
      kind: 'existing',
      arn: 'arn:aws:sqs:ap-northeast-2:444455556666:theirs',
    } as const;
    const before = withCallback(callbacks, 'inbound-sms', { queue });
    const after = withCallback(callbacks, 'inbound-sms', { queue, name: 'sms', path: '/sms' });
    expect(told(await reviewOf([before], [after]))).toEqual([
      `attention, callers, ${smsRoute}: has moved to POST /v1/sms: callers of the old one get ${noRoute}`,
      'info, operators, POST /v1/sms of prod: SQS is called as prod-sms-to-queue, was prod-inbound-sms-to-queue',
    ]);
  });

  it('another stage, once for all routes', async () => {
    const { callbackReceiver } = callbacks;
    const staged = {
      ...callbacks,
      callbackReceiver: { ...callbackReceiver, stageName: 'v2' },
    } as typeof prod;
    expect(told(await reviewOf([callbacks], [staged]))).toEqual([
      'attention, callers, API prod-callback-receiver: is reached under /v2, no longer under /v1: callers of its 3 routes are refused until they use the new address',
    ]);
  });

  it('another stage where no route stays, without a count of them', async () => {
    const { callbackReceiver } = callbacks;
    const replaced = callbackReceiver?.callbacks.map((callback) => ({
      ...callback,
      name: `new-${callback.name}`,
      path: `/new${callback.path}`,
    }));
    const staged = {
      ...callbacks,
      callbackReceiver: { ...callbackReceiver, callbacks: replaced, stageName: 'v2' },
    } as typeof prod;
    expect(told(await reviewOf([callbacks], [staged]))).toContain(
      'attention, callers, API prod-callback-receiver: is reached under /v2, no longer under /v1',
    );
  });

  it('another method', async () => {
    expect(await methodEdit({ http_method: 'PUT' })).toContain(
      `attention, callers, ${devRoute}: has moved to PUT /v1/bizppurio/delivery-results: callers of the old one get ${noRoute}`,
    );
  });

  it('authorization and API keys', async () => {
    expect(await methodEdit({ authorization: 'AWS_IAM', api_key_required: true })).toEqual([
      `attention, callers, ${devRoute}: authorization is AWS_IAM, was NONE: requests without it are refused from now on`,
      `attention, callers, ${devRoute}: an API key is required from now on (403 without one)`,
    ]);
  });

  it('headers that are required, and those that no longer are', async () => {
    expect(
      await payments({ headerAttributes: [{ header: 'X-Other', attribute: 'signature', required: true }] }),
    ).toEqual([
      `attention, callers, ${paymentsRoute}: requests without the header X-Other are refused from now on (400)`,
      `attention, consumers, ${paymentsRoute}: message attribute signature is now header X-Other, was header X-Signature`,
      `info, callers, ${paymentsRoute}: the header X-Signature may be left out from now on`,
    ]);
  });

  it('content types', async () => {
    expect(await sms({ contentTypes: ['application/json'] })).toEqual([
      `attention, callers, ${smsRoute}: bodies of application/x-www-form-urlencoded and text/plain are refused from now on (415)`,
    ]);
    const fewer = withCallback(callbacks, 'inbound-sms', { contentTypes: ['application/json'] });
    expect(told(await reviewOf([fewer], [callbacks]))).toEqual([
      `info, callers, ${smsRoute}: bodies of application/x-www-form-urlencoded and text/plain are taken from now on`,
    ]);
  });

  it('that bodies without a template pass', async () => {
    const review = await reviewOfEdit(
      dev,
      'callback-receiver',
      'aws_api_gateway_integration.api_delivery_results_route_integration',
      (block) => ({ ...block, passthrough_behavior: 'WHEN_NO_MATCH' }),
    );
    expect(told(review)).toEqual([
      `attention, callers, ${devRoute}: bodies of content types without a mapping template go to SQS as they are, were refused with 415: whoever calls decides on the action and its fields`,
    ]);
  });

  it('that nothing is validated any longer', async () => {
    const review = await reviewOfEdit(
      dev,
      'callback-receiver',
      'aws_api_gateway_request_validator.api_validator',
      (block) => ({ ...block, validate_request_body: false, validate_request_parameters: false }),
    );
    expect(told(review)).toEqual([
      `attention, consumers, ${devRoute}: bodies are no longer checked against a model: whatever is sent arrives on the queue`,
      `info, callers, ${devRoute}: the header Content-Type may be left out from now on`,
    ]);
  });

  it('a model that refuses what it took, once for both environments', async () => {
    const tight = (environment: typeof dev) => {
      const schema = environment.callbackReceiver?.callbacks[0]?.schema as {
        readonly required: readonly string[];
      };
      return withCallback(environment, 'delivery-results', {
        schema: { ...schema, required: [...schema.required, 'USERDATA'] },
      });
    };
    const base = [only(dev, 'callbackReceiver'), callbacks];
    const review = await reviewOf(base, base.map(tight));
    expect(review.notices).toEqual([
      {
        audience: 'callers',
        level: 'attention',
        subjects: [
          { kind: 'route', name: 'POST /v1/bizppurio/delivery-results', environment: 'dev' },
          { kind: 'route', name: 'POST /v1/bizppurio/delivery-results', environment: 'prod' },
        ],
        text: 'bodies that were taken are refused from now on (400), 1 of 3 recorded Bizppurio callbacks among them',
        examples: [
          { payload: undefined, note: 'in the schema required also has "USERDATA" at /' },
          { payload: expect.stringMatching(/^\{"\w+":"/), note: 'without USERDATA' },
        ],
      },
    ]);
    expect(review.concerns).toEqual([
      {
        level: 'attention',
        text:
          'affects 2 routes (POST /v1/bizppurio/delivery-results of dev and POST /v1/bizppurio/delivery-results of prod): ' +
          'bodies that were taken are refused from now on (400), 1 of 3 recorded Bizppurio callbacks among them',
      },
    ]);
  });
});

describe('consumers of a route notice', () => {
  it('another queue of another kind, and who reads it', async () => {
    const standard = withCallback(prod, 'payment-events', { queue: { kind: 'standard' } });
    expect(told(await reviewOf([prod], [standard]))).toEqual([
      `attention, consumers, ${paymentsRoute}: messages go to queue prod-payment-events, no longer to queue prod-payment-events.fifo; ` +
        'prod-payment-events is read by pipe prod-payment-events-archive; ' +
        'order is lost, and a message that is sent twice counts twice (standard, was FIFO)',
      'attention, subscribers, pipe prod-payment-events-archive: takes messages from prod-payment-events, no longer from prod-payment-events.fifo',
    ]);
  });

  it('a queue that nothing reads, while another one still waits for messages', async () => {
    const arn = 'arn:aws:sqs:ap-northeast-2:444455556666:theirs.fifo';
    const review = await reviewOfEdit(
      prod,
      'callback-receiver',
      'aws_api_gateway_integration.api_payment_events_route_integration',
      (block) => ({
        ...block,
        uri: String(block.uri).replace('prod-payment-events.fifo', arn.split(':').at(-1) ?? ''),
        credentials: 'arn:aws:iam::444455556666:role/other',
      }),
    );
    expect(told(review)).toEqual([
      `attention, consumers, ${paymentsRoute}: messages go to queue theirs.fifo, no longer to queue prod-payment-events.fifo; ` +
        'theirs.fifo is read by nothing that is reviewed here; prod-payment-events.fifo is still read by pipe prod-payment-events-archive',
      `info, operators, ${paymentsRoute}: SQS is called as other, was prod-payment-events-to-queue`,
    ]);
  });

  it('other groups and deduplication ids', async () => {
    const queue = { kind: 'fifo', messageGroupId: { from: 'constant', value: 'all' } } as const;
    expect(await payments({ queue })).toEqual([
      `attention, consumers, ${paymentsRoute}: the group of a message is now always "all", was the field orderId: order holds within a group, and groups are worked on side by side`,
      `attention, consumers, ${paymentsRoute}: the deduplication id of a message is now $context.requestId, was the field eventId: a message with the id of another one of the last 5 minutes is dropped`,
    ]);
  });
});
