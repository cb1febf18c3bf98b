import { expect, test } from 'vitest';
import { type Configuration, readPlan } from '../../../../tools/plan/plan';
import { queuesOf } from '../../../../tools/rehearse/sqs/queue';
import {
  mayUseAsDeadLetterQueue,
  redriveAllowPoliciesOf,
} from '../../../../tools/rehearse/sqs/redrive-allow';
import { environments } from '../../../fixtures/environments';
import { plansOf } from '../synthesized-plans';
import { arnOf } from './test-queue';

const policiesOf = (policy: unknown, queueUrl = '${aws_sqs_queue.dead.url}') =>
  redriveAllowPoliciesOf(
    readPlan('stack', {
      provider: { aws: [{ region: 'eu-central-1', allowed_account_ids: ['111122223333'] }] },
      resource: {
        aws_sqs_queue: { dead: { name: 'dead' } },
        aws_sqs_queue_redrive_allow_policy: {
          allow: {
            queue_url: queueUrl,
            redrive_allow_policy: typeof policy === 'string' ? policy : JSON.stringify(policy),
          },
        },
      },
    } as Configuration),
  );

const may = (policy: unknown, source: string, dead = 'dead') =>
  mayUseAsDeadLetterQueue(policiesOf(policy), { sourceArn: arnOf(source), deadLetterArn: arnOf(dead) });

test('by queue, those that are listed may, and no others', () => {
  const policy = { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('a'), arnOf('b')] };

  expect([may(policy, 'a'), may(policy, 'b'), may(policy, 'c')]).toEqual([true, true, false]);
});

test('all may, or none', () => {
  expect(may({ redrivePermission: 'allowAll' }, 'a')).toBe(true);
  expect(may({ redrivePermission: 'denyAll' }, 'a')).toBe(false);
});

test('a queue without such a policy serves all', () => {
  expect(may({ redrivePermission: 'denyAll' }, 'a', 'other')).toBe(true);
});

test.each([
  ['no JSON', 'is not a JSON object'],
  [{ redrivePermission: 'some' }, 'redrivePermission is "some"; SQS takes allowAll, denyAll or byQueue'],
  [{}, 'redrivePermission is undefined; SQS takes allowAll, denyAll or byQueue'],
  [{ redrivePermission: 'byQueue' }, 'sourceQueueArns is undefined; with byQueue SQS takes 1 to 10 ARNs'],
  [{ redrivePermission: 'byQueue', sourceQueueArns: [] }, 'sourceQueueArns is []; with byQueue'],
  [{ redrivePermission: 'byQueue', sourceQueueArns: [1] }, 'sourceQueueArns is [1]; with byQueue'],
  [
    { redrivePermission: 'byQueue', sourceQueueArns: Array.from({ length: 11 }, () => arnOf('a')) },
    'with byQueue SQS takes 1 to 10 ARNs of queues',
  ],
  [
    { redrivePermission: 'denyAll', sourceQueueArns: [arnOf('a')] },
    'sourceQueueArns stands beside denyAll; SQS takes it with byQueue alone',
  ],
  [{ redrivePermission: 'allowAll', until: 1 }, 'the key "until" is not simulated'],
])('%j is refused', (policy, named) => {
  expect(() => policiesOf(policy)).toThrow(
    'stack: aws_sqs_queue_redrive_allow_policy.allow.redrive_allow_policy: ',
  );
  expect(() => policiesOf(policy)).toThrow(named);
});

test('what is no queue’s URL in the region is refused', () => {
  const url = 'https://sqs.eu-west-1.amazonaws.com/111122223333/dead';

  expect(() => policiesOf({ redrivePermission: 'denyAll' }, url)).toThrow(
    `"queue_url" is ${url}, which is no queue's URL in eu-central-1`,
  );
});

test('each synthesized queue may use its dead-letter queue, and no other may', () => {
  for (const { plan } of plansOf(environments)) {
    const policies = redriveAllowPoliciesOf(plan);
    for (const { arn, redrive } of queuesOf(plan)) {
      if (!redrive) continue;
      const deadLetterArn = redrive.deadLetterTargetArn;
      expect(mayUseAsDeadLetterQueue(policies, { sourceArn: arn, deadLetterArn })).toBe(true);
      expect(mayUseAsDeadLetterQueue(policies, { sourceArn: `${arn}-other`, deadLetterArn })).toBe(false);
    }
  }
});
