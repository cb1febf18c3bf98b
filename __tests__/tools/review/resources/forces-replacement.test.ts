import { describe, expect, it } from 'vitest';
import {
  forcesReplacement,
  forcesWhenUnknown,
  isKnownType,
} from '../../../../tools/review/resources/forces-replacement';

describe('whether a change of an attribute replaces its resource', () => {
  it.each([
    ['a queue becomes FIFO', 'aws_sqs_queue', ['fifo_queue'], undefined, true, true],
    ['what is the default anyway is written', 'aws_sqs_queue', ['fifo_queue'], undefined, false, false],
    ['another name', 'aws_sqs_queue', ['name'], 'a', 'b', true],
    ['a name that is no longer written stays', 'aws_sqs_queue', ['name'], 'a', undefined, false],
    ['a retention', 'aws_sqs_queue', ['message_retention_seconds'], 60, 600, false],
    ['something within an attribute', 'aws_api_gateway_deployment', ['triggers', 'a'], '1', '2', true],
    [
      'a block with an attribute that forces it',
      'aws_lambda_event_source_mapping',
      ['self_managed_event_source'],
      undefined,
      { endpoints: { a: 'b' } },
      true,
    ],
    [
      'a block of which the attribute was left out',
      'aws_lambda_event_source_mapping',
      ['self_managed_kafka_event_source_config'],
      [{ consumer_group_id: 'a' }],
      undefined,
      false,
    ],
    ['an attribute that begins alike', 'aws_iam_role', ['path_of_mine'], 'a', 'b', false],
    [
      'an authorizer becomes a user pool’s',
      'aws_api_gateway_authorizer',
      ['type'],
      undefined,
      'COGNITO_USER_POOLS',
      true,
    ],
    ['an authorizer takes a request', 'aws_api_gateway_authorizer', ['type'], undefined, 'REQUEST', false],
    ['a type that is not known', 'aws_ecs_service', ['name'], 'a', 'b', undefined],
  ])('%s: %s', (_, type, path, before, after, replaces) => {
    expect(forcesReplacement(type, path, before, after)).toBe(replaces);
  });

  it('is yes for a value that only AWS gives, where the attribute forces it', () => {
    expect(forcesWhenUnknown('aws_sqs_queue_policy', ['queue_url'])).toBe(true);
    expect(forcesWhenUnknown('aws_sqs_queue_policy', ['policy'])).toBe(false);
    expect(forcesWhenUnknown('aws_ecs_service', ['name'])).toBe(false);
  });

  it('is known of types, not of whatever an object has', () => {
    expect(isKnownType('aws_sqs_queue')).toBe(true);
    expect(isKnownType('constructor')).toBe(false);
  });
});
