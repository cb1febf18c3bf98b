import { expect, it } from 'vitest';
import { affectedBy } from '../../../../../tools/doctor/affected';
import { roleUsers } from '../../../../../tools/doctor/checks/roles/role-users';
import { planOf, plans } from '../queues/queue-subjects';

const users = (stackId: string, role: string) =>
  roleUsers(planOf(stackId), affectedBy(plans), `arn:aws:iam::111122223333:role/${role}`).map(
    ({ kind, name, queueArn, pipes }) => ({ kind, name, queueArn, pipes }),
  );
const queue = (name: string) => `arn:aws:sqs:ap-northeast-2:111122223333:${name}`;

it.each([
  [
    'dev-callback-receiver',
    'dev-delivery-results-to-queue',
    ['callback', 'POST /v1/bizppurio/delivery-results', queue('dev-delivery-results'), []],
  ],
  ['dev-callback-receiver', 'dev-api-gateway-logs', ['logging', 'API Gateway', undefined, []]],
  [
    'dev-websocket-reply',
    'dev-websocket-reply-role',
    ['function', 'function dev-websocket-reply', queue('dev-websocket-messages.fifo'), []],
  ],
  [
    'dev-subscriber-pipe',
    'dev-delivery-results-archive-writer-role',
    [
      'function',
      'function dev-delivery-results-archive-writer',
      queue('dev-delivery-results'),
      ['pipe dev-delivery-results-archive'],
    ],
  ],
  [
    'dev-subscriber-pipe',
    'dev-delivery-results-archive-role',
    ['pipe', 'pipe dev-delivery-results-archive', queue('dev-delivery-results'), []],
  ],
])('in %s, one acts as %s', (stackId, role, [kind, name, queueArn, pipes]) => {
  expect(users(stackId, role)).toEqual([{ kind, name, queueArn, pipes }]);
});

it('nobody acts as a role of which no flow knows', () => {
  expect(users('dev-callback-receiver', 'another')).toEqual([]);
});
