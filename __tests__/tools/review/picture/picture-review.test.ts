import { describe, expect, it } from 'vitest';
import type { CallbackSettings, Environment } from '../../../../environments/environment';
import type { Change, ReviewedStack } from '../../../../tools/review/change';
import type { Picture } from '../../../../tools/review/picture/picture';
import { pictureReview } from '../../../../tools/review/picture/picture-review';
import { pictureSection } from '../../../../tools/review/picture/picture-section';
import type { ResourceChange } from '../../../../tools/review/resources/resource-change';
import { dev } from '../../../fixtures/environments/dev';
import { prod } from '../../../fixtures/environments/prod';
import { versionOf } from '../change-of';
import { comingAndGoing, resourceChange } from './resource-change-of';
import { changeOfStacks } from './stack-of';
import { arrowLines, markedParts, partLine } from './told';

const synthesized = new Map<Environment, readonly ReviewedStack[]>();

/** Each environment is synthesized once. */
function stacksOf(environment: Environment): readonly ReviewedStack[] {
  const stacks = synthesized.get(environment) ?? versionOf('a version', [environment]).stacks;
  synthesized.set(environment, stacks);
  return stacks;
}

const changeOf = (base: readonly Environment[], head: readonly Environment[]): Change =>
  changeOfStacks(base.flatMap(stacksOf), head.flatMap(stacksOf));

const callbacksOf = (environment: Environment) => environment.callbackReceiver?.callbacks ?? [];

const withCallbacks = (environment: Environment, callbacks: readonly CallbackSettings[]): Environment => ({
  ...environment,
  callbackReceiver: { ...environment.callbackReceiver, callbacks },
});

const refunds: CallbackSettings = {
  name: 'refunds',
  path: '/payments/refunds',
  allowList: ['198.51.100.7/32'],
  schema: { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object' },
};

const devWithRefunds = withCallbacks(dev, [...callbacksOf(dev), refunds]);

/** The picture of the only environment that changes. */
function onlyPicture(change: Change, changes: readonly ResourceChange[]): Picture {
  const { pictures, concerns } = pictureReview(change, changes);
  expect(concerns).toEqual([]);
  const [picture, ...others] = pictures;
  if (!picture || others.length > 0) throw new Error(`${pictures.length} pictures`);
  return picture;
}

const devAndProd = changeOf([dev, prod], [dev, prod]);

describe('the flows of an environment', () => {
  it('are followed from callers to wherever messages end, through all of its stacks', () => {
    const picture = onlyPicture(devAndProd, [
      resourceChange('dev-callback-receiver/aws_api_gateway_stage.stage'),
    ]);
    expect(arrowLines(picture)).toEqual([
      'callers 203.0.113.0/24 -> POST /v1/bizppurio/delivery-results',
      'POST /v1/bizppurio/delivery-results -> dev-delivery-results',
      'dev-delivery-results -> dev-delivery-results-dead-letter dead-letters',
      'any client <-> dev-websocket-reply',
      'dev-websocket-reply -> dev-websocket-messages.fifo',
      'dev-websocket-messages.fifo -> dev-websocket-messages-dead-letter.fifo dead-letters',
      'dev-websocket-messages.fifo -> dev-websocket-reply',
      'dev-websocket-reply -> dev-websocket-reply reply reply',
      'dev-delivery-results -> dev-delivery-results-archive',
      'dev-delivery-results-archive -> dev-delivery-results-archive-writer',
      'dev-delivery-results-archive-writer -> dev-delivery-results-archive-111122223333-ap-northeast-2',
    ]);
    expect(picture.parts.map(partLine)).toEqual([
      'same callers (callers) 203.0.113.0/24',
      'same POST /v1/bizppurio/delivery-results (route)',
      'same dev-delivery-results-dead-letter (dead-letter-queue)',
      'same dev-delivery-results (queue)',
      'same any client (clients)',
      'same dev-websocket-reply (web-socket-api)',
      'same dev-websocket-messages-dead-letter.fifo (dead-letter-queue)',
      'same dev-websocket-messages.fifo (fifo-queue)',
      'same dev-websocket-reply (function)',
      'same dev-delivery-results-archive (pipe)',
      'same dev-delivery-results-archive-writer (function)',
      'same dev-delivery-results-archive-111122223333-ap-northeast-2 (bucket)',
    ]);
  });

  it('end at an HTTPS server, and keys are a mark of their queues', () => {
    const picture = onlyPicture(devAndProd, [
      resourceChange('prod-callback-receiver/aws_api_gateway_stage.stage'),
    ]);
    expect(arrowLines(picture)).toContain('prod-delivery-results -> subscriber.example.com');
    expect(picture.parts.map(partLine)).toEqual(
      expect.arrayContaining([
        'same clients with AWS_IAM (clients)',
        'same subscriber.example.com (destination)',
        'same prod-payment-events.fifo (fifo-queue) KMS key',
        'same prod-payment-events-dead-letter.fifo (dead-letter-queue) KMS key',
        'same callers (callers) 198.51.100.7/32 2001:db8:7::/48',
      ]),
    );
  });

  it('pass through a queue that someone else owns, whichever stacks name its ARN', () => {
    const arn = 'arn:aws:sqs:ap-northeast-2:111122223333:billing-refunds';
    const change = changeOf(
      [dev],
      [
        {
          ...withCallbacks(dev, [...callbacksOf(dev), { ...refunds, queue: { kind: 'existing', arn } }]),
          subscriberPipe: {
            subscriptions: [
              ...(dev.subscriberPipe?.subscriptions ?? []),
              { name: 'refunds', source: { queueArn: arn }, subscriber: { kind: 's3-archive' } },
            ],
          },
        },
      ],
    );
    const picture = onlyPicture(change, comingAndGoing(change));
    expect(picture.parts.find(({ key }) => key === arn)).toEqual({
      key: arn,
      stackId: undefined,
      kind: 'queue',
      name: 'billing-refunds',
      details: [],
      mark: undefined,
      what: [],
    });
    expect(arrowLines(picture)).toEqual(
      expect.arrayContaining([
        'added POST /v1/payments/refunds -> billing-refunds',
        'added billing-refunds -> dev-refunds',
      ]),
    );
  });
});

describe('what is new or gone', () => {
  it('is a callback with its callers, route, queue and dead-letter queue', () => {
    const change = changeOf([dev], [devWithRefunds]);
    const picture = onlyPicture(change, comingAndGoing(change));
    expect(markedParts(picture)).toEqual([
      'added callers (callers) 198.51.100.7/32',
      'added POST /v1/payments/refunds (route)',
      'added dev-refunds-dead-letter (dead-letter-queue)',
      'added dev-refunds (queue)',
    ]);
    expect(arrowLines(picture).filter((line) => line.startsWith('added'))).toEqual([
      'added callers 198.51.100.7/32 -> POST /v1/payments/refunds',
      'added POST /v1/payments/refunds -> dev-refunds',
      'added dev-refunds -> dev-refunds-dead-letter dead-letters',
    ]);
    expect(picture.stacks.map(({ mark }) => mark)).toEqual([undefined, undefined, undefined]);
  });

  it('is no new caller where the allow-list is one that other routes have', () => {
    const allowList = ['203.0.113.0/24'];
    const change = changeOf([dev], [withCallbacks(dev, [{ ...refunds, allowList }, ...callbacksOf(dev)])]);
    const picture = onlyPicture(change, comingAndGoing(change));
    expect(picture.parts.filter(({ kind }) => kind === 'callers').map(partLine)).toEqual([
      'same callers (callers) 203.0.113.0/24',
    ]);
    expect(arrowLines(picture)).toContain('added callers 203.0.113.0/24 -> POST /v1/payments/refunds');
  });

  it('is drawn from the base, the pipe too that goes on reading a queue that is gone', () => {
    const source = { queueArn: 'arn:aws:sqs:ap-northeast-2:111122223333:dev-delivery-results' };
    const subscriptions = (dev.subscriberPipe?.subscriptions ?? []).map((one) => ({ ...one, source }));
    const change = changeOf([dev], [{ ...withCallbacks(dev, [refunds]), subscriberPipe: { subscriptions } }]);
    const picture = onlyPicture(change, comingAndGoing(change));
    expect(markedParts(picture)).toEqual([
      'added callers (callers) 198.51.100.7/32',
      'gone callers (callers) 203.0.113.0/24',
      'added POST /v1/payments/refunds (route)',
      'added dev-refunds-dead-letter (dead-letter-queue)',
      'added dev-refunds (queue)',
      'gone POST /v1/bizppurio/delivery-results (route)',
      'gone dev-delivery-results-dead-letter (dead-letter-queue)',
      'gone dev-delivery-results (queue)',
    ]);
    expect(arrowLines(picture)).toEqual(
      expect.arrayContaining([
        'gone POST /v1/bizppurio/delivery-results -> dev-delivery-results',
        'dev-delivery-results -> dev-delivery-results-archive',
      ]),
    );
    expect(picture.parts.filter(({ stackId }) => stackId === undefined)).toEqual([]);
  });

  it('is an arrow between parts that stay', () => {
    const to = (name: string): Environment => ({
      ...devWithRefunds,
      subscriberPipe: {
        subscriptions: [{ name: 'archive', source: { callback: name }, subscriber: { kind: 's3-archive' } }],
      },
    });
    const change = changeOf([to('delivery-results')], [to('refunds')]);
    const picture = onlyPicture(change, [
      resourceChange('dev-subscriber-pipe/aws_pipes_pipe.archive_pipe', 'replace'),
    ]);
    expect(arrowLines(picture).filter((line) => /^(added|gone)/.test(line))).toEqual([
      'added dev-refunds -> dev-archive',
      'gone dev-delivery-results -> dev-archive',
    ]);
    expect(markedParts(picture)).toEqual(['replaced dev-archive (pipe)']);
  });

  it('is a whole environment, of which Terraform is no longer told', () => {
    const picture = onlyPicture(changeOf([dev, prod], [dev]), []);
    expect(picture.environment).toBe('prod');
    expect(picture.stacks).toEqual(
      ['prod-callback-receiver', 'prod-websocket-reply', 'prod-subscriber-pipe'].map((id) => ({
        id,
        mark: 'gone',
        what: [],
      })),
    );
    expect([...picture.parts, ...picture.arrows].every(({ mark }) => mark === 'gone')).toBe(true);
  });

  it('is all of an environment in another region', () => {
    const everything = comingAndGoing(changeOf([], [dev]));
    const picture = onlyPicture(changeOf([dev], [{ ...dev, region: 'ap-northeast-1' }]), everything);
    const { stacks, parts, arrows } = picture;
    expect([...stacks, ...parts, ...arrows].map(({ mark }) => mark)).toEqual(
      Array(3 + 12 + 11).fill('added'),
    );
  });
});

describe('what changes', () => {
  it('is an allow-list, address by address', () => {
    const changed = callbacksOf(prod).map((callback) =>
      callback.name === 'payment-events'
        ? { ...callback, allowList: ['198.51.100.7/32', '192.0.2.0/24'] }
        : callback,
    );
    const change = changeOf([prod], [withCallbacks(prod, changed)]);
    const place = 'prod-callback-receiver/aws_api_gateway_rest_api_policy.api_policy';
    const picture = onlyPicture(change, [resourceChange(place)]);
    expect(markedParts(picture)).toEqual([
      'changed callers (callers) + 192.0.2.0/24 − 2001:db8:7::/48 198.51.100.7/32',
    ]);
    expect(picture.stacks[0]?.mark).toBeUndefined();
  });

  it('is an API policy that lets the same callers in', () => {
    const place = 'dev-callback-receiver/aws_api_gateway_rest_api_policy.api_policy';
    const picture = onlyPicture(devAndProd, [resourceChange(place)]);
    expect(markedParts(picture)).toEqual([]);
    expect(picture.stacks[0]).toEqual({ id: 'dev-callback-receiver', mark: 'changed', what: ['API policy'] });
  });

  it.each([
    [
      'dev-callback-receiver/aws_api_gateway_method.api_delivery_results_route_method',
      'POST /v1/bizppurio/delivery-results (route) [settings]',
    ],
    [
      'dev-callback-receiver/aws_api_gateway_resource.api_paths_bizppurio',
      'POST /v1/bizppurio/delivery-results (route) [path]',
    ],
    [
      'dev-callback-receiver/aws_api_gateway_integration.api_delivery_results_route_integration',
      'POST /v1/bizppurio/delivery-results (route) [integration]',
    ],
    [
      'dev-callback-receiver/aws_api_gateway_integration_response.api_delivery_results_route_integration_response_200',
      'POST /v1/bizppurio/delivery-results (route) [responses]',
    ],
    [
      'dev-callback-receiver/aws_api_gateway_method_response.api_delivery_results_route_method_response_502',
      'POST /v1/bizppurio/delivery-results (route) [responses]',
    ],
    [
      'dev-callback-receiver/aws_api_gateway_model.api_delivery_results_route_model',
      'POST /v1/bizppurio/delivery-results (route) [schema]',
    ],
    [
      'dev-callback-receiver/aws_api_gateway_request_validator.api_validator',
      'POST /v1/bizppurio/delivery-results (route) [validation]',
    ],
    [
      'dev-callback-receiver/aws_iam_role_policy.delivery_results_sender_grants',
      'POST /v1/bizppurio/delivery-results (route) [permissions]',
    ],
    [
      'dev-callback-receiver/aws_iam_role.delivery_results_sender',
      'POST /v1/bizppurio/delivery-results (route) [role]',
    ],
    ['dev-callback-receiver/aws_sqs_queue.delivery_results_queue', 'dev-delivery-results (queue) [settings]'],
    [
      'dev-callback-receiver/aws_sqs_queue_policy.delivery_results_queue_policy',
      'dev-delivery-results (queue) [policy]',
    ],
    [
      'dev-callback-receiver/aws_sqs_queue_redrive_policy.delivery_results_queue_redrive',
      'dev-delivery-results (queue) [redrive]',
    ],
    [
      'dev-callback-receiver/aws_sqs_queue_redrive_allow_policy.delivery_results_queue_dead_letter_redrive_allow',
      'dev-delivery-results-dead-letter (dead-letter-queue) [redrive]',
    ],
    [
      'dev-callback-receiver/aws_cloudwatch_metric_alarm.delivery_results_queue_alarms_age',
      'dev-delivery-results (queue) [alarms]',
    ],
    [
      'dev-websocket-reply/aws_apigatewayv2_route.api_default_route',
      'dev-websocket-reply (web-socket-api) [routes]',
    ],
    ['dev-websocket-reply/aws_apigatewayv2_stage.stage', 'dev-websocket-reply (web-socket-api) [stage]'],
    [
      'dev-websocket-reply/aws_iam_role_policy.sender_grants',
      'dev-websocket-reply (web-socket-api) [permissions]',
    ],
    [
      'dev-websocket-reply/aws_lambda_event_source_mapping.reply_source',
      'dev-websocket-reply (function) [event source mapping]',
    ],
    ['dev-websocket-reply/aws_cloudwatch_log_group.reply_log', 'dev-websocket-reply (function) [log]'],
    [
      'dev-subscriber-pipe/aws_pipes_pipe.delivery_results_archive_pipe',
      'dev-delivery-results-archive (pipe) [settings]',
    ],
    [
      'dev-subscriber-pipe/aws_iam_role_policy.delivery_results_archive_pipe_role_grants',
      'dev-delivery-results-archive (pipe) [permissions]',
    ],
    [
      'dev-subscriber-pipe/aws_cloudwatch_log_group.delivery_results_archive_pipe_log',
      'dev-delivery-results-archive (pipe) [log]',
    ],
    [
      'dev-subscriber-pipe/aws_s3_bucket_versioning.delivery_results_archive_bucket_versioning',
      'dev-delivery-results-archive-111122223333-ap-northeast-2 (bucket) [versioning]',
    ],
    [
      'prod-subscriber-pipe/aws_cloudwatch_event_connection.delivery_results_subscriber_connection',
      'subscriber.example.com (destination) [authorization]',
    ],
  ])('is the part that %s stands behind', (place, line) => {
    const picture = onlyPicture(devAndProd, [resourceChange(place)]);
    expect(markedParts(picture)).toEqual([`changed ${line}`]);
    expect(picture.stacks.every(({ mark }) => mark === undefined)).toBe(true);
  });

  it('is each queue that a key encrypts', () => {
    const picture = onlyPicture(devAndProd, [resourceChange('prod-websocket-reply/aws_kms_key.key')]);
    expect(markedParts(picture)).toEqual([
      'changed prod-websocket-messages-dead-letter.fifo (dead-letter-queue) KMS key [key]',
      'changed prod-websocket-messages.fifo (fifo-queue) KMS key [key]',
    ]);
  });

  it('is told once for several resources of the same sort', () => {
    const role = 'dev-websocket-reply/aws_iam_role_policy.reply_role';
    const picture = onlyPicture(devAndProd, [
      resourceChange(`${role}_grants`),
      resourceChange(`${role}_connections`),
    ]);
    expect(markedParts(picture)).toEqual(['changed dev-websocket-reply (function) [permissions]']);
  });

  it('is a part that loses something that stood behind it', () => {
    const change = changeOf([dev], [dev]);
    const place = 'dev-callback-receiver/aws_cloudwatch_metric_alarm.delivery_results_queue_alarms_age';
    const resource = { ...change.head.stacks[0]?.configuration.resource };
    const { delivery_results_queue_alarms_age: _, ...alarms } = resource.aws_cloudwatch_metric_alarm ?? {};
    const stacks = change.head.stacks.map((stack, index) =>
      index > 0
        ? stack
        : {
            ...stack,
            configuration: {
              ...stack.configuration,
              resource: { ...resource, aws_cloudwatch_metric_alarm: alarms },
            },
          },
    );
    const picture = onlyPicture({ ...change, head: { ...change.head, stacks } }, [
      resourceChange(place, 'destroy'),
    ]);
    expect(markedParts(picture)).toEqual(['changed dev-delivery-results (queue) [alarms]']);
  });

  it('is the stack, where it is no part of a flow', () => {
    const picture = onlyPicture(devAndProd, [
      resourceChange('dev-callback-receiver/aws_api_gateway_method_settings.stage_settings'),
      resourceChange(
        'dev-callback-receiver/aws_api_gateway_gateway_response.api_gateway_responses_throttled',
      ),
      resourceChange('dev-callback-receiver/aws_something_new.x'),
    ]);
    expect(picture.stacks).toEqual([
      {
        id: 'dev-callback-receiver',
        mark: 'changed',
        what: ['throttling and logging', 'gateway responses', 'something new'],
      },
      { id: 'dev-websocket-reply', mark: undefined, what: [] },
      { id: 'dev-subscriber-pipe', mark: undefined, what: [] },
    ]);
  });

  it('is who may connect', () => {
    const change = changeOf([dev], [{ ...dev, websocketReply: { connectAuthorization: 'AWS_IAM' } }]);
    const picture = onlyPicture(change, comingAndGoing(change));
    expect(markedParts(picture)).toEqual([
      'changed clients with AWS_IAM (clients)',
      'changed dev-websocket-reply (web-socket-api) [routes] [integration] [responses]',
    ]);
  });
});

describe('no picture', () => {
  it('is there without a change, nor a section', () => {
    const review = pictureReview(devAndProd, []);
    expect(review).toEqual({ pictures: [], concerns: [] });
    expect(pictureSection(review)).toBeUndefined();
  });

  it('is there for a new deployment alone, and what shows it', () => {
    const deployments = [
      resourceChange('dev-callback-receiver/aws_api_gateway_deployment.stage_deployment', 'replace'),
      resourceChange('dev-callback-receiver/aws_api_gateway_stage.stage', 'change', ['deployment_id']),
      resourceChange('dev-websocket-reply/aws_apigatewayv2_deployment.stage_deployment', 'replace'),
      resourceChange('dev-websocket-reply/aws_apigatewayv2_stage.stage', 'change', ['deployment_id']),
    ];
    expect(pictureReview(devAndProd, deployments).pictures).toEqual([]);
  });

  it('is there of an environment that stays as it is', () => {
    const changes = [resourceChange('prod-subscriber-pipe/aws_pipes_pipe.delivery_results_pipe')];
    expect(pictureReview(devAndProd, changes).pictures.map(({ environment }) => environment)).toEqual([
      'prod',
    ]);
  });
});

it('is plain data', () => {
  const review = pictureReview(devAndProd, [
    resourceChange('dev-callback-receiver/aws_api_gateway_stage.stage'),
  ]);
  const read = JSON.parse(JSON.stringify(review));
  expect(pictureSection(read)).toEqual(pictureSection(review));
});
