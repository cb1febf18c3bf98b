import { describe, expect, test } from 'vitest';
import type { Environment } from '../../../environments/environment';
import { idSource } from '../../../tools/rehearse/ids';
import { type Configuration, type Plan, readPlan } from '../../../tools/rehearse/plan/plan';
import { queuesOf } from '../../../tools/rehearse/sqs/queue';
import { callbackExamples, deliveryResultsOf } from '../../../tools/start/callback-example';
import type { Example } from '../../../tools/start/example';
import { existingQueuesOf } from '../../../tools/start/existing-queues';
import { webSocketExamples } from '../../../tools/start/websocket-example';
import { environments } from '../../fixtures/environments';
import { plansOf } from '../rehearse/synthesized-plans';

const plans = new Map(plansOf(environments).map(({ plan }) => [plan.stackId, plan]));
const planOf = (stackId: string) => plans.get(stackId) as Plan;

function changed(plan: Plan, change: (json: string) => string): Plan {
  const json = JSON.stringify(plan.configuration);
  const after = change(json);
  if (after === json) throw new Error('the change changes nothing');
  return readPlan(plan.stackId, JSON.parse(after) as Configuration);
}

const surroundings = (plan: Plan) => () => ({ queues: queuesOf(plan), ids: idSource('test') });
const wanted = [{ path: '/bizppurio/delivery-results', allowList: ['203.0.113.0/24'] }];
const callbacks = (plan: Plan) => callbackExamples(plan, wanted, surroundings(plan))[0] as Example;
const messages = (plan: Plan) => webSocketExamples(plan, surroundings(plan))[0] as Example;
const failing = ({ steps }: Example) => steps.filter(({ held }) => !held).map(({ title }) => title);

const accepted = ['SMS, result 4100', 'KAT, result 7000', 'LMS, result 6600'];
const refused = ['RESULT is missing', 'MEDIA is not one of the known types', 'not JSON', 'not an object'];
const outside = 'from 192.0.2.10, not listed';

describe.each(['dev', 'prod'])('in %s', (environment) => {
  test('every callback of the fixture is shown, and all holds', () => {
    const example = callbacks(planOf(`${environment}-callback-receiver`));

    expect(example.way).toBe(`POST /v1/bizppurio/delivery-results → ${environment}-delivery-results`);
    expect(example.steps.map(({ title }) => title)).toEqual([...accepted, ...refused, outside]);
    expect(failing(example)).toEqual([]);
  });

  test('the message with a group and the one without are shown, and all holds', () => {
    const example = messages(planOf(`${environment}-websocket-reply`));

    expect(example.way).toBe(`$default → ${environment}-websocket-messages.fifo`);
    expect(example.steps.map(({ outcome }) => outcome)).toEqual([
      'queued byte for byte',
      'refused and nothing queued',
    ]);
    expect(example.steps[0]?.details[0]).toMatch(/^group test, deduplication id [0-9a-f-]{36}$/);
    expect(failing(example)).toEqual([]);
  });
});

describe('what is wrong in a plan is found', () => {
  const receiver = (change: (json: string) => string) =>
    failing(callbacks(changed(planOf('dev-callback-receiver'), change)));
  const reply = (change: (json: string) => string) =>
    failing(messages(changed(planOf('dev-websocket-reply'), change)));

  test('the body is not encoded', () => {
    // The others have nothing in them that would need to be.
    expect(receiver((json) => json.replaceAll('$util.urlEncode($input.body)', '$input.body'))).toEqual([
      'KAT, result 7000',
    ]);
  });

  test('another body arrives', () => {
    expect(receiver((json) => json.replaceAll('MessageBody=', 'MessageBody=x'))).toEqual(accepted);
    expect(reply((json) => json.replaceAll('MessageBody=', 'MessageBody=x'))).toEqual([
      '{"MessageGroupId":"test","data":"hello world"}',
    ]);
  });

  test('it is SQS that refuses', () => {
    expect(
      receiver((json) =>
        json
          .replace('"validate_request_body":true', '"validate_request_body":false')
          .replace('"name":"dev-delivery-results"', '"fifo_queue":true,"name":"dev-delivery-results"'),
      ),
    ).toEqual([...accepted, ...refused]);
  });

  test('the content type is not told to SQS', () => {
    expect(
      receiver((json) => json.replaceAll("'application/x-www-form-urlencoded'", "'application/json'")),
    ).toEqual(accepted);
  });

  test('another queue is named', () => {
    expect(receiver((json) => json.replace('/dev-delivery-results"', '/dev-delivery-result"'))).toEqual(
      accepted,
    );
  });

  test('an attribute is not what it says', () => {
    expect(
      receiver((json) =>
        json.replace('$util.urlEncode($context.identity.sourceIp)', '$util.urlEncode($context.requestId)'),
      ),
    ).toEqual(accepted);
  });

  test('everyone may call', () => {
    expect(
      receiver((json) =>
        json.replace(/"effect":"Deny"(?=,"resources":\["arn:aws:execute-api)/, '"effect":"Allow"'),
      ),
    ).toEqual([outside]);
  });

  test('others may call than the environment wants', () => {
    expect(receiver((json) => json.replaceAll('203.0.113.0/24', '192.0.2.0/24'))).toEqual([
      ...accepted,
      ...refused,
      outside,
    ]);
  });

  test('nobody may call', () => {
    expect(receiver((json) => json.replaceAll('/v1/*/*', '/v2/*/*'))).toEqual([...accepted, ...refused]);
  });

  test('bodies are not validated', () => {
    expect(
      receiver((json) => json.replace('"validate_request_body":true', '"validate_request_body":false')),
    ).toEqual(refused);
  });

  test('the model is not asked', () => {
    expect(receiver((json) => json.replace(/"request_models":\{"application\/json":"[^"]*"\},/, ''))).toEqual(
      refused,
    );
  });

  test('the route is not there', () => {
    expect(
      receiver((json) => json.replace('"path_part":"delivery-results"', '"path_part":"results"')),
    ).toEqual([...accepted, ...refused, outside]);
  });

  test('an answer of SQS is taken for an error', () => {
    expect(receiver((json) => json.replace('2\\\\d{2}', '3\\\\d{2}'))).toEqual(accepted);
  });

  test('the group of a message is another one', () => {
    expect(reply((json) => json.replace("$input.path('$.MessageGroupId')", '$context.connectionId'))).toEqual(
      ['{"MessageGroupId":"test","data":"hello world"}'],
    );
  });

  test('messages are not validated', () => {
    expect(reply((json) => json.replace(/"model_selection_expression":"[^"]*",/, ''))).toEqual([
      '{"data":"hello world"}',
    ]);
  });

  test('the connection of a message is another one', () => {
    expect(
      reply((json) =>
        json.replace('$util.urlEncode($context.connectionId)', '$util.urlEncode($context.requestId)'),
      ),
    ).toEqual(['{"MessageGroupId":"test","data":"hello world"}']);
  });
});

test('an environment’s routes for these callbacks are those with their schema', () => {
  expect(environments.map((environment) => deliveryResultsOf(environment).map(({ name }) => name))).toEqual([
    ['delivery-results'],
    ['delivery-results'],
  ]);
});

test('a header that the route wants of every sender is sent', () => {
  const plan = changed(planOf('dev-callback-receiver'), (json) =>
    json.replace('"method.request.header.Content-Type":true', '$&,"method.request.header.X-Signature":true'),
  );

  expect(failing(callbacks(plan))).toEqual([]);
});

test('where the group is the connection, a message without one is taken too', () => {
  const environment: Environment = {
    ...(environments[0] as Environment),
    websocketReply: { queue: { kind: 'fifo', messageGroupId: { from: 'connection' } } },
  };
  const reply = plansOf([environment]).find(({ plan }) => plan.stackId === 'dev-websocket-reply');

  const example = messages(reply?.plan as Plan);

  expect(example.steps.map(({ outcome }) => outcome)).toEqual([
    'queued byte for byte',
    'queued byte for byte',
  ]);
  expect(failing(example)).toEqual([]);
});

test('a queue of someone else takes the callbacks, when the environment says that it is there', () => {
  const [dev] = environments as [Environment];
  const environment: Environment = {
    ...dev,
    callbackReceiver: {
      callbacks: (dev.callbackReceiver?.callbacks ?? []).map((callback) => ({
        ...callback,
        queue: { kind: 'existing', arn: 'arn:aws:sqs:ap-northeast-2:444455556666:theirs' } as const,
      })),
    },
    subscriberPipe: {
      subscriptions: [],
    },
  };
  const { subscriberPipe: _, ...withoutPipe } = environment;
  const plan = plansOf([withoutPipe])[0]?.plan as Plan;
  const world = () => ({
    queues: [...queuesOf(plan), ...existingQueuesOf(withoutPipe)],
    ids: idSource('test'),
  });

  const [example] = callbackExamples(plan, wanted, world) as [Example];

  expect(example.way).toMatch(/→ theirs$/);
  expect(failing(example)).toEqual([]);
  expect(failing(callbacks(plan))).toEqual(accepted);
});
