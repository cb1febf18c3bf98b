import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../../environments/environment';
import { type ResourcesReview, resourcesReview } from '../../../../tools/review/resources/resources-review';
import { resourcesSection } from '../../../../tools/review/resources/resources-section';
import {
  aCallbackLess,
  callbacks,
  changeOf,
  dev,
  edited,
  ofResources,
  prod,
  withCallbacks,
} from './versions';

const [deliveryResults, paymentEvents, inboundSms] = callbacks;
const texts = ({ concerns }: ResourcesReview) => concerns.map(({ text }) => text);
const counts = ({ stacks }: ResourcesReview, id: string) => stacks.find(({ stackId }) => stackId === id);

const environments: Readonly<Record<string, Environment>> = {
  dev,
  prod,
  'a callback less': aCallbackLess,
  'a standard queue': { ...dev, websocketReply: { queue: { kind: 'standard' } } },
  'keys of our own': { ...dev, encryption: 'customer-key' },
  'another region': { ...dev, region: 'us-east-1' },
  'another state': { ...dev, state: { kind: 's3', bucket: 'states', region: 'us-east-1' } },
};

describe('the review of resources', () => {
  it.each(Object.entries(environments))('has nothing to say of %s against itself', (_, environment) => {
    const change = changeOf(environment, environment);
    const review = resourcesReview(change);
    expect(review.changes).toEqual([]);
    expect(review.concerns).toEqual([]);
    expect(review.notices).toEqual([]);
    expect(resourcesSection(review)).toBeUndefined();
  });

  it('counts a new callback, and takes the deployment that follows from it as routine', () => {
    const more = { ...inboundSms, name: 'reports', path: '/reports', allowList: ['192.0.2.0/24'] };
    const review = resourcesReview(
      changeOf(prod, withCallbacks([...callbacks, more as (typeof callbacks)[0]])),
    );
    expect(review.concerns).toEqual([]);
    expect(counts(review, 'prod-callback-receiver')).toEqual({
      stackId: 'prod-callback-receiver',
      state: 'kept',
      planned: false,
      added: 18,
      changed: 2,
      replaced: 1,
      destroyed: 0,
      deployments: 1,
    });
    expect(review.changes.find(({ action }) => action === 'replace')).toMatchObject({
      address: 'aws_api_gateway_deployment.stage_deployment',
      forcedBy: ['triggers.configuration'],
    });
    expect(review.changes).toContainEqual(
      expect.objectContaining({ type: 'aws_sqs_queue', action: 'add', name: 'prod-reports' }),
    );
  });

  it('shouts the queues that go with a callback, the rest in one line', () => {
    const review = resourcesReview(changeOf(prod, aCallbackLess));
    expect(texts(review)).toEqual([
      'destroys the queue prod-inbound-sms: what waits in it is lost',
      'destroys the queue prod-inbound-sms-dead-letter: the dead letters in it are lost',
      'destroys 1 role, 1 role policy, 2 queue policies, 1 redrive policy, 12 more',
    ]);
    expect(review.concerns.every(({ level }) => level === 'attention')).toBe(true);
  });

  it('pairs a queue under another name with the one that it comes in the place of', () => {
    const renamed = { ...inboundSms, name: 'carrier-sms' } as (typeof callbacks)[0];
    const review = resourcesReview(changeOf(prod, withCallbacks([...callbacks.slice(0, 2), renamed])));
    expect(texts(review).slice(0, 2)).toEqual([
      'makes prod-carrier-sms instead of the queue prod-inbound-sms: what waits in it is lost',
      'makes prod-carrier-sms-dead-letter instead of the queue prod-inbound-sms-dead-letter: the dead letters in it are lost',
    ]);
  });

  it('names the attributes that force a replacement, and counts what is replaced with it', () => {
    const standard = { ...paymentEvents, queue: { kind: 'standard' } } as (typeof callbacks)[0];
    const changed = withCallbacks([
      deliveryResults as typeof standard,
      standard,
      inboundSms as typeof standard,
    ]);
    const review = resourcesReview(changeOf(prod, changed));
    expect(texts(review)).toEqual([
      'replaces the queue prod-payment-events.fifo (fifo_queue: true → (left out), name: prod-payment-events.fifo → prod-payment-events), and 2 others with it: what waits in it is lost',
      'replaces the queue prod-payment-events-dead-letter.fifo (fifo_queue: true → (left out), name: prod-payment-events-dead-letter.fifo → prod-payment-events-dead-letter), and 2 others with it: the dead letters in it are lost',
      'replaces the pipe prod-payment-events-archive (source: arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events.fifo → arn:aws:sqs:ap-northeast-2:444455556666:prod-payment-events): nothing is delivered until a new one runs; messages wait in the queue as long as it keeps them',
      'replaces 2 alarms',
    ]);
  });

  it('says which messages go with a key', () => {
    const review = resourcesReview(changeOf(prod, { ...prod, encryption: 'sqs-managed' }));
    expect(texts(review)).toContain(
      'destroys the KMS key alias/prod-websocket-reply: what it encrypts, such as the messages in prod-websocket-messages-dead-letter.fifo, prod-websocket-messages.fifo, can no longer be read, and never again once its deletion window of 30 days has passed',
    );
  });

  it('follows a replaced API through all that is made with its id, and tells the API only', () => {
    const change = edited(dev, 'dev-websocket-reply', ({ resource }) => {
      Object.assign(resource.aws_apigatewayv2_api?.api ?? {}, { protocol_type: 'HTTP' });
    });
    const review = resourcesReview(change);
    expect(texts(review)).toEqual([
      'replaces the API dev-websocket-reply (protocol_type: WEBSOCKET → HTTP), and 6 others with it: its address changes, open connections end, and every client has to be told the new one',
    ]);
    const replaced = review.changes.filter(({ becauseOf }) => becauseOf === 'aws_apigatewayv2_api.api');
    expect(replaced.map(({ type }) => type).toSorted()).toEqual([
      'aws_apigatewayv2_deployment',
      'aws_apigatewayv2_integration',
      'aws_apigatewayv2_integration_response',
      'aws_apigatewayv2_model',
      'aws_apigatewayv2_route',
      'aws_apigatewayv2_stage',
    ]);
    // Its id stands in the policy of the role that answers: changed in place.
    expect(review.changes).toContainEqual(
      expect.objectContaining({ type: 'aws_iam_role_policy', action: 'change', forcedBy: [] }),
    );
  });

  it('follows a replacement from one to the next, and tells the first', () => {
    const api = (protocol: string) => ({
      aws_apigatewayv2_api: { api: { name: 'sample', protocol_type: protocol } },
      aws_apigatewayv2_route: { route: { api_id: '${aws_apigatewayv2_api.api.id}', route_key: 'a' } },
      aws_apigatewayv2_route_response: { response: { route_id: '${aws_apigatewayv2_route.route.id}' } },
      aws_iam_role: {
        other: { name: 'a', description: 'of ${aws_apigatewayv2_route_response.response.id}' },
      },
    });
    expect(resourcesReview(ofResources(api('HTTP'), api('WEBSOCKET'))).changes).toMatchObject([
      { action: 'replace', forcedBy: ['protocol_type'], becauseOf: undefined },
      { action: 'replace', forcedBy: ['api_id'], becauseOf: 'aws_apigatewayv2_api.api' },
      { action: 'replace', forcedBy: ['route_id'], becauseOf: 'aws_apigatewayv2_api.api' },
      { action: 'change', forcedBy: [], unknown: ['description'] },
    ]);
  });

  it('leaves out what Terraform is told to ignore', () => {
    const queue = { name: 'a', fifo_queue: true, delay_seconds: 1 };
    const change = (ignores: unknown) =>
      ofResources(
        { aws_sqs_queue: { a: queue } },
        { aws_sqs_queue: { a: { name: 'b', delay_seconds: 2, lifecycle: { ignore_changes: ignores } } } },
      );
    expect(resourcesReview(change('all')).changes).toEqual([]);
    expect(resourcesReview(change(['name', 'fifo_queue'])).changes).toMatchObject([
      { action: 'change', attributes: [{ path: 'delay_seconds', before: '1', after: '2' }] },
    ]);
  });

  it('says of types whose rules it does not have that it does not know', () => {
    const service = (name: string) => ({ aws_ecs_service: { a: { name } } });
    expect(texts(resourcesReview(ofResources(service('a'), service('b'))))).toEqual([
      'changes 1 aws_ecs_service, of which it is not known here whether that replaces them: look at a plan',
    ]);
    expect(texts(resourcesReview(ofResources({}, service('b'))))).toEqual([]);
  });

  it('reads configurations that are no configurations', () => {
    const hostile = {
      aws_sqs_queue: { a: 'text', b: null, c: [1] },
      aws_iam_role: 7,
      __proto__: { a: { b: 1 } },
    };
    const circle = {
      aws_sqs_queue: { a: { name: '${aws_sqs_queue.a.name}' }, b: { name: '${data.x.y.json}' } },
    };
    expect(() => resourcesReview(ofResources(hostile, circle))).not.toThrow();
    expect(() => resourcesReview(ofResources(circle, hostile))).not.toThrow();
  });

  it('is not drowned in references to references', () => {
    const chain = Array.from({ length: 30 }, (_, index) => [
      `q${index}`,
      { name: `\${aws_sqs_queue.q${index + 1}.name}`.repeat(10), delay_seconds: 1 },
    ]);
    const queues = { ...Object.fromEntries(chain), q30: { name: 'x' } };
    const change = ofResources(
      { aws_sqs_queue: queues },
      { aws_sqs_queue: { ...queues, q30: { name: 'y' } } },
    );
    const changed = resourcesReview(change).changes.find(({ address }) => address === 'aws_sqs_queue.q29');
    expect(changed?.attributes).toEqual([{ path: 'name', before: 'x'.repeat(10), after: 'y'.repeat(10) }]);
  });

  it('takes well under a second for a thousand changed resources', () => {
    const queues = (retention: number, api: string) => ({
      aws_apigatewayv2_api: { api: { protocol_type: api } },
      aws_sqs_queue: Object.fromEntries(
        Array.from({ length: 500 }, (_, index) => [
          `${retention}_${index}`,
          { name: `q-${retention}-${index}`, message_retention_seconds: retention },
        ]),
      ),
      aws_apigatewayv2_route: Object.fromEntries(
        Array.from({ length: 500 }, (_, index) => [
          `r${index}`,
          { api_id: '${aws_apigatewayv2_api.api.id}', route_key: `k${index}` },
        ]),
      ),
    });
    const change = ofResources(queues(60, 'HTTP'), queues(600, 'WEBSOCKET'));
    const started = process.cpuUsage();
    const review = resourcesReview(change);
    resourcesSection(review);
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1000).toBeLessThan(800);
    expect(review.changes).toHaveLength(1501);
  });
});
