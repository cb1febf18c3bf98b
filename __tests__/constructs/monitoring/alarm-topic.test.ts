import { expect, test } from 'vitest';
import { AlarmTopic } from '../../../constructs/monitoring/alarm-topic';
import { connectionNotification } from '../../../constructs/monitoring/connection-notification';
import { keyNotification } from '../../../constructs/monitoring/key-notification';
import { exampleStack, statements, synthesized } from '../../support/synthesized';
import { exampleTopicArn } from './example-alarms';

const stack = exampleStack();
const topic = new AlarmTopic(stack, 'alarms', { name: 'dev-alarms', keyName: 'dev-monitoring' });
keyNotification(stack, 'dev-monitoring', topic.key, topic.arn);
connectionNotification(stack, 'dev-subscriber-pipe', ['dev-a', 'dev-b'], exampleTopicArn);
const configuration = synthesized(stack);
const { resource } = configuration;

const arn = 'arn:aws:sns:ap-northeast-2:111122223333:dev-alarms';
const service = (name: string) => [{ type: 'Service', identifiers: [`${name}.amazonaws.com`] }];
const ofThisAccount = [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['111122223333'] }];

test('the topic is encrypted with a key of its own, which CloudWatch and EventBridge may use', () => {
  expect(topic.arn).toBe(arn);
  expect(resource.aws_sns_topic).toEqual({
    alarms: { name: 'dev-alarms', kms_master_key_id: '${aws_kms_key.alarms_key.arn}' },
  });
  expect(resource.aws_kms_alias?.alarms_key_alias?.name).toBe('alias/dev-monitoring');
  const use = { effect: 'Allow', actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], resources: ['*'] };
  expect(statements(configuration, 'alarms_key_policy')).toEqual([
    expect.objectContaining({ sid: 'IdentityPoliciesOfThisAccountDecide' }),
    {
      ...use,
      sid: 'CloudWatchEncryptsItsNotifications',
      principals: service('cloudwatch'),
      condition: ofThisAccount,
    },
    { ...use, sid: 'EventBridgeEncryptsItsNotifications', principals: service('events') },
  ]);
});

test('CloudWatch publishes for this account, EventBridge without a condition, which it could not meet, nobody in plain text', () => {
  const publish = { actions: ['sns:Publish'], resources: [arn] };
  expect(resource.aws_sns_topic_policy).toEqual({
    alarms_policy: {
      arn: '${aws_sns_topic.alarms.arn}',
      policy: '${data.aws_iam_policy_document.alarms_document.json}',
    },
  });
  expect(statements(configuration, 'alarms_document')).toEqual([
    {
      ...publish,
      effect: 'Allow',
      sid: 'CloudWatchPublishesAlarmsOfThisAccount',
      principals: service('cloudwatch'),
      condition: ofThisAccount,
    },
    {
      ...publish,
      effect: 'Allow',
      sid: 'EventBridgePublishesWhatItsRulesMatch',
      principals: service('events'),
    },
    {
      ...publish,
      effect: 'Deny',
      sid: 'NobodyWithoutTls',
      principals: [{ type: '*', identifiers: ['*'] }],
      condition: [{ test: 'Bool', variable: 'aws:SecureTransport', values: ['false'] }],
    },
  ]);
});

const patternOf = (name: string) =>
  JSON.parse(String(resource.aws_cloudwatch_event_rule?.[name]?.event_pattern));

test('the topic is told when its key is disabled or will be deleted', () => {
  expect(resource.aws_cloudwatch_event_rule?.key_notification).toMatchObject({
    name: 'dev-monitoring-key',
    description: expect.stringMatching(/cancel-key-deletion and enable-key\.$/),
  });
  expect(patternOf('key_notification')).toEqual({
    source: ['aws.kms'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['kms.amazonaws.com'],
      eventName: ['DisableKey', 'ScheduleKeyDeletion'],
      resources: { ARN: ['${aws_kms_key.alarms_key.arn}'] },
    },
  });
  expect(resource.aws_cloudwatch_event_target?.key_notification_target).toEqual({
    rule: '${aws_cloudwatch_event_rule.key_notification.name}',
    target_id: 'alarms',
    arn,
  });
});

test('a topic is told when a connection loses its credentials, by whomever', () => {
  expect(resource.aws_cloudwatch_event_rule?.connection_notification?.name).toBe(
    'dev-subscriber-pipe-connections',
  );
  expect(patternOf('connection_notification')).toEqual({
    source: ['aws.events'],
    'detail-type': [
      'Connection Deauthorized',
      'Connection Deletion Started',
      'Connection Failed Connectivity',
    ],
    detail: { ConnectionName: ['dev-a', 'dev-b'] },
  });
});

test('descriptions fit what EventBridge takes', () => {
  for (const { description } of Object.values(resource.aws_cloudwatch_event_rule ?? {})) {
    expect(String(description).length).toBeLessThanOrEqual(512);
  }
});
